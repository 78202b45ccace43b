/**
 * Runs the middleware of `@adonisjs/cors` with the configuration that a program exports, on the part of AdonisJS's
 * context that it uses.
 */
import http from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [, , file] = process.argv;
const installed = path.join(
  path.dirname(file),
  '..',
  'node_modules',
  '@adonisjs',
  'cors',
  'build',
  'src',
  'cors_middleware.js',
);
const exported = (await import(pathToFileURL(file).href)).default;
const config = exported.default ?? exported;
const { default: CorsMiddleware } = await import(pathToFileURL(installed).href);
const middleware = new CorsMiddleware(config);

http
  .createServer((request, response) => {
    const ctx = {
      request: { header: (name) => request.headers[name.toLowerCase()], method: () => request.method },
      response: {
        header: (name, value) => response.setHeader(name, value),
        status: (status) => {
          response.statusCode = status;
          return { send: () => response.end() };
        },
      },
    };
    const next = async () => {
      response.statusCode = request.url === '/missing' ? 404 : 200;
      response.end('ok');
    };
    middleware.handle(ctx, next).catch(() => {
      response.statusCode = 500;
      response.end();
    });
  })
  .listen(Number(process.env.PORT), '127.0.0.1');
