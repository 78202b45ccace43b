module.exports.security = {
  cors: {
    allRoutes: true,
    allowAnyOriginWithCredentialsUnsafe: true,
  },
};
