module.exports = {
  devServer: {
    headers: (req, res) => {
      res.setHeader('Access-Control-Allow-Origin', '*');
      return { 'X-Served-By': 'webpack' };
    },
  },
};
