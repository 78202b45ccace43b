module.exports.routes = {
  'GET /health': { action: 'health' },
  '/stock': { action: 'stock/any', cors: { allowOrigins: ['https://app.example.com'], allowRequestMethods: 'GET,PUT' } },
};
