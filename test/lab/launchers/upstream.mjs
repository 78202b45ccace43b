/** An application without CORS headers behind the proxies of the lab; every path that ends with /missing is a 404. */
import http from 'node:http';

export async function startUpstream() {
  const server = http.createServer((request, response) => {
    response.statusCode = request.url.endsWith('/missing') ? 404 : 200;
    response.end('upstream\n');
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return server;
}
