const express = require('express');
const cors = require('cors');

const app = express();
app.use(cors({ methods: 'GET,POST', allowedHeaders: 'Content-Type', exposedHeaders: 'X-Total', maxAge: '86400' }));
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
