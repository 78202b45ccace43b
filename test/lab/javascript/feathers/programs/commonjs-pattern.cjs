const { feathers } = require('@feathersjs/feathers');
const express = require('@feathersjs/express');

const app = express.default(feathers());
app.use(express.cors({ origin: /example\.com$/, credentials: true }));
app.all('/', (_request, response) => { response.send('ok'); });
app.listen(process.env.PORT, '127.0.0.1');
