const express = require('express');
const { ParseServer } = require('parse-server');

const server = new ParseServer({
  databaseURI: 'mongodb://127.0.0.1:27017/stock',
  appId: 'stock',
  masterKey: 'only-here',
  serverURL: 'http://127.0.0.1:1337/parse',
  allowOrigin: true,
});

const app = express();
app.use('/parse', server.app);
app.listen(process.env.PORT, '127.0.0.1');
