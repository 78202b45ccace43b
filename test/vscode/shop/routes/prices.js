const trusted = ['https://app.shop.example', 'https://admin.shop.example/'];

module.exports = function prices(req, res) {
  const { origin } = req.headers;
  if (trusted.includes(origin)) {
    res.setHeader('Access-Control-Allow-Origin', origin);
    res.setHeader('Vary', 'Origin');
  }
  res.end('[]');
};
