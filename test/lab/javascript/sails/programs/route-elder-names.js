module.exports.routes = {
  'GET /health': { action: 'health' },
  'GET /stock': { action: 'stock/find', cors: { origin: 'https://app.example.com, http://localhost:3000', credentials: true, headers: 'x-test' } },
};
