module.exports.security = {
  cors: {
    allRoutes: true,
    allowOrigins: ['https://app.example.com'],
  },
};

module.exports.routes = {
  'GET /health': { action: 'health' },
  'PUT /stock': { action: 'stock/replace', cors: { allowOrigins: ['https://shop.example.com', 'https://evil.example'] } },
};
