const restify = require('restify');
const corsMiddleware = require('restify-cors-middleware2');

const cors = corsMiddleware({ credentials: true, allowCredentialsAllOrigins: true, origins: undefined });
const server = restify.createServer();
server.pre(cors.preflight);
server.use(cors.actual);
const answer = (req, res, next) => { res.send('ok'); next(); };
server.get('/', answer);
server.head('/', answer);
server.post('/', answer);
server.listen(Number(process.env.PORT), '127.0.0.1');
