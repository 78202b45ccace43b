const express = require('express');
const cors = require('cors');

const app = express();
app.use(cors({ origin: undefined }));
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
