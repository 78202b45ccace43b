/**
 * For each way round a check, the origin that a person understands at once; run by the real regular expression where it is
 * JavaScript's.
 */
import assert from 'node:assert/strict';
import { originSet } from '../../server/src/policy/origin-set.ts';
import type { RequestTest } from '../../server/src/policy/request-test.ts';
import { rows } from './witness-rows.ts';

/** What the real code answers; undefined where a row is written in another language. */
function run(test: RequestTest, origin: string): boolean | undefined {
  switch (test.kind) {
    case 'not': {
      const inner = run(test.test, origin);
      return inner === undefined ? undefined : !inner;
    }
    case 'all':
      return test.tests.every((one) => run(one, origin) !== false);
    case 'some':
      return test.tests.some((one) => run(one, origin) !== false);
    case 'origin': {
      assert.ok(typeof test.part === 'string');
      const url = new URL(origin);
      const value = test.part === 'origin' ? origin : test.part === 'scheme' ? url.protocol : url[test.part];
      const text = test.operator === 'matches' ? '' : test.text;
      switch (test.operator) {
        case 'matches':
          return test.pattern.dialect === 'javascript'
            ? new RegExp(test.pattern.source, test.pattern.flags).test(value)
            : undefined;
        case 'equals':
          return value === text;
        case 'starts-with':
          return value.startsWith(text);
        case 'ends-with':
          return (test.ignoreCase ? value.toLowerCase() : value).endsWith(text);
        case 'contains':
          return value.includes(text);
        case 'within':
          return text.includes(value);
      }
    }
    default:
      throw new Error(`Not a test of the origin: ${test.kind}`);
  }
}

describe('witnesses that a person reads at once', () => {
  it('has a row for every way round a check that scanners try', () => {
    const classes = new Set(rows.map(([bypass]) => bypass));
    for (const name of [
      'prefix',
      'suffix',
      'joined',
      'unescaped dot',
      'special letter',
      'null',
      'scheme',
      'sandbox hosts',
      'subdomain',
      'localhost',
      'port',
      'userinfo',
      'trailing dot',
    ])
      assert.ok(classes.has(name), name);
    assert.ok(rows.length >= 60, `${rows.length} rows`);
  });

  for (const [bypass, written, test, expected] of rows) {
    it(`${bypass}: ${written}`, () => {
      const set = originSet(test);
      const witness = set.witness({ domains: set.namedDomains, origins: [] });
      assert.equal(witness, expected);
      if (witness === undefined) return;
      assert.equal(set.has(witness), true);
      assert.notEqual(run(test, witness), false);
    });
  }
});
