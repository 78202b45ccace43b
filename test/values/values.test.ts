/** What expressions evaluate to. */
import assert from 'node:assert/strict';
import type { Value } from '../../server/src/values/value.ts';
import { marked, open, show } from './harness.ts';

/** Code with one `mark(…)`, and what its argument is. */
const script: readonly (readonly [string, string])[] = [
  ["mark('a' + 'b' + `c${1}`)", "'abc1'"],
  ["const host = 'example.com'; mark(`https://${host}`)", "'https://example.com'"],
  ["mark('a'.concat('b'))", "'ab'"],
  ["mark(['GET', 'POST'].join(', '))", "'GET, POST'"],
  ["mark('a, b,'.split(',').map((x) => x.trim()).filter(Boolean))", "['a', 'b']"],
  ["const a = ['x']; const b = [...a, 'y']; mark(b)", "['x', 'y']"],
  ["mark([...other, 'y'])", "['y', …]"],
  ['mark(Object.assign({}, { a: 1 }, { a: 2 }))', '{a: 2}'],
  ["mark(Object.freeze(['a']))", "['a']"],
  ["mark(new Set(['a', 'b']))", "['a', 'b']"],
  ["mark(Array.from(new Set(['a'])))", "['a']"],
  ["mark(new Map([['a', 1]]))", '{a: 1}'],
  ['const base = { a: 1, b: 2 }; mark({ ...base, b: 3 })', '{a: 1, b: 3}'],
  ['mark({ ...unknownThing, b: 3 })', '{b: 3, …}'],
  ["const o = { list: ['a', 'b'] }; mark(o.list[1])", "'b'"],
  ["const o = { list: ['a'] }; mark(o['list'])", "['a']"],
  ["function origins() { return ['a']; } mark(origins())", "['a']"],
  ["const of = (host) => `https://${host}`; mark(['a', 'b'].map(of))", "['https://a', 'https://b']"],
  ["mark(!!'a')", 'true'],
  ["mark(null ?? 'a')", "'a'"],
  ["mark('' || 'a')", "'a'"],
  ['mark(process.env.X)', 'env X'],
  ["mark(process.env['X'] || '*')", "env X or '*'"],
  ["mark(process.env.X ?? '*')", "env X or '*'"],
  ["const { X = '*' } = process.env; mark(X)", "env X or '*'"],
  ["mark((process.env.X || 'a,b').split(','))", "env X split or ['a', 'b']"],
  ["mark(process.env.X?.split(',').map((x) => x.trim()))", 'env X split'],
  ["mark(process.env.X?.split(',') ?? ['a'])", "env X split or ['a']"],
  ['mark(import.meta.env.X)', 'env X'],
  ["mark(Deno.env.get('X'))", 'env X'],
  ["export default { fetch(request, env) { mark(env.X || '*'); } }", "env X or '*'"],
  ["mark(process.env.NODE_ENV === 'production' ? 'a' : '*')", "('a' | '*')"],
  ["let x = 'a'; mark(x)", "'a'"],
  ["let x = 'a'; if (process.env.NODE_ENV !== 'production') x = '*'; mark(x)", "('*' | 'a')"],
  ["const list = ['a']; list.push('b'); mark(list)", "['a', 'b', …]"],
  ["const list = ['a']; if (process.env.DEBUG) list.push('b'); mark(list)", "['a', ('b'), …]"],
  ['mark(60 * 60 * 24)', '86400'],
  ['mark(1 + 2 - 4)', '-1'],
  ["const options = { origin: 'a' }; options.origin = '*'; mark(options)", "{origin: '*'}"],
  ["const { a: { b } } = { a: { b: 'c' } }; mark(b)", "'c'"],
  ['const f = () => 1; mark(f)', 'function'],
  ["class A { list = ['a']; run() { mark(this.list); } }", "['a']"],
  ["class A { list = ['a']; load(o) { this.list = o.list; } run() { mark(this.list); } }", 'unknown'],
  ['mark(/a/i)', '/a/i'],
  ["mark(new RegExp('^a$', 'i'))", '/^a$/i'],
  ['function set(res, origin) { mark(origin); } function h(req, res) { set(res, req.headers.origin); }', 'origin'],
  [
    'function set(res, origin) { mark(origin); } function h(req, res) { set(res, req.headers.origin); set(res, other); }',
    'unknown',
  ],
  ['function h(req, res) { mark(req.headers.origin); }', 'origin'],
  ["function h(req, res) { mark(req.headers['Origin']); }", 'origin'],
  ["function h(req, res) { mark(req.header('Origin')); }", 'origin'],
  ["function h(req, res) { mark(req.get('origin')); }", 'origin'],
  ["async function GET(request) { mark(request.headers.get('Origin')); }", 'origin'],
  ["app.use(async (ctx, next) => { mark(ctx.get('Origin')); })", 'origin'],
  ['app.use(async (ctx, next) => { mark(ctx.headers.origin); })', 'origin'],
  ['app.use(async (ctx, next) => { mark(ctx.request.header.origin); })', 'origin'],
  ["app.use(async (c) => { mark(c.req.header('Origin')); })", 'origin'],
  ['exports.handler = async (event) => { mark(event.headers.origin || event.headers.Origin); }', '(origin | origin)'],
  ["import { headers } from 'next/headers'; async function f() { mark((await headers()).get('origin')); }", 'origin'],
  ['function h(req, res) { const { origin } = req.headers; mark(origin); }', 'origin'],
  ['function h({ headers: { origin } }, res) { mark(origin); }', 'origin'],
  ['function h({ headers }) { mark(headers.origin); }', 'origin'],
  ["export default defineEventHandler((event) => { mark(getHeader(event, 'origin')); })", 'origin'],
  ["async function f() { const response = await fetch('x'); mark(response.headers.get('origin')); }", 'unknown'],
  ["function h(req, res) { mark(res.get('Origin')); }", 'unknown'],
  ['function h(req, res) { mark(req.headers.referer); }', 'header:referer'],
  ['function h(req, res) { mark(req.query.origin); }', 'other:query origin'],
  ['function h(req, res) { mark(req.method); }', 'method'],
  ["function h(req, res) { mark(req.headers.origin || '*'); }", "(origin | '*')"],
  ["function h(req) { mark(new URL(req.url).searchParams.get('origin')); }", 'other:searchparams origin'],
];

