const { onRequest } = require('firebase-functions/v2/https');

exports.api = onRequest({ cors: ['https://app.example.com', 'http://localhost:3000'] }, (req, res) => {
  res.send('ok');
});
