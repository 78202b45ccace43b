const { onCall } = require('firebase-functions/v2/https');

exports.add = onCall({ cors: /example\.com$/ }, ({ data }) => ({ sum: data.a + data.b }));
