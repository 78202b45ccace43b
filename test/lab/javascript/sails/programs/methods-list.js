module.exports.security = {
  cors: {
    allRoutes: true,
    allowOrigins: ['https://app.example.com'],
    allowRequestMethods: ['GET', 'PATCH'],
    allowRequestHeaders: ['content-type', 'x-test'],
    allowResponseHeaders: ['X-Total-Count'],
  },
};
