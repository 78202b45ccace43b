/** The forum: the shop shows its newest entries, and people write from there. */
module.exports.security = {
  cors: {
    allRoutes: true,
    allowOrigins: ['https://shop.example.com'],
    allowRequestHeaders: 'content-type,x-csrf-token',
  },
};
