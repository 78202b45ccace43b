/** What is only registered on a developer's machine is at most information, whatever the library and however that is said. */
import assert from 'node:assert/strict';
import { nodeHost } from '../../server/src/node/host.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';

const files: Readonly<Record<string, string>> = {
  '/app/stage.ts': "export const isRelaxed = (): boolean => process.env.NODE_ENV !== 'production';",
};
const linter = createLinter({ ...nodeHost(), readFile: (path) => Promise.resolve(files[path]) });

async function severities(path: string, text: string): Promise<string[]> {
  const { findings, problems = [] } = await linter.lint({ path, text }, defaultSettings);
  assert.deepEqual(problems, []);
  return findings.map(({ severity }) => severity);
}

const registered: Readonly<Record<string, { readonly file: string; readonly head: string; readonly call: string }>> = {
  Express: {
    file: '/app/server.js',
    head: "const app = require('express')(); const cors = require('cors');",
    call: 'app.use(cors({ origin: true, credentials: true }));',
  },
  NestJS: {
    file: '/app/main.ts',
    head: "import { NestFactory } from '@nestjs/core'; const app = await NestFactory.create(AppModule);",
    call: 'app.enableCors({ origin: true, credentials: true });',
  },
  Fastify: {
    file: '/app/server.js',
    head: "const app = require('fastify')(); const cors = require('@fastify/cors');",
    call: 'app.register(cors, { origin: true, credentials: true });',
  },
  Koa: {
    file: '/app/server.js',
    head: "const Koa = require('koa'); const cors = require('@koa/cors'); const app = new Koa();",
    call: 'app.use(cors({ credentials: true }));',
  },
  Hono: {
    file: '/app/server.ts',
    head: "import { Hono } from 'hono'; import { cors } from 'hono/cors'; const app = new Hono();",
    call: "app.use('*', cors());",
  },
  hapi: {
    file: '/app/server.js',
    head: "const Hapi = require('@hapi/hapi');",
    call: "Hapi.server({ port: 3000, routes: { cors: { origin: ['*'], credentials: true } } });",
  },
  'headers by hand': {
    file: '/app/server.js',
    head: "const app = require('express')();",
    call: "app.use((req, res, next) => { res.set('Access-Control-Allow-Origin', '*'); next(); });",
  },
};

const guards: Readonly<Record<string, (call: string) => string>> = {
  'a comparison': (call) => `if (process.env.NODE_ENV !== 'production') { ${call} }`,
  'the other branch': (call) => `if (process.env.NODE_ENV === 'production') { log(); } else { ${call} }`,
  'a name': (call) => `const isDevelopment = process.env.NODE_ENV === 'development'; if (isDevelopment) { ${call} }`,
  'an early return': (call) =>
    `function start() { if (process.env.NODE_ENV === 'production') return; ${call} } start();`,
  'a helper': (call) => `function open() { ${call} } if (settings.isDev()) open();`,
  'a list of stages': (call) => `if (['development', 'test'].includes(process.env.NODE_ENV)) { ${call} }`,
  'the bundler': (call) => `if (import.meta.env.DEV) { ${call} }`,
};

describe('development guards', () => {
  for (const [library, { file, head, call }] of Object.entries(registered)) {
    it(`${library}: a warning without a guard, and where production runs it`, async () => {
      for (const text of [call, `if (process.env.NODE_ENV === 'production') { ${call} }`]) {
        const found = await severities(file, `${head}\n${text}\n`);
        assert.ok(
          found.some((severity) => severity !== 'information'),
          text,
        );
      }
    });
    for (const [name, guarded] of Object.entries(guards)) {
      it(`${library}: information behind ${name}`, async () => {
        const found = await severities(file, `${head}\n${guarded(call)}\n`);
        assert.ok(found.length > 0, 'nothing is said at all');
        assert.deepEqual([...new Set(found)], ['information']);
      });
    }
  }

  it('knows a helper of another file', async () => {
    const { head, call } = registered.NestJS!;
    const text = `import { isRelaxed } from './stage';\n${head}\nif (isRelaxed()) { ${call} }\n`;
    assert.deepEqual(await severities('/app/main.ts', text), ['information']);
  });
});
