module.exports.routes = {
  'GET /health': { action: 'health' },
  'all /stock': { action: 'stock/any', cors: { allowOrigins: ['https://app.example.com'] } },
};
