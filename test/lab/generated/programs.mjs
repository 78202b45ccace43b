/** How a program looks that hands options to a library, for each entry of the lab whose options are made by chance. */

const ofCors = {
  origin: 'origin',
  credentials: 'credentials',
  methods: 'methods',
  allowedHeaders: 'allowedHeaders',
  exposedHeaders: 'exposedHeaders',
  maxAge: 'maxAge',
};
const inShort = { ...ofCors, methods: 'allowMethods', allowedHeaders: 'allowHeaders', exposedHeaders: 'exposeHeaders' };
const callbacks = [
  `(origin, callback) => callback(null, ['https://app.example.com', undefined].includes(origin))`,
  `(origin, callback) => callback(null, true)`,
  `(origin, callback) => callback(null, origin ?? false)`,
  `(origin, callback) => { if (!origin || origin.endsWith('.example.com')) callback(null, true); else callback(new Error('no')); }`,
  `(origin, callback) => callback(null, 'https://app.example.com')`,
  `(origin, callback) => callback(null, ['https://app.example.com', /localhost/])`,
];
const forExpress = { optionsSuccessStatus: ['200'], preflightContinue: ['true', 'false'] };
const listed = `(origin) => (['https://app.example.com', 'http://localhost:3000'].includes(origin) ? origin : undefined)`;
const lists = {
  methods: [`['GET', 'put']`, `['*']`, '[]', 'undefined'],
  allowedHeaders: [`['content-type', 'X-Test']`, `['*']`, '[]', 'undefined'],
  exposedHeaders: [`['X-Test']`, `['*']`, '[]', 'undefined'],
};
const port = 'Number(process.env.PORT)';

