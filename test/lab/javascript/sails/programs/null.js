module.exports.security = {
  cors: {
    allRoutes: true,
    allowOrigins: null,
    allowCredentials: true,
  },
};
