module.exports.security = {
  cors: {
    allRoutes: true,
    allowOrigins: true,
    allowCredentials: true,
  },
};
