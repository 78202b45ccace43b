const { onRequest } = require('firebase-functions/v2/https');

exports.api = onRequest({ cors: 'https://app.example.com' }, (req, res) => {
  res.send('ok');
});