/** Place of the entry → what its options are made of, and the program around them. */
export const libraries = {
  'javascript/express-cors': {
    names: ofCors,
    functions: callbacks,
    others: forExpress,
    program: (options) => `import cors from 'cors';
import express from 'express';
const app = express();
app.use(cors(${options}));
app.all('/', (request, response) => response.send('ok'));
export default app;
`,
  },
  'javascript/fastify-cors': {
    names: ofCors,
    functions: [...callbacks, `async (origin) => origin === 'https://app.example.com'`],
    others: {
      optionsSuccessStatus: ['200'],
      preflightContinue: ['true', 'false'],
      preflight: ['true', 'false'],
      strictPreflight: ['true', 'false'],
      hideOptionsRoute: ['false'],
      cacheControl: ['600'],
    },
    program: (options) => `import Fastify from 'fastify';
import cors from '@fastify/cors';
const app = Fastify();
await app.register(cors, ${options});
app.all('/', async () => 'ok');
await app.listen({ port: ${port}, host: '127.0.0.1' });
`,
  },
  'javascript/koa-cors': {
    names: inShort,
    functions: [
      `(ctx) => ctx.get('Origin')`,
      `(ctx) => (ctx.get('Origin') === 'https://app.example.com' ? ctx.get('Origin') : '')`,
      `async (ctx) => 'https://app.example.com'`,
      `() => '*'`,
      `() => false`,
    ],
    others: { keepHeadersOnError: ['true', 'false'], secureContext: ['true'], privateNetworkAccess: ['true'] },
    program: (options) => `import Koa from 'koa';
import cors from '@koa/cors';
const app = new Koa();
app.silent = true;
app.use(cors(${options}));
app.use((ctx) => { ctx.body = 'ok'; });
app.listen(${port}, '127.0.0.1');
`,
  },
  'javascript/hono-cors': {
    names: inShort,
    functions: [
      listed,
      `(origin) => origin`,
      `(origin, c) => (origin.endsWith('.example.com') ? origin : null)`,
      `() => '*'`,
    ],
    // Older releases break off where they meet a text, and what they had set by then is sent.
    only: lists,
    program: (options) => `import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
const app = new Hono();
app.onError((error, c) => c.text('failed', 500));
app.use('*', cors(${options}));
app.all('/', (c) => c.text('ok'));
serve({ fetch: app.fetch, port: ${port}, hostname: '127.0.0.1' });
`,
  },
  'javascript/hapi': {
    names: {
      origin: 'origin',
      credentials: 'credentials',
      allowedHeaders: 'headers',
      exposedHeaders: 'exposedHeaders',
      maxAge: 'maxAge',
    },
    only: {
      origin: [
        `['*']`,
        `['https://app.example.com']`,
        `['https://app.example.com', 'http://localhost:3000']`,
        `['https://*.example.com']`,
        `['https://*.app.example.com', 'null']`,
        `'ignore'`,
        `['*', 'https://app.example.com']`,
        'undefined',
        '[]',
        `'*'`,
        `['https://app.example.com/']`,
        `['HTTPS://APP.example.com']`,
        'process.env.NOT_SET',
        `(process.env.NOT_SET ?? '*').split(',')`,
      ],
      credentials: ['true', 'false', `'true'`, 'undefined'],
      allowedHeaders: [`['Content-Type', 'X-Test']`, `['X-Test']`, '[]', 'undefined'],
      exposedHeaders: [`['X-Total']`, '[]', 'undefined'],
      maxAge: ['600', '0', '86400', 'undefined', '-1'],
    },
    others: {
      additionalHeaders: [`['X-Test']`, '[]'],
      additionalExposedHeaders: [`['X-More']`],
    },
    program: (options) => `import Hapi from '@hapi/hapi';
const server = Hapi.server({ port: ${port}, host: '127.0.0.1', routes: { cors: ${options} } });
server.route({ method: ['GET', 'POST', 'PUT', 'DELETE'], path: '/', handler: () => 'ok' });
await server.start();
`,
  },
  'javascript/restify-cors': {
    names: {
      origin: 'origins',
      credentials: 'credentials',
      allowedHeaders: 'allowHeaders',
      exposedHeaders: 'exposeHeaders',
      maxAge: 'preflightMaxAge',
    },
    only: {
      allowedHeaders: [`['X-Test']`, '[]', 'undefined', 'null'],
      exposedHeaders: [`['X-Total', 'Date']`, '[]', 'undefined'],
    },
    others: { allowCredentialsAllOrigins: ['true', 'false'], preflightStrategy: [] },
    program: (options) => `import restify from 'restify';
import corsMiddleware from 'restify-cors-middleware2';
const cors = corsMiddleware(${options});
const server = restify.createServer();
server.pre(cors.preflight);
server.use(cors.actual);
const answer = (request, response, next) => { response.send('ok'); next(); };
server.get('/', answer);
server.head('/', answer);
server.post('/', answer);
server.listen(${port}, '127.0.0.1');
`,
  },
  'javascript/graphql-yoga': {
    names: ofCors,
    program: (options) => `import { createServer } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';
const schema = createSchema({ typeDefs: 'type Query { hello: String }', resolvers: { Query: { hello: () => 'hello' } } });
const yoga = createYoga({ schema, graphqlEndpoint: '/', logging: false, graphiql: false, cors: ${options} });
createServer(yoga).listen(${port}, '127.0.0.1');
`,
  },
  'javascript/elysia-cors': {
    names: { ...ofCors, exposedHeaders: 'exposeHeaders' },
    functions: [
      `({ headers }) => headers.get('Origin') === 'https://app.example.com'`,
      `() => true`,
      `() => undefined`,
      `(request) => Boolean(request.headers.get('origin')?.endsWith('.example.com'))`,
    ],
    others: { preflight: ['true', 'false'], aot: ['false'] },
    program: (options) => `import { cors } from '@elysiajs/cors';
import { node } from '@elysiajs/node';
import { Elysia } from 'elysia';
new Elysia({ adapter: node() })
  .use(cors(${options}))
  .get('/', () => 'ok')
  .post('/', () => 'ok')
  .listen({ port: ${port}, hostname: '127.0.0.1' });
`,
  },
  'javascript/h3': {
    names: { ...inShort, methods: 'methods' },
    functions: [
      `(origin) => origin === 'https://app.example.com'`,
      `async () => false`,
      `() => true`,
      `() => undefined`,
    ],
    others: { preflight: ['{ statusCode: 200 }'] },
    program: (options) => `import { createServer } from 'node:http';
import { H3, handleCors, toNodeHandler } from 'h3';
const app = new H3({ silent: true });
app.use((event) => {
  const answered = handleCors(event, ${options});
  if (answered !== false) return answered;
});
app.all('/', () => 'ok');
createServer(toNodeHandler(app)).listen(${port}, '127.0.0.1');
`,
  },
  'javascript/h3-1': {
    names: { ...inShort, methods: 'methods' },
    functions: [
      `(origin) => origin === 'https://app.example.com'`,
      `async () => false`,
      `() => true`,
      `() => undefined`,
    ],
    others: { preflight: ['{ statusCode: 200 }'] },
    only: lists,
    program: (options) => `import { createServer } from 'node:http';
import { createApp, eventHandler, handleCors, toNodeListener } from 'h3';
const app = createApp();
app.use(eventHandler((event) => {
  if (handleCors(event, ${options})) return;
  return 'ok';
}));
createServer(toNodeListener(app)).listen(${port}, '127.0.0.1');
`,
  },
  'javascript/itty-router': {
    names: { ...inShort },
    only: { credentials: ['true', 'false', 'undefined'] },
    functions: [listed, `(origin) => origin`, `() => true`, `() => undefined`],
    extraPackages: { '@hono/node-server': '@hono/node-server' },
    program: (options) => `import { serve } from '@hono/node-server';
import { AutoRouter, cors } from 'itty-router';
const { preflight, corsify } = cors(${options});
const router = AutoRouter({ before: [preflight], finally: [corsify] });
router.all('/', () => 'ok');
serve({ fetch: router.fetch, port: ${port}, hostname: '127.0.0.1' });
`,
  },
  'javascript/remix-utils-cors': {
    names: ofCors,
    functions: [
      `(origin) => origin === 'https://app.example.com'`,
      `async () => true`,
      `() => ['https://app.example.com', '*']`,
    ],
    extraPackages: { '@hono/node-server': '@hono/node-server' },
    program: (options) => `import { serve } from '@hono/node-server';
import { cors } from 'remix-utils/cors';
export async function loader({ request }) {
  return await cors(request, Response.json({ ok: true }), ${options});
}
serve({ fetch: (request) => loader({ request }), port: ${port}, hostname: '127.0.0.1' });
`,
  },
  'javascript/tinyhttp-cors': {
    names: ofCors,
    functions: [`(request) => request.headers.origin ?? ''`, `() => 'https://app.example.com'`],
    others: forExpress,
    program: (options) => `import { App } from '@tinyhttp/app';
import { cors } from '@tinyhttp/cors';
const app = new App();
app.use(cors(${options}));
app.use((request, response) => { response.send('ok'); });
app.listen(${port}, undefined, '127.0.0.1');
`,
  },
  'javascript/corser': {
    names: {
      origin: 'origins',
      credentials: 'supportsCredentials',
      methods: 'methods',
      allowedHeaders: 'requestHeaders',
      exposedHeaders: 'responseHeaders',
      maxAge: 'maxAge',
    },
    functions: [`(origin, callback) => callback(null, origin === 'https://app.example.com')`],
    others: { endPreflightRequests: ['true', 'false'] },
    program: (options) => `import express from 'express';
import corser from 'corser';
const app = express();
app.use(corser.create(${options}));
app.all('/', (request, response) => { response.send('ok'); });
app.listen(${port}, '127.0.0.1');
`,
  },
  'javascript/micro-cors': {
    names: { ...inShort, credentials: 'allowCredentials' },
    // With a text, nothing is answered at all.
    only: lists,
    others: { runHandlerOnOptionsRequest: ['true', 'false'] },
    program: (options) => `import http from 'node:http';
import microCors from 'micro-cors';
http.createServer(microCors(${options})((request, response) => {
  response.end('ok');
})).listen(${port}, '127.0.0.1');
`,
  },
  'javascript/socket-io': {
    names: ofCors,
    functions: callbacks,
    program: (options) => `import { createServer } from 'node:http';
import { Server } from 'socket.io';
const http = createServer((request, response) => response.end());
export const io = new Server(http, { serveClient: false, cors: ${options} });
http.listen(${port}, '127.0.0.1');
`,
  },
  'javascript/nestjs': {
    names: ofCors,
    functions: callbacks,
    others: forExpress,
    extension: 'ts',
    compiles: true,
    program: (options) => `import 'reflect-metadata';
import { Controller, Get, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
@Controller()
class AppController {
  @Get() read() { return 'ok'; }
  @Post() write() { return 'ok'; }
}
@Module({ controllers: [AppController] })
class AppModule {}
async function bootstrap() {
  const app = await NestFactory.create(AppModule, { logger: false });
  app.enableCors(${options});
  await app.listen(${port}, '127.0.0.1');
}
bootstrap();
`,
  },
  'javascript/adonis-cors': {
    names: { ...ofCors, allowedHeaders: 'headers', exposedHeaders: 'exposeHeaders' },
    // A text of names is searched letter by letter.
    only: { allowedHeaders: lists.allowedHeaders },
    functions: [`(origin) => origin === 'https://app.example.com'`, `() => true`, `() => ['https://app.example.com']`],
    others: { enabled: ['true', 'false', '() => true'] },
    ownProcess: true,
    program: (options) => `import { defineConfig } from '@adonisjs/cors';
export default defineConfig(${options});
`,
  },
  'javascript/middy-cors': {
    names: ofCors,
    others: { origins: [`['https://app.example.com', 'http://localhost:3000']`, `['https://*.example.com']`, `['*']`] },
    ownProcess: true,
    program: (options) => `import middy from '@middy/core';
import httpCors from '@middy/http-cors';
const answer = async () => ({ statusCode: 200, body: 'ok' });
export const handler = middy(answer).use(httpCors(${options}));
`,
  },
  'javascript/strapi': {
    names: {
      origin: 'origin',
      credentials: 'credentials',
      methods: 'methods',
      allowedHeaders: 'headers',
      exposedHeaders: 'expose',
      maxAge: 'maxAge',
    },
    functions: [
      `(ctx) => ctx.get('Origin')`,
      `() => ['https://app.example.com']`,
      `async () => 'https://app.example.com'`,
    ],
    others: { enabled: ['true', 'false'], keepHeaderOnError: ['true', 'false'] },
    ownProcess: true,
    extension: 'cjs',
    program: (options) => `module.exports = [
  'strapi::errors',
  { name: 'strapi::cors', config: ${options} },
  'strapi::body',
];
`,
  },
  'javascript/sails': {
    names: {
      origin: 'allowOrigins',
      credentials: 'allowCredentials',
      methods: 'allowRequestMethods',
      allowedHeaders: 'allowRequestHeaders',
      exposedHeaders: 'allowResponseHeaders',
    },
    only: {
      methods: [`'GET, PUT'`, `'GET'`, 'undefined'],
      allowedHeaders: [`'X-Test'`, `'content-type'`],
      exposedHeaders: [`'X-Total'`, `''`],
    },
    others: { allowAnyOriginWithCredentialsUnsafe: ['true', 'false'] },
    ownProcess: true,
    extension: 'cjs',
    program: (options) => `module.exports.security = { cors: { allRoutes: true, ...${options} } };
`,
  },
};
