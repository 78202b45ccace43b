module.exports.security = {
  cors: {
    allRoutes: true,
    allowOrigins: ['https://App.Example.com', 'https://app.example.com'],
  },
};
