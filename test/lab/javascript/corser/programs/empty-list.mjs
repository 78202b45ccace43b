import http from 'node:http';
import corser from 'corser';

const handle = corser.create({ origins: [] });

http.createServer((req, res) => {
  handle(req, res, () => res.end('ok'));
}).listen(process.env.PORT, '127.0.0.1');
