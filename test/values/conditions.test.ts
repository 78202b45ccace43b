/** Conditions on the origin: what a check lets in, for concrete origins. */
import assert from 'node:assert/strict';
import { answers, marked, open } from './harness.ts';

const origins = ['https://a.example.com', 'https://b.example.com', 'https://evil.test', 'null', null];
const known = "const list = ['https://a.example.com', 'https://b.example.com'];";

/** The body of a handler with one `mark(test)`, and whether the test holds for each of `origins`. */
const tests: readonly (readonly [string, string])[] = [
  ["mark(origin === 'https://a.example.com')", '+----'],
  ["mark(origin !== 'https://a.example.com')", '-++++'],
  ['mark(list.includes(origin))', '++---'],
  ['mark(list.indexOf(origin) !== -1)', '++---'],
  ['mark(list.indexOf(origin) > -1)', '++---'],
  ['mark(list.indexOf(origin) >= 0)', '++---'],
  ['mark(list.indexOf(origin) === -1)', '--+++'],
  ['mark(~list.indexOf(origin))', '++---'],
  ['mark(list.indexOf(origin))', '-++++'],
  ['mark(new Set(list).has(origin))', '++---'],
  ["const map = { 'https://a.example.com': true }; mark(map[origin])", '+----'],
  ["const map = { 'https://a.example.com': true }; mark(origin in map)", '+----'],
  ['mark(list.some((one) => one === origin))', '++---'],
  ['mark(list.some((one) => origin.startsWith(one)))', '++---'],
  ['mark([/^https:\\/\\/a/, /b/].some((re) => re.test(origin)))', '++---'],
  ['mark(list.find((one) => one === origin))', '++---'],
  ['mark(list.filter((one) => one === origin).length > 0)', '++---'],
  ['mark(list.findIndex((one) => one === origin) !== -1)', '++---'],
  ['mark(list.every((one) => one !== origin))', '--+++'],
  ['mark(/example\\.com$/.test(origin))', '++---'],
  ['mark(origin.match(/example\\.com$/))', '++---'],
  ['mark(origin.match(/example\\.com$/) !== null)', '++---'],
  ['mark(origin.search(/example/) >= 0)', '++---'],
  ['mark(/example/.exec(origin))', '++---'],
  ["mark(new RegExp('example').test(origin))", '++---'],
  ["mark(origin.endsWith('.example.com'))", '++---'],
  ["mark(origin.indexOf('https://a') === 0)", '+----'],
  ["mark(origin.indexOf('example') > -1)", '++---'],
  ["mark('https://a.example.com https://b.example.com'.includes(origin))", '++--?'],
  ["mark(new URL(origin).hostname === 'a.example.com')", '+--??'],
  ["const { hostname } = new URL(origin); mark(hostname.endsWith('.example.com'))", '++-??'],
  ["mark(new URL(origin).protocol === 'https:')", '+++??'],
  ["mark(origin.toLowerCase() === 'https://a.example.com')", '+----'],
  ['mark(origin)', '++++-'],
  ['mark(!origin)', '----+'],
  ['mark(origin === undefined)', '----+'],
  ["mark(typeof origin === 'string')", '++++-'],
  ["mark(origin === 'null')", '---+-'],
  ['mark(!origin || list.includes(origin))', '++--+'],
  ['mark(origin && list.includes(origin))', '++---'],
  ['mark(origin ? list.includes(origin) : true)', '++--+'],
  ['const ok = list.includes(origin); mark(ok)', '++---'],
  ['function allowed(o) { return list.includes(o); } mark(allowed(origin))', '++---'],
  [
    'function allowed(o) { if (!o) return true; for (const one of list) { if (one === o) return true; } ' +
      'return false; } mark(allowed(origin))',
    '++--+',
  ],
  [
    'const allowed = (o) => { for (let i = 0; i < list.length; i++) { if (list[i] === o) { return true; ' +
      '} } return false; }; mark(allowed(origin))',
    '++---',
  ],
  [
    "function allowed(o) { try { const { hostname } = new URL(o); return hostname === 'a.example.com'; } " +
      'catch { return false; } } mark(allowed(origin))',
    '+----',
  ],
  [
    "function allowed(o) { switch (o) { case 'https://a.example.com': case 'https://b.example.com': " +
      'return true; default: return false; } } mark(allowed(origin))',
    '++---',
  ],
  ['let ok = false; if (list.includes(origin)) { ok = true; } mark(ok)', '++---'],
  ['let ok = false; list.forEach((one) => { if (one === origin) ok = true; }); mark(ok)', '++---'],
  ['let ok = false; for (const one of list) { if (one === origin) { ok = true; break; } } mark(ok)', '++---'],
  ['mark(lookup(origin))', '?????'],
  ['mark(process.env.LIST.split(",").includes(origin))', '?????'],
  ['mark([...list, process.env.X].includes(origin))', '++???'],
  ["mark(req.method === 'OPTIONS')", '-----'],
  ["mark(req.method.toLowerCase() === 'get')", '+++++'],
  ["mark(origin.split('://')[1] === 'a.example.com')", '+--??'],
  ["mark(origin.split('//')[1] === 'a.example.com')", '+--??'],
  ["mark(origin.split('.').slice(-2).join('.') === 'example.com')", '++---'],
  ["mark(new URL(origin).hostname.split('.').slice(-2).join('.') === 'example.com')", '++-??'],
  ["const [scheme, host] = origin.split('://'); mark(scheme === 'https' && host.endsWith('.example.com'))", '++---'],
  ["const parts = new URL(origin).hostname.split('.'); mark(parts.slice(-2).join('.') === 'example.com')", '++-??'],
  ["const parts = origin.split('.'); parts.pop(); mark(parts.join('.') === 'https://a.example')", '?????'],
  ["mark(origin.slice(-12) === '.example.com')", '++---'],
  ["mark(origin.slice(-11) === '.example.com')", '-----'],
  ["mark(origin.substring(0, 9) === 'https://a')", '+----'],
  ["mark(origin.substring(8) === 'a.example.com')", '+----'],
  ["mark(origin.substr(8, 1) === 'a')", '+----'],
  ["const end = '.example.com'; mark(origin.lastIndexOf(end) === origin.length - end.length)", '++---'],
  ["const end = '.example.com'; mark(origin.indexOf(end, origin.length - end.length) !== -1)", '++---'],
  ["mark(origin.replace(/^https?:\\/\\//, '') === 'a.example.com')", '+----'],
  ["mark(origin.replace(/^https?:\\/\\//, '').split(':')[0].endsWith('.example.com'))", '++---'],
  ["mark(origin.replace(/[a-z]*/, '') === 'x')", '?????'],
  [
    "function allowed(o) { try { return o === 'null' || new URL(o).hostname === 'a.example.com'; } catch " +
      '{ return false; } } mark(allowed(origin))',
    '+--+-',
  ],
  ['mark(origin.length > 18)', '++---'],
];

