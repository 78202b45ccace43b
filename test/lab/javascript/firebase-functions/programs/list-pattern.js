const { onRequest } = require('firebase-functions/v2/https');

exports.api = onRequest({ cors: [/app.example.com/] }, (req, res) => {
  res.send('ok');
});
