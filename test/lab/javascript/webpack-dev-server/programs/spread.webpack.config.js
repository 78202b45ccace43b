const cors = { 'Access-Control-Allow-Origin': '*' };

module.exports = {
  devServer: {
    headers: { ...cors, 'Cross-Origin-Resource-Policy': 'cross-origin' },
  },
};
