const express = require('express');

const app = express();
const partners = new Set(['https://app.example.com', 'https://shop.example.com']);

app.use((req, res, next) => {
  const from = req.get('origin');
  res.vary('Origin');
  if (partners.has(from)) {
    res.set('Access-Control-Allow-Origin', from);
    res.set('Access-Control-Allow-Credentials', 'true');
  }
  next();
});
app.all('/', (req, res) => res.send('ok'));
app.get('/fails', () => { throw new Error('broken'); });

module.exports = app;
