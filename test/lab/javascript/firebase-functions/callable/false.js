const { onCall } = require('firebase-functions/v2/https');

exports.add = onCall({ cors: false }, ({ data }) => ({ sum: data.a + data.b }));
