module.exports = {
  devServer: {
    headers(req) {
      const origin = req.headers.origin || '';
      if (origin.endsWith('example.com')) {
        return { 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': 'true', 'Vary': 'Origin' };
      }
      return { 'Vary': 'Origin' };
    },
  },
};
