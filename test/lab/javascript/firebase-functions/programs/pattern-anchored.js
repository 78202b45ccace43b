const { onRequest } = require('firebase-functions/v2/https');

exports.api = onRequest({ cors: /^https:\/\/([a-z0-9-]+\.)*example\.com$/ }, (req, res) => {
  res.send('ok');
});
