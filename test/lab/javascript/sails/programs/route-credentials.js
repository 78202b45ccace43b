module.exports.routes = {
  'GET /health': { action: 'health' },
  'POST /orders': { action: 'orders/create', cors: { allowOrigins: ['https://app.example.com'], allowCredentials: true, allowRequestHeaders: 'content-type,x-test', allowResponseHeaders: 'X-Total-Count' } },
};
