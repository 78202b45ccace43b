module.exports = {
  devServer: (config) => ({
    ...config,
    headers: { ...config.headers, 'Access-Control-Allow-Origin': '*' },
  }),
};
