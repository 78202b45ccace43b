const fastify = require('fastify')();
const cors = require('@fastify/cors');
const allowed = ['https://app.example.com'];
const check = (origin, callback) => {
  if (!origin || allowed.includes(origin)) {
    callback(null, true);
    return;
  }
  callback(null, false);
};
fastify.register(cors, { origin: check, credentials: true });
fastify.all('/', async () => ({ ok: true }));
fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
