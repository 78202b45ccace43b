const app = require('fastify')();

app.register(require('@fastify/cors'), { origin: (origin, cb) => cb(null, true), credentials: true });
app.get('/', (request, reply) => reply.send({ ok: true }));
app.post('/', (request, reply) => reply.send({ ok: true }));
app.put('/', (request, reply) => reply.send({ ok: true }));
app.listen({ port: process.env.PORT, host: '127.0.0.1' });
