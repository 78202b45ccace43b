const { onCall } = require('firebase-functions/v2/https');

exports.add = onCall({ cors: ['https://app.example.com'] }, ({ data }) => ({ sum: data.a + data.b }));
