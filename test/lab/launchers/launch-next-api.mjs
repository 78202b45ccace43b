/** Serves an API route of Next.js, `export default function handler(req, res)`, with the few members of `res` that such routes use. */
import http from 'node:http';
import { pathToFileURL } from 'node:url';

const module = await import(pathToFileURL(process.argv[2]).href);
const handler = module.default?.default ?? module.default;

http
  .createServer(async (req, res) => {
    res.status = (status) => Object.assign(res, { statusCode: status });
    res.send = (body) => res.end(body);
    res.json = (body) => {
      res.setHeader('Content-Type', 'application/json; charset=utf-8');
      res.end(JSON.stringify(body));
    };
    try {
      await handler(req, res);
    } catch {
      res.statusCode = 500;
      res.end('Internal Server Error');
    }
  })
  .listen(Number(process.env.PORT), '127.0.0.1');
