module.exports.security = {
  cors: {
    allRoutes: true,
    allowOrigins: ['https://app.example.com'],
  },
};

module.exports.routes = {
  'GET /health': { action: 'health' },
  'GET /stock': { action: 'stock/find', cors: false },
};
