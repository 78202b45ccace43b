module.exports.security = {
  cors: {
    allowOrigins: ['https://app.example.com'],
    allowRequestHeaders: 'content-type,x-test',
  },
};

module.exports.routes = {
  'GET /health': { action: 'health' },
  'PUT /stock': { action: 'stock/replace', cors: { allowCredentials: true } },
};
