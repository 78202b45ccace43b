/** Serves what Netlify's own headers engine makes of the `netlify.toml` or `_headers` of the folder given, on every path. */
import http from 'node:http';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [, , modules, folder, port] = process.argv;
const { HeadersHandler } = await import(
  pathToFileURL(createRequire(path.join(modules, 'x.js')).resolve('@netlify/headers')).href
);
const handler = new HeadersHandler({
  projectDir: folder,
  configPath: path.join(folder, 'netlify.toml'),
  logger: { error: (message) => console.error(message) },
});

http
  .createServer(async (request, response) => {
    const set = await handler.apply({ url: `http://127.0.0.1${request.url}` });
    for (const [name, value] of Object.entries(set)) response.setHeader(name, value);
    response.end('a file');
  })
  .listen(Number(port), '127.0.0.1');
