const { onRequest } = require('firebase-functions/v2/https');

const options = { region: 'europe-west1', cors: [/\.example\.com$/, 'https://app.example.com'] };

exports.api = onRequest(options, async (request, response) => {
  response.json({ method: request.method });
});
