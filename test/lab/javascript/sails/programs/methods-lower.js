module.exports.security = {
  cors: {
    allRoutes: true,
    allowOrigins: ['https://app.example.com'],
    allowRequestMethods: 'GET,patch',
  },
};
