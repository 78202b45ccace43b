module.exports = {
  devServer: {
    headers: [
      { key: 'Access-Control-Allow-Origin', value: '*' },
      { key: 'X-Served-By', value: 'webpack' },
    ],
  },
};
