const functions = require('firebase-functions/v2');

exports.api = functions.https.onRequest({ cors: ['https://app.example.com', 'https://app.example.com:8443'] }, (req, res) => {
  res.status(200).json({ ok: true });
});
