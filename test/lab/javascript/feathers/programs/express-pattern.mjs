import { feathers } from '@feathersjs/feathers';
import express, { rest, json, cors, errorHandler } from '@feathersjs/express';

const app = express(feathers());
app.use(cors({ origin: /^https:\/\/app\.example\.com$/ }));
app.use(json());
app.configure(rest());
app.all('/', (_request, response) => { response.send('ok'); });
app.use(errorHandler({ logger: false }));
app.listen(process.env.PORT, '127.0.0.1');
