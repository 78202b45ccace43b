const allowed = ['https://app.example.com', 'http://localhost:3000'];

module.exports = {
  devServer: {
    headers: (req) => (allowed.includes(req.headers.origin) ? { 'Access-Control-Allow-Origin': req.headers.origin, Vary: 'Origin' } : { Vary: 'Origin' }),
  },
};
