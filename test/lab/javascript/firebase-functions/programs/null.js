const { onRequest } = require('firebase-functions/v2/https');

exports.api = onRequest({ cors: ['null', 'https://app.example.com'] }, (req, res) => {
  res.send('ok');
});
