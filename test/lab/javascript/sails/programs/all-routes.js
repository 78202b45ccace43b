module.exports.security = {
  cors: {
    allRoutes: true,
  },
};
