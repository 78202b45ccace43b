module.exports.security = {
  cors: {
    allRoutes: true,
    allowOrigins: ['https://app.example.com', 'https://evil.example'],
    allowCredentials: true,
    allowRequestHeaders: 'content-type,x-csrf-token',
  },
};
