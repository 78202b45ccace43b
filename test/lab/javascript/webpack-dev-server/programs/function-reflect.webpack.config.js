module.exports = {
  devServer: {
    headers: (req) => ({
      'Access-Control-Allow-Origin': req.headers.origin,
      'Access-Control-Allow-Credentials': 'true',
    }),
  },
};
