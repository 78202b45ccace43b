module.exports = {
  devServer: {
    headers: () => [
      { key: 'Access-Control-Allow-Origin', value: '*' },
    ],
  },
};
