module.exports.routes = {
  'GET /health': { action: 'health' },
  'PUT /stock': {
    action: 'stock/replace',
    cors: {},
  },
};
