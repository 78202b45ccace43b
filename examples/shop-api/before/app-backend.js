const express = require('express');
const { ParseServer } = require('parse-server');

const parse = new ParseServer({
  databaseURI: process.env.DATABASE_URI,
  appId: 'shop-app',
  masterKey: process.env.MASTER_KEY,
  serverURL: 'https://app.shop.example/parse',
  allowOrigin: 'shop.example',
  allowHeaders: ['X-Shop-Language'],
});

async function main() {
  await parse.start();
  const app = express();
  app.use('/parse', parse.app);
  app.listen(1337);
}

main();
