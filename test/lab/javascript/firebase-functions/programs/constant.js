const { onRequest } = require('firebase-functions/v2/https');
const origins = ['https://app.example.com', 'https://evil.example'];

exports.api = onRequest({ cors: origins }, (req, res) => {
  res.send('ok');
});
