module.exports = {
  devServer: {
    headers: (req, res, context) => {
      return {
        'Access-Control-Allow-Origin': req.headers.origin || '*',
        'Access-Control-Allow-Credentials': 'true',
        Vary: 'Origin',
      };
    },
  },
};
