module.exports.security = {
  cors: {
    allowOrigins: ['https://shop.example.com'],
    allowCredentials: true,
    allowRequestHeaders: 'x-test',
  },
};

module.exports.routes = {
  'GET /health': { action: 'health' },
  'PUT /stock': { action: 'stock/replace', cors: 'https://app.example.com' },
};
