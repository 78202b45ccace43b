module.exports.security = {
  cors: {
    allRoutes: true,
    allowOrigins: ['app.example.com'],
  },
};
