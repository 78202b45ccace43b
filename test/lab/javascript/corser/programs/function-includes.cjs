const express = require('express');
const corser = require('corser');

const trusted = ['https://app.example.com', 'http://localhost:3000'];
const app = express();
app.use(corser.create({ origins: (origin, callback) => callback(null, trusted.includes(origin)), supportsCredentials: true, methods: ['DELETE'] }));
app.all('/', (req, res) => { res.send('ok'); });
app.listen(process.env.PORT, '127.0.0.1');
