/** How callbacks decide. */
import assert from 'node:assert/strict';
import type { FunctionExpression } from '../../server/src/syntax/programs/program.ts';
import type { ParameterRole } from '../../server/src/values/evaluator.ts';
import type { FunctionValue } from '../../server/src/values/value.ts';
import { answers, marked, open, show } from './harness.ts';
import { beginnings, sampled } from '../seed.ts';

const origins = ['https://a.example.com', 'https://b.example.com', 'https://evil.test', null];
const known = "const list = ['https://a.example.com', 'https://b.example.com'];";

/** A function, and each outcome as `kind values @ when`, with `+` or `-` for each origin. */
const cases: readonly (readonly [string, readonly ParameterRole[], readonly string[]])[] = [
  ['(origin, callback) => { callback(null, true); }', ['origin', 'callback'], ['call nothing true @ ++++']],
  ['(origin, callback) => callback(null, true)', ['origin', 'callback'], ['call nothing true @ ++++']],
  [
    '(origin, cb) => { if (!origin || list.includes(origin)) { cb(null, true); } else { cb(new Error("no")); } }',
    ['origin', 'callback'],
    ['call nothing true @ ++-+', 'call unknown @ --+-'],
  ],
  [
    '(origin, cb) => { if (list.indexOf(origin) === -1) return cb(new Error("no")); return cb(null, true); }',
    ['origin', 'callback'],
    ['call unknown @ --++', 'call nothing true @ ++--'],
  ],
  [
    '(origin, cb) => { cb(null, list.includes(origin)); }',
    ['origin', 'callback'],
    ['call nothing predicate:++-- @ ++++'],
  ],
  [
    '(origin, cb) => { cb(null, list.includes(origin) ? origin : false); }',
    ['origin', 'callback'],
    ['call nothing origin @ ++--', 'call nothing false @ --++'],
  ],
  [
    '(origin, cb) => { const ok = list.includes(origin); cb(ok ? null : new Error("no"), ok); }',
    ['origin', 'callback'],
    ['call nothing predicate:++-- @ ++--', 'call unknown predicate:++-- @ --++'],
  ],
  [
    '(origin, cb) => { const done = (ok) => cb(null, ok); if (!origin) return done(true); done(list.includes(origin)); }',
    ['origin', 'callback'],
    ['call nothing true @ ---+', 'call nothing predicate:++-- @ +++-'],
  ],
  [
    '(origin, cb) => { load((error, loaded) => { cb(error, loaded.includes(origin)); }); }',
    ['origin', 'callback'],
    ['call unknown unknown @ ????'],
  ],
  ['(origin, cb) => { check(origin, cb); }', ['origin', 'callback'], ['call unknown unknown @ ????']],
  [
    '(origin, cb) => { for (const one of list) { if (one === origin) return cb(null, true); } cb(null, false); }',
    ['origin', 'callback'],
    ['call nothing true @ +---', 'call nothing true @ -+--', 'call nothing false @ --++'],
  ],
  [
    '(req, cb) => { let options; if (list.indexOf(req.header("Origin")) !== -1) { options = { origin: ' +
      'true }; } else { options = { origin: false }; } cb(null, options); }',
    ['request', 'callback'],
    ['call nothing {origin: false} @ --++', 'call nothing {origin: true} @ ++--'],
  ],
  ['(origin) => list.includes(origin) ? origin : null', ['origin'], ['return origin @ ++--', 'return nothing @ --++']],
  [
    '(origin) => { if (!list.includes(origin)) throw new Error("no"); return origin; }',
    ['origin'],
    ['throw unknown @ --++', 'return origin @ ++--'],
  ],
  [
    '(origin) => { switch (origin) { case "https://a.example.com": return true; default: return false; } }',
    ['origin'],
    ['return true @ +---', 'return false @ -+++'],
  ],
];

describe('outcomes of JavaScript functions', () => {
  for (const [code, roles, expected] of cases) {
    it(code, async () => {
      const snippet = await open({ 'a.js': `${known} mark(${code});` });
      const outcomes = snippet.evaluator.outcomes(marked(snippet) as FunctionExpression, roles);
      assert.deepEqual(
        outcomes
          .map(({ kind, values, when }) => ({ kind, values, when: answers(when, origins) }))
          .filter(({ when }) => when !== '----')
          .map(({ kind, values, when }) =>
            [
              kind,
              ...values.map((value) =>
                value.kind === 'predicate' ? `predicate:${answers(value.test, origins)}` : show(value),
              ),
              '@',
              when,
            ].join(' '),
          ),
        expected,
      );
    });
  }
});

describe('a callback of another file', () => {
  it('that is handed on is unknown, in the text of that file', async () => {
    const snippet = await open({
      'a.js': "import { check } from './check.js';\nmark(check);",
      'check.js': 'export const check = (origin, callback) => { waiting.push(callback); };',
    });
    const value = snippet.evaluator.evaluate(marked(snippet));
    assert.equal(value.kind, 'function');
    const outcomes = snippet.evaluator.outcomes(value as FunctionValue, ['origin', 'callback']);
    assert.deepEqual(
      outcomes.map(({ values }) => values.map(({ kind, range }) => [kind, range.path])),
      [
        [
          ['unknown', 'check.js'],
          ['unknown', 'check.js'],
        ],
      ],
    );
  });
});

describe('evaluating half-typed text', () => {
  const sample = `import cors from 'cors'; const list = [...(process.env.X || '').split(','), /a/i];
app.use(cors({ origin: (origin, cb) => { if (!origin || list.some((o) => new URL(origin).hostname.endsWith(o)))
{ cb(null, true); } else cb(new Error(\`no \${origin}\`)); } }));
function loop(a) { return a ? loop(a) : loop(list[0]); } let x = x + x; for (const o of list) { if (o === x) break; x = o; }
class A { m() { return this.m(); } } loop(new A().m());`;
  it('never throws, at every prefix and for every expression', async function () {
    let seen = 0;
    for (const end of sampled(beginnings(sample), 40)) {
      const snippet = await open({ 'a.js': sample.slice(0, end) });
      for (let offset = 0; offset < end; offset += 5) {
        const expression = snippet.program.expressionAt(offset);
        if (expression === undefined) continue;
        seen += 1;
        snippet.evaluator.evaluate(expression);
        snippet.evaluator.test(expression);
        snippet.evaluator.guard(expression);
        if (expression.kind === 'function') snippet.evaluator.outcomes(expression, ['origin', 'callback']);
      }
    }
    assert.ok(seen > 500);
  });
  it('ends on code that refers to itself', async () => {
    const snippet = await open({
      'a.js': 'const a = b; const b = a; const f = (x) => g(x); const g = (x) => f(x); mark([a, f(1)]); g(f(1))',
    });
    assert.equal(show(snippet.evaluator.evaluate(marked(snippet))), '[unknown, unknown]');
    assert.equal(snippet.evaluator.test(marked(snippet, 'g')).kind, 'circumstance');
  });
});
