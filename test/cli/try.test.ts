import assert from 'node:assert/strict';
import path from 'node:path';
import { buildCli, place } from './run.ts';
import type { Place } from './run.ts';

interface Tried {
  origin: string;
  answer: Record<string, string | null> | null;
  readable: boolean | null;
  withCredentials: boolean | null;
  reason: string;
}
interface TryReport {
  version: number;
  policies: { framework: string; path: string; line: number; requests: Tried[] }[];
}

const app = (options: string): string => `const app = require('express')();\napp.use(require('cors')(${options}));\n`;
const partner = 'https://partner.example';

describe('try', function () {
  let here: Place;
  before(buildCli);
  beforeEach(() => (here = place()));
  afterEach(() => here.remove());
  function tried(options: string, ...args: string[]): TryReport {
    here.write('server.js', app(options));
    const { out, status } = here.run(['try', 'server.js', '--format', 'json', '--origin', partner, ...args]);
    assert.equal(status, 0);
    return JSON.parse(out) as TryReport;
  }
  const one = (report: TryReport): Tried => report.policies[0]!.requests[0]!;

  it('says what goes out when a proxy and the program behind it have had their say', () => {
    const shop = path.resolve('test/fixtures/servers/nginx/behind-compose.bad');
    const origin = 'https://shop.example';
    const of = (file: string): Tried => {
      const { out } = here.run(['try', path.join(shop, file), '--format', 'json', '--origin', origin]);
      return (JSON.parse(out) as TryReport).policies[0]!.requests[0]!;
    };
    assert.equal(of('api/src/server.js').readable, true);
    const proxied = of('web/default.conf');
    assert.equal(proxied.readable, false);
    assert.match(proxied.reason, /several values/);
  });

  it('answers with exactly these members', () => {
    const report = tried(`{ origin: '${partner}', credentials: true }`, '--origin', 'https://evil.example');
    const [first, second] = report.policies[0]!.requests;
    assert.deepEqual(report, {
      version: 1,
      policies: [{ framework: 'express-cors', path: 'server.js', line: 2, requests: [first, second] }],
    });
    for (const request of [first!, second!])
      assert.deepEqual(Object.keys(request), ['origin', 'answer', 'readable', 'withCredentials', 'reason']);
    assert.deepEqual(first, {
      origin: partner,
      answer: { 'access-control-allow-origin': partner, vary: 'Origin', 'access-control-allow-credentials': 'true' },
      readable: true,
      withCredentials: true,
      reason: first!.reason,
    });
    assert.deepEqual(
      [second!.origin, second!.readable, second!.withCredentials],
      ['https://evil.example', false, false],
    );
    assert.match(second!.reason, /is not the page's origin/);
  });

  it('has the same members where a preflight is needed', () => {
    assert.deepEqual(Object.keys(one(tried('', '--method', 'PUT'))), [
      'origin',
      'answer',
      'readable',
      'withCredentials',
      'reason',
    ]);
  });

  it('without credentials is false about them', () => {
    const { readable, withCredentials } = one(tried(`{ origin: '${partner}', credentials: true }`, '--no-credentials'));
    assert.deepEqual([readable, withCredentials], [true, false]);
    assert.equal(one(tried('{ origin: process.env.ORIGIN }', '--no-credentials')).withCredentials, false);
  });

  it('tells a wildcard that stands for nobody with cookies', () => {
    const { readable, withCredentials, answer } = one(tried('{ credentials: true }'));
    assert.deepEqual([readable, withCredentials, answer?.['access-control-allow-origin']], [true, false, '*']);
  });

  for (const [title, options, args] of [
    ['a method', "{ methods: ['GET'] }", ['--method', 'DELETE']],
    ['a header', "{ allowedHeaders: ['X-One'] }", ['--request-header', 'X-Two: 2']],
    ['the origin', "{ origin: 'https://app.example.com' }", ['--method', 'PUT']],
    ['its own answer', '{ origin: [] }', ['--method', 'PUT', '--no-credentials']],
  ] as const) {
    it(`a preflight that fails for ${title} is named as the step that fails`, () => {
      const { readable, withCredentials, reason } = one(tried(options, ...args));
      assert.deepEqual([readable, withCredentials], [false, false]);
      assert.match(reason, /^The preflight /);
    });
  }

  it('takes several headers, in one option or in several', () => {
    assert.match(one(tried("{ allowedHeaders: ['X-One'] }", '--request-header', 'X-One,X-Two')).reason, /x-two/);
    assert.equal(
      one(tried("{ allowedHeaders: ['X-One', 'X-Two'] }", '--request-header', 'X-One', '--request-header', 'x-two: 1'))
        .readable,
      true,
    );
  });

  it('says null about what the text does not decide', () => {
    here.write(
      'server.js',
      "const app = require('http').createServer((req, res) => {\n" +
        "  res.setHeader('Access-Control-Allow-Origin', process.env.ORIGIN);\n});\n",
    );
    const [policy] = (JSON.parse(here.run(['try', 'server.js', '-f', 'json', '--origin', partner]).out) as TryReport)
      .policies;
    assert.deepEqual(policy?.requests, [
      {
        origin: partner,
        answer: null,
        readable: null,
        withCredentials: policy?.requests[0]?.withCredentials,
        reason: 'The text does not decide it.',
      },
    ]);
  });

  it('says null about a single header that the text does not decide, and what it does of the others', () => {
    here.write(
      'server.js',
      "const app = require('http').createServer((req, res) => {\n" +
        `  if (req.headers.origin === '${partner}') res.setHeader('Access-Control-Allow-Origin', '${partner}');\n` +
        "  if (isVaried()) res.setHeader('Vary', 'Origin');\n});\n",
    );
    const answerTo = (origin: string): Tried['answer'] =>
      one(JSON.parse(here.run(['try', 'server.js', '-f', 'json', '--origin', origin]).out) as TryReport).answer;
    assert.deepEqual(answerTo('https://other.example'), { vary: null });
    assert.deepEqual(answerTo(partner), { 'access-control-allow-origin': partner, vary: null });
  });

  it('shows the same to people, and looks at folders', () => {
    here.write('api/server.js', app(''));
    here.write('api/closed.js', app(`{ origin: '${partner}' }`));
    const { out } = here.run(['try', 'api', '--origin', 'https://evil.example']);
    assert.match(out, /^api\/closed\.js:2 \(express-cors\)\n {2}https:\/\/evil\.example: cannot read\n/);
    assert.match(
      out,
      /api\/server\.js:2 \(express-cors\)\n {2}https:\/\/evil\.example: can read\n[^]* {4}access-control-allow-origin: \*\n/,
    );
    here.write('none.js', '');
    assert.equal(here.run(['try', 'none.js', '--origin', partner]).out, 'No CORS policy was found in these files.\n');
    assert.deepEqual(JSON.parse(here.run(['try', 'none.js', '--origin', partner, '-f', 'json']).out), {
      version: 1,
      policies: [],
    });
  });
});

describe('policy', function () {
  let here: Place;
  before(buildCli);
  beforeEach(() => (here = place({ 'server.js': app('') })));
  afterEach(() => here.remove());
  it('tells people what holds, and what nobody wrote', () => {
    const { out, status } = here.run(['policy', 'server.js']);
    assert.equal(status, 0);
    assert.match(out, /^server\.js:2 cors[^\n]*\n {2}Read without cookies +everybody[^\n]*\(default\)\n/);
    assert.equal(here.run(['policy', here.write('none.js', '')]).out, 'No CORS policy was found.\n');
  });
  it('tells programs the same', () => {
    const { version, policies } = JSON.parse(here.run(['policy', 'server.js', '--format', 'json']).out) as {
      version: number;
      policies: Record<string, unknown>[];
    };
    assert.equal(version, 1);
    assert.deepEqual(
      policies.map((policy) => Object.keys(policy)),
      [['path', 'line', 'framework', 'title', 'scope', 'rows']],
    );
  });
});

describe('try --expect', function () {
  let here: Place;
  before(buildCli);
  beforeEach(() => {
    here = place({
      'list.js': app(`{ origin: '${partner}', credentials: true }`),
      'open.js': app(''),
      'unknown.js': app('{ origin: process.env.ORIGIN }'),
      'none.js': 'module.exports = {};\n',
    });
  });
  afterEach(() => here.remove());
  for (const [file, origin, expected, status] of [
    ['list.js', partner, 'allowed', 0],
    ['list.js', partner, 'allowed-with-cookies', 0],
    ['list.js', partner, 'denied', 1],
    ['list.js', 'https://evil.example', 'denied', 0],
    ['list.js', 'https://evil.example', 'allowed', 1],
    ['open.js', partner, 'allowed', 0],
    ['open.js', partner, 'allowed-with-cookies', 1],
    ['open.js', partner, 'denied', 1],
    ['unknown.js', partner, 'allowed', 1],
    ['unknown.js', partner, 'denied', 1],
    ['none.js', partner, 'denied', 1],
  ] as const)
    it(`${file}, ${origin}, ${expected} ends with ${status}`, () => {
      const args = ['try', file, '--origin', origin, '--expect', expected];
      const { status: ended, out } = here.run(args);
      assert.equal(ended, status);
      if (file === 'none.js') assert.match(out, /\nNothing was tried\.\n$/);
      else {
        assert.equal(out.includes(`(expected: ${expected})`), status === 1);
        assert.match(out, new RegExp(`\\n${1 - status} of 1 as expected\\.\\n$`));
        const [request] = (JSON.parse(here.run([...args, '-f', 'json']).out) as TryReport).policies[0]!.requests;
        const { expected: told, asExpected } = request as Tried & { expected: string; asExpected: boolean };
        assert.deepEqual([told, asExpected], [expected, status === 0]);
      }
    });
  it('has to hold for every policy and origin', () => {
    assert.equal(here.run(['try', '.', '--origin', partner, '--expect', 'allowed']).status, 1);
    const both = ['--origin', partner, '--origin', 'https://evil.example'];
    const { status, out } = here.run(['try', 'list.js', ...both, '--expect', 'denied']);
    assert.equal(status, 1);
    assert.match(out, /\n1 of 2 as expected\.\n$/);
  });
  it('without it a run ends with 0 whatever comes of it', () =>
    assert.equal(here.run(['try', 'open.js', '--origin', partner]).status, 0));
  for (const [args, message] of [
    [['--expect', 'maybe'], /--expect is one of allowed, allowed-with-cookies, denied/],
    [['--expect', 'allowed-with-cookies', '--no-credentials'], /asks for cookies/],
  ] as const)
    it(`refuses ${args.join(' ')}`, () => {
      const { status, error } = here.run(['try', 'open.js', '--origin', partner, ...args]);
      assert.equal(status, 2);
      assert.match(error, message);
    });
});
