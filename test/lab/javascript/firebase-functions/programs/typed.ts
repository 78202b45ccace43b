import { onRequest, type Request } from 'firebase-functions/https';

export const api = onRequest({ cors: [/evil/, 'https://app.example.com'] }, (request: Request, response) => {
  response.send(request.method);
});
