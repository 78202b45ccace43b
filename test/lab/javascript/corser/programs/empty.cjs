const express = require('express');
const corser = require('corser');

const app = express();
app.use(corser.create({}));
app.all('/', (req, res) => { res.send('ok'); });
app.listen(process.env.PORT, '127.0.0.1');
