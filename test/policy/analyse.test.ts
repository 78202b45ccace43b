import assert from 'node:assert/strict';
import { provenWitness, verdictOf } from '../../server/src/verdict/analyse.ts';
import type { HeaderRule } from '../../server/src/policy/policy.ts';
import { always, not, originEquals, unknown } from '../../server/src/policy/request-test.ts';
import type { RequestTest } from '../../server/src/policy/request-test.ts';

const range = { start: 0, end: 0 };

function header(name: string, value: string, when: RequestTest = always, more: Partial<HeaderRule> = {}): HeaderRule {
  return {
    name,
    operation: 'set',
    value: value === 'ECHO' ? { kind: 'request-origin' } : { kind: 'text', text: value },
    when,
    range,
    ...more,
  };
}

const acao = 'access-control-allow-origin';
const acac = header('access-control-allow-credentials', 'true');
const vary = header('vary', 'Origin', always, { operation: 'merge' });
const outside = { domains: [], origins: [] };
const one = originEquals('https://a.example');

describe('the verdict on a policy', () => {
  const rows: [name: string, headers: HeaderRule[], expected: unknown[]][] = [
    // anyone, anyone with credentials, credentials, Vary missing, wildcard with credentials
    ['star', [header(acao, '*')], [true, false, false, false, false]],
    ['star and credentials', [header(acao, '*'), acac], [true, false, true, false, true]],
    ['echo', [header(acao, 'ECHO'), acac], [true, true, true, true, false]],
    ['echo and Vary', [header(acao, 'ECHO'), vary], [true, false, false, false, false]],
    ['allowlist', [header(acao, 'ECHO', one)], [false, false, false, true, false]],
    [
      'allowlist, Vary only where allowed',
      [header(acao, 'ECHO', one), header('vary', 'Origin', one)],
      [false, false, false, false, false],
    ],
    ['all but one: open over http', [header(acao, 'ECHO', not(one)), vary], [true, false, false, false, false]],
    ['unknown', [header(acao, 'ECHO', unknown()), vary], ['unknown', false, false, false, false]],
    ['one fixed origin', [header(acao, 'https://a.example'), acac], [false, false, true, false, false]],
    [
      'two lines',
      [header(acao, '*'), header(acao, '*', always, { operation: 'append' })],
      [false, false, false, false, false],
    ],
    [
      'removed',
      [header(acao, '*'), header(acao, '', always, { operation: 'remove' })],
      [false, false, false, false, false],
    ],
  ];
  for (const [name, headers, expected] of rows) {
    it(name, () => {
      const verdict = verdictOf({ headers, statuses: [] });
      assert.deepEqual(
        [
          verdict.anyone,
          verdict.anyoneWithCredentials,
          verdict.credentials,
          verdict.varyMissing,
          verdict.wildcardWithCredentials,
        ],
        expected,
      );
    });
  }

  it('hands out proven witnesses only', () => {
    const open = { headers: [header(acao, 'ECHO'), acac], statuses: [] };
    assert.equal(
      provenWitness(open, verdictOf(open).credentialedReaders, outside, { credentials: true }),
      'https://evil.example',
    );
    const star = { headers: [header(acao, '*'), acac], statuses: [] };
    assert.equal(provenWitness(star, verdictOf(star).readers, outside, { credentials: true }), undefined);
  });
});
