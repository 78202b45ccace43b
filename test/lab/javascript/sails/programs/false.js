module.exports.security = {
  cors: {
    allRoutes: true,
    allowOrigins: false,
    allowCredentials: true,
  },
};
