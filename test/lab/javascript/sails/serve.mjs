/** Lifts Sails with what a file of `config/` exports; an application that does not lift answers without any header. */
import http from 'node:http';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [, , file] = process.argv;
const port = Number(process.env.PORT);
const { Sails } = createRequire(file)('sails');
const module = await import(pathToFileURL(file).href);
const settings = { ...module, ...module.default, default: undefined, 'module.exports': undefined };

const answer = (_request, response) => response.ok('ok');
const { routes = {} } = settings;
const actions = Object.fromEntries(Object.values(routes).flatMap(({ action }) => (action ? [[action, answer]] : [])));
const unused = ['blueprints', 'grunt', 'i18n', 'orm', 'pubsub', 'session', 'sockets', 'views'];

new Sails().lift(
  {
    ...settings,
    port,
    explicitHost: '127.0.0.1',
    environment: 'development',
    appPath: path.dirname(file),
    globals: false,
    log: { level: 'silent' },
    hooks: Object.fromEntries(['userconfig', ...unused].map((name) => [name, false])),
    controllers: { moduleDefinitions: actions },
    routes: { ...routes, '/': answer },
  },
  (error) => {
    if (!error) return;
    process.stderr.write(`${error.message}\n`);
    http
      .createServer((request, response) => {
        response.statusCode = request.url === '/missing' ? 404 : 200;
        response.end();
      })
      .listen(port, '127.0.0.1');
  },
);
