module.exports.routes = {
  'GET /health': { action: 'health' },
  'GET /stock': { action: 'stock/find', cors: '*' },
};
