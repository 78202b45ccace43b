module.exports.security = {
  cors: {
    allRoutes: true,
    allowOrigins: ['https://*.example.com', 'https://app.example.com'],
  },
};
