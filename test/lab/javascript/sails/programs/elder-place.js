module.exports.cors = {
  allRoutes: true,
  allowOrigins: '*',
};
