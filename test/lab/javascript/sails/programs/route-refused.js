module.exports.routes = {
  'GET /health': { action: 'health' },
  'GET /account': { action: 'account/find', cors: { allowOrigins: '*', allowCredentials: true } },
};
