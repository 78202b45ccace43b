import { onRequest } from 'firebase-functions/v2/https';

export const api = onRequest({ cors: 'https://app.example.com', memory: '256MiB' }, (req, res) => {
  res.send('ok');
});
