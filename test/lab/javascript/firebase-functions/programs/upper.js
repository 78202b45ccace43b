const { onRequest } = require('firebase-functions/v2/https');

exports.api = onRequest({ cors: ['https://APP.example.com', 'https://app.example.com'] }, (req, res) => {
  res.send('ok');
});
