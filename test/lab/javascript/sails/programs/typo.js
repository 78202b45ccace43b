module.exports.security = {
  cors: {
    allRoutes: true,
    origins: ['https://app.example.com'],
    allowCredentials: false,
  },
};
