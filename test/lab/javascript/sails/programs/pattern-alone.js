module.exports.security = {
  cors: {
    allRoutes: true,
    allowOrigins: /\.example\.com$/,
    allowCredentials: true,
  },
};
