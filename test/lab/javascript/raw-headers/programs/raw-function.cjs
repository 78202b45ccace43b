const express = require('express');

const app = express();
const trusted = ['https://app.example.com'];
function isTrusted(origin) {
  return typeof origin === 'string' && (trusted.includes(origin) || /^http:\/\/localhost:\d+$/.test(origin));
}
app.use((req, res, next) => {
  const { origin } = req.headers;
  res.vary('Origin');
  if (isTrusted(origin)) res.set({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': 'true' });
  next();
});
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
