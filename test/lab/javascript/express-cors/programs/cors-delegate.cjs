const express = require('express');
const cors = require('cors');

const app = express();
const allowlist = ['https://app.example.com'];
function delegate(req, callback) {
  if (allowlist.indexOf(req.header('Origin')) !== -1) callback(null, { origin: true, credentials: true });
  else callback(null, { origin: false });
}
app.use(cors(delegate));
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
