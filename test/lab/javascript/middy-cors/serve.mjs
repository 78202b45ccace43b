/** Calls the `handler` that a program exports with an event of API Gateway for each request, and answers with what it returns. */
import http from 'node:http';
import { pathToFileURL } from 'node:url';

const [, , file, eventVersion] = process.argv;
const { handler } = await import(pathToFileURL(file).href);

/** Version 1 keeps the case of header names, version 2 writes them in lower case. */
function eventOf(request) {
  if (eventVersion === '2.0')
    return {
      version: '2.0',
      rawPath: request.url,
      headers: request.headers,
      requestContext: { http: { method: request.method, path: request.url } },
    };
  const { origin, ...headers } = request.headers;
  return {
    version: '1.0',
    httpMethod: request.method,
    path: request.url,
    headers: { ...headers, ...(origin !== undefined && { Origin: origin }) },
    requestContext: {},
  };
}

http
  .createServer(async (request, response) => {
    const answer = await handler(eventOf(request), {});
    const sent = Object.entries(answer.headers ?? {}).filter(([, value]) => value !== undefined && value !== null);
    response.writeHead(answer.statusCode, Object.fromEntries(sent));
    response.end(answer.body ?? '');
  })
  .listen(Number(process.env.PORT), '127.0.0.1');
