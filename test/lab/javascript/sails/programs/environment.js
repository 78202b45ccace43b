const trusted = ['https://app.example.com'];
if (process.env.CORS_LAB_NOT_SET) trusted.push(process.env.CORS_LAB_NOT_SET);

module.exports = {
  security: { cors: { allRoutes: true, allowOrigins: trusted } },
  sockets: { onlyAllowOrigins: trusted },
};
