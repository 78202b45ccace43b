const { onRequest } = require('firebase-functions/v2/https');

exports.api = onRequest({ region: ['us-west1', 'us-east1'], timeoutSeconds: 1200, cors: true }, (req, res) => {
  res.send('ok');
});
