module.exports.security = {
  cors: {
    allRoutes: true,
    allowOrigins: ['https://app.example.com'],
    allowRequestHeaders: '',
    allowResponseHeaders: 'x-csrf-token',
  },
};
