const express = require('express');
const cors = require('cors');

const app = express();
app.use(cors({ origin: 'https://app.example.com', methods: ['GET', 'PUT'], allowedHeaders: ['Content-Type', 'X-Test'], exposedHeaders: ['X-Total'], maxAge: 600, optionsSuccessStatus: 200 }));
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
