const restify = require('restify');
const corsMiddleware = require('restify-cors-middleware2');

const server = restify.createServer({ name: 'tracking' });
const cors = corsMiddleware({
  origins: ['https://shop.example', /^https:\/\/[a-z0-9-]+\.post\.shop\.example$/],
  allowHeaders: ['Authorization'],
});

server.pre(cors.preflight);
server.use(restify.plugins.queryParser());
server.use(cors.actual);

server.get('/parcels/:id', (req, res, next) => {
  res.send({ parcel: req.params.id, at: 'the depot' });
  return next();
});

server.listen(4004);