describe('values of JavaScript', () => {
  for (const [code, expected] of script) {
    it(code, async () => {
      const snippet = await open({ 'a.js': code });
      assert.equal(show(snippet.evaluator.evaluate(marked(snippet))), expected);
    });
  }
  it('follows imports, and ranges of other files carry their path', async () => {
    for (const files of [
      { 'src/a.js': "import { list } from './options.js'; mark(list)", 'src/options.ts': "export const list = ['a'];" },
      { 'src/a.js': "import list from '../options'; mark(list)", 'options.mjs': "export default ['a'];" },
      {
        'src/a.js': "const { list } = require('./options'); mark(list)",
        'src/options/index.js': "module.exports = { list: ['a'] };",
      },
      {
        'src/a.js': "const options = require('./options'); mark(options.list)",
        'src/options.js': "exports.list = ['a'];",
      },
      {
        'src/a.js': "mark(require('./options').list)",
        'src/options.cjs': "const list = ['a']; module.exports = { list };",
      },
    ] as Record<string, string>[]) {
      const snippet = await open(files);
      const value = snippet.evaluator.evaluate(marked(snippet));
      assert.equal(show(value), "['a']", JSON.stringify(files));
      assert.equal(value.range.path, Object.keys(files)[1]);
    }
  });
  it('points at the literal', async () => {
    const snippet = await open({ 'a.js': "const star = '*'; mark(star)" });
    assert.deepEqual(snippet.evaluator.evaluate(marked(snippet)).range, { start: 13, end: 16 });
  });
});

describe('a text that is put together', () => {
  const doubled = (times: number, twice: (name: string) => string): string =>
    "const a0 = 'https://a.example/';\n" +
    Array.from({ length: times }, (_, index) => `const a${index + 1} = ${twice(`a${index}`)};\n`).join('') +
    `mark(a${times});\n`;
  for (const twice of [(name: string) => `${name} + ${name}`, (name: string) => `\`\${${name}}\${${name}}\``]) {
    it(`has a bounded length: ${twice('a')}`, async () => {
      const value = async (times: number) => {
        const snippet = await open({ '/a.js': doubled(times, twice) });
        return snippet.evaluator.evaluate(marked(snippet));
      };
      const short = await value(5);
      assert.equal(short.kind === 'text' && short.text.length, 18 * 2 ** 5);
      assert.notEqual((await value(30)).kind, 'text');
      // Two unknown halves are parts of a text, which double as well.
      for (const times of [40, 60, 100]) assert.notEqual((await value(times)).kind, 'text');
    });
  }

  it('is unknown where each line makes two of one', async () => {
    const lengthened = async (times: number): Promise<Value['kind']> => {
      const lines = Array.from({ length: times }, (_, at) => `if (process.env.A${at}) v += '${at}';\n`).join('');
      const snippet = await open({ '/a.js': `let v = '';\n${lines}mark(v);\n` });
      return snippet.evaluator.evaluate(marked(snippet)).kind;
    };
    assert.equal(await lengthened(3), 'one-of');
    assert.equal(await lengthened(40), 'one-of', 'what the last lines add is one of two, to what is not known');
  });
});
