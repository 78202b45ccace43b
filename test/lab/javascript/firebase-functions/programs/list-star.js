const { onRequest } = require('firebase-functions/v2/https');

exports.api = onRequest({ cors: ['*'] }, (req, res) => {
  res.send('ok');
});