/** A handler's body with one `mark()`, and when it is reached. */
const guards: readonly (readonly [string, string])[] = [
  ['if (list.includes(origin)) { mark(); }', '++---'],
  ['if (!list.includes(origin)) { other(); } else { mark(); }', '++---'],
  ['if (!list.includes(origin)) return next(); mark();', '++---'],
  ['if (!list.includes(origin)) { throw new Error(); } mark();', '++---'],
  ['if (!list.includes(origin)) { res.status(403).end(); } mark();', '++---'],
  ['list.includes(origin) && mark();', '++---'],
  ['list.includes(origin) ? mark() : 0;', '++---'],
  ['for (const one of list) { if (one === origin) { mark(); } }', '++---'],
  ['for (const one of list) { if (one !== origin) continue; mark(); }', '++---'],
  ['list.forEach((one) => { if (one === origin) mark(); });', '++---'],
  ["switch (origin) { case 'https://a.example.com': mark(); break; default: other(); }", '+----'],
  ["switch (origin) { case 'https://a.example.com': case 'https://b.example.com': mark(); break; }", '++---'],
  ["switch (origin) { case 'https://a.example.com': break; default: mark(); }", '-++++'],
  ["if (req.method === 'OPTIONS') { mark(); }", '-----'],
  ['return; mark();', '-----'],
  ['try { if (list.includes(origin)) mark(); } catch {}', '++---'],
  ['if (await banned(origin)) return; mark();', '?????'],
  ['mark();', '+++++'],
];

describe('conditions of JavaScript', () => {
  for (const [body, expected] of tests) {
    it(body, async () => {
      const snippet = await open({
        'a.js': `${known} app.use(async (req, res, next) => { const origin = req.headers.origin; ${body} });`,
      });
      assert.equal(answers(snippet.evaluator.test(marked(snippet)), origins), expected);
    });
  }
  for (const [body, expected] of guards) {
    it(`reached: ${body}`, async () => {
      const snippet = await open({
        'a.js': `${known} app.use(async (req, res, next) => { const origin = req.headers.origin; ${body} });`,
      });
      assert.equal(answers(snippet.evaluator.guard(marked(snippet)), origins), expected);
    });
  }
});

describe('what is taken away of the origin in lower case', () => {
  const written = ['https://shop.example', 'HTTPS://Shop.Example', 'http://shop.example', 'HTTPS://evil.example'];
  for (const [test, expected] of [
    ["mark(origin.toLowerCase().replace(/^https?:\\/\\//, '') === 'shop.example')", '+++-'],
    ["mark(origin.toLowerCase().replace('https://', '') === 'shop.example')", '++--'],
    ["mark(origin.replace(/^https?:\\/\\//, '') === 'shop.example')", '+-+-'],
  ] as const) {
    it(test, async () => {
      const text = `module.exports = (req, res) => { const origin = req.headers.origin; ${test}; };`;
      const snippet = await open({ 'handler.js': text });
      assert.equal(answers(snippet.evaluator.test(marked(snippet)), written), expected);
    });
  }
});
