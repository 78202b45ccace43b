module.exports = {
  devServer: {
    allowedHosts: 'all',
    headers: { 'Access-Control-Allow-Origin': 'null', 'Access-Control-Allow-Credentials': 'true' },
  },
};
