/** Who types in the options of one of many policies has that one alone read again, whatever library it is of. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nodeHost } from '../../server/src/node/host.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';
import { runs } from '../seed.ts';
import { said, slightlyChanged, smallChange, typed } from './small-changes.ts';

/** Programs of other libraries, each of which reads a place by itself: their beginning, and a policy with options of its own. */
const libraries: readonly {
  readonly file: string;
  readonly head: string;
  readonly policy: string;
  readonly options: readonly string[];
}[] = [
  {
    file: 'hono.js',
    head: "import { Hono } from 'hono';\nimport { cors } from 'hono/cors';\nconst app = new Hono();\n",
    policy: "app.use('/area@/*', cors(OPTIONS));\napp.get('/area@/items', (c) => c.json(1));\n",
    options: [
      '{ origin: "https://app.example.com", credentials: true }',
      '{ origin: ["*", `x`] }',
      '{ origin: (o) => o }',
      '',
    ],
  },
  {
    file: 'koa.js',
    head: "const Koa = require('koa');\nconst cors = require('@koa/cors');\nconst app = new Koa();\n",
    policy: 'const app@ = new Koa();\napp@.use(cors(OPTIONS));\n',
    options: [
      "{ origin: 'https://app.example.com', credentials: true }",
      "{ origin: '*' }",
      '{ origin: (ctx) => ctx.get("Origin") }',
      '',
    ],
  },
  {
    file: 'fastify.js',
    head: "const fastify = require('fastify');\nconst cors = require('@fastify/cors');\n",
    policy: 'const app@ = fastify();\napp@.register(cors, OPTIONS);\n',
    options: [
      '{ origin: true, credentials: true }',
      '{ origin: [/example.com/], delegator: undefined }',
      '() => (req, done) => done(null, {})',
      '{}',
    ],
  },
  {
    file: 'main.py',
    head: 'from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\napp = FastAPI()\n',
    policy: 'app@ = FastAPI()\napp@.add_middleware(CORSMiddleware, OPTIONS)\n',
    options: [
      'allow_origins=["*"], allow_credentials=True',
      'allow_origin_regex=".*example.com"',
      'allow_origin=["x"]',
      '',
    ],
  },
  {
    file: 'main.go',
    head: 'package main\n\nimport "github.com/rs/cors"\n\n',
    policy: 'func f@(h http.Handler) http.Handler { return cors.New(OPTIONS).Handler(h) }\n',
    options: [
      'cors.Options{AllowedOrigins: []string{"*"}, AllowCredentials: true}',
      'cors.Options{}',
      'options',
      'cors.Options{Debug: true}',
    ],
  },
  {
    // A call whose origins differ in their options makes a policy of each, and is read with the whole of the file.
    file: 'basket.py',
    head: 'from aiohttp import web\nfrom aiohttp_cors import ResourceOptions, setup\napp = web.Application()\ncors = setup(app)\n',
    policy: 'cors.add(app.router.add_get("/area@", area@), {OPTIONS})\n',
    options: [
      '"https://shop.example": ResourceOptions(allow_headers="*")',
      '"https://shop.example": ResourceOptions(), "https://admin.shop.example": ResourceOptions(max_age=600)',
      '"*": ResourceOptions(allow_credentials=True)',
      '',
    ],
  },
];

describe('a lint after an edit of one of many policies', () => {
  const linter = createLinter(nodeHost());

  /** How many of the results were kept but for the place that changed. */
  async function keptBeside(place: string, texts: readonly string[]): Promise<number> {
    let kept = 0;
    let memory: unknown;
    for (const text of texts) {
      const result = await linter.lint({ path: place, text }, defaultSettings, memory);
      const anew = await linter.lint({ path: place, text }, defaultSettings);
      assert.equal(said(result), said(anew));
      if (result.kept === 'beside') kept++;
      linter.release(anew.memory);
      ({ memory } = result);
    }
    linter.release(memory);
    return kept;
  }

  it('says what a lint from the beginning says, and keeps all but the policy that is typed in', async () => {
    const row = fc.record({
      library: fc.constantFrom(...libraries),
      options: fc.array(fc.nat({ max: 3 }), { minLength: 2, maxLength: 5 }),
      at: fc.nat({ max: 4 }),
      changes: fc.array(fc.oneof({ weight: 3, arbitrary: typed }, smallChange), { minLength: 2, maxLength: 5 }),
    });
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(row, async ({ library: { file, head, policy, options: all }, options, at, changes }) => {
        const typedIn = at % options.length;
        const written = (own: string): string =>
          head +
          options
            .map((one, n) =>
              policy.replaceAll('@', String(n)).replace('OPTIONS', () => (n === typedIn ? own : all[one]!)),
            )
            .join('');
        // Each but the first is a change of the one before it, in the same place.
        const inside = changes.reduce(
          (texts, one) => [...texts, slightlyChanged(texts.at(-1)!, one)],
          [all[options[typedIn]!]!],
        );
        const texts = inside.flatMap((one) => [written(one), written(`${one} `)]);
        kept += await keptBeside(`/apart/${file}`, [...texts, ...texts.reverse()]);
      }),
      { numRuns: runs(80) },
    );
    assert.ok(kept >= runs(80) / 8, `Only ${kept} results were kept beside the place.`);
  });
});
