/** Runs Strapi's own CORS middleware on Koa with the settings that a program exports. */
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [, , file, folder] = process.argv;
const modules = path.join(folder, 'node_modules');
const require = createRequire(path.join(modules, 'koa.js'));
const module = await import(pathToFileURL(file).href);
const exported = module.default?.default ?? module.default;
const { env } = ['dist/env-helper.js']
  .map((name) => require(path.join(modules, '@strapi', 'utils', name)))
  .map((one) => ({ env: one.default ?? one }))
  .at(0);
const settings = typeof exported === 'function' ? exported({ env }) : exported;

const Koa = require('koa');
const app = new Koa();
app.silent = true;
app.use(async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    ctx.status = error.status ?? 500;
    ctx.body = { error: { status: ctx.status } };
  }
});
globalThis.strapi = { log: { warn() {} } };

if (fs.existsSync(path.join(modules, 'strapi'))) startElder();
else startCurrent();
app.use((ctx) => {
  ctx.status = ctx.path === '/missing' ? 404 : 200;
  ctx.body = 'ok';
});
app.listen(Number(process.env.PORT), '127.0.0.1');

function startElder() {
  const create = require(path.join(modules, 'strapi', 'lib', 'middlewares', 'cors', 'index.js'));
  const { cors = {} } = settings.settings;
  // Strapi 3 has it in its defaults, and leaves it out where it is switched off.
  if (cors.enabled !== false)
    create({ app, config: { get: (name) => (name === 'middleware.settings.cors' ? cors : undefined) } }).initialize();
}

function startCurrent() {
  const main = ['dist', 'lib']
    .map((name) => path.join(modules, '@strapi', 'strapi', name, 'middlewares', 'cors.js'))
    .find((name) => fs.existsSync(name));
  const loaded = require(main);
  const create = loaded.cors ?? loaded;
  for (const one of settings) {
    if (one === 'strapi::cors') app.use(create({}));
    else if (one?.name === 'strapi::cors') app.use(create(one.config ?? {}));
  }
}
