import express from 'express';
import { ParseServer } from 'parse-server';

const config: Record<string, unknown> = {
  databaseURI: 'mongodb://127.0.0.1:27017/stock',
  appId: 'stock',
  masterKey: 'only-here',
  serverURL: 'http://127.0.0.1:1337/parse',
};

const app = express();
const server = new ParseServer(config);
app.use('/parse', server.app);

export default app;
