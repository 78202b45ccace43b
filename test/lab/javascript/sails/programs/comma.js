module.exports.security = {
  cors: {
    allRoutes: true,
    allowOrigins: 'https://app.example.com, http://localhost:3000',
  },
};
