module.exports.security = {
  cors: {
    allowOrigins: ['https://app.example.com'],
    allowCredentials: true,
  },
};

module.exports.routes = {
  'GET /health': { action: 'health' },
  'DELETE /stock': { action: 'stock/remove', cors: true },
};
