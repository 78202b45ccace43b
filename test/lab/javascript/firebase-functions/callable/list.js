const { onCall } = require('firebase-functions/v2/https');

exports.add = onCall({ cors: ['https://app.example.com', 'http://localhost:3000'] }, ({ data }) => ({ sum: data.a + data.b }));
