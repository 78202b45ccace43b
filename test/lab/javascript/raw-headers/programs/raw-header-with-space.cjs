const express = require('express');
const app = express();

app.use(function allowApp(request, response, next) {
  response.setHeader('Access-Control-Allow-Origin', 'https://app.example.com');
  response.setHeader('Access-Control-Allow-Headers', 'Content-Type; X-Test');
  if (request.method == 'OPTIONS') response.sendStatus(200);
  else next();
});
app.get('/fails', (request, response, next) => next(new Error('broken')));
app.all('/', (request, response) => { response.end('ok'); });

module.exports = app;
