const { onRequest } = require('firebase-functions/v2/https');

exports.api = onRequest({ cors: /example\.com$/ }, (req, res) => {
  res.send('ok');
});
