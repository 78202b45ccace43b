import * as https from 'firebase-functions/v2/https';

export const api = https.onRequest({ cors: ['https://sub.app.example.com'] }, (req, res) => {
  res.send('ok');
});
