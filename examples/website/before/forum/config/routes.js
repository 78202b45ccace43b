/** The forum's routes; the shop's front page lists the newest entries, its account page changes one's own. */
module.exports.routes = {
  'GET /': { view: 'pages/homepage' },
  'GET /entries/newest': { action: 'entry/newest', cors: '*' },
  'PUT /entries/:id': {
    action: 'entry/update',
    cors: { allowOrigins: ['https://account.shop.example.com/'], allowCredentials: true },
  },
};
