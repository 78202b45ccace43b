const { onCall } = require('firebase-functions/v2/https');

exports.add = onCall({ cors: true }, ({ data }) => ({ sum: data.a + data.b }));
