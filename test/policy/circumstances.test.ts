import assert from 'node:assert/strict';
import { canAlwaysRead, canRead, verdictOf } from '../../server/src/verdict/analyse.ts';
import { circumstancesFor, inPhase, possible } from '../../server/src/policy/circumstances.ts';
import { answer } from '../../server/src/policy/answer.ts';
import { decide } from '../../server/src/policy/decide.ts';
import type { HeaderRule } from '../../server/src/policy/policy.ts';
import {
  all,
  always,
  never,
  not,
  originEquals,
  some,
  undecided,
  unknown,
} from '../../server/src/policy/request-test.ts';
import type { RequestTest } from '../../server/src/policy/request-test.ts';

const range = { start: 0, end: 0 };
const met = (subject: string, value?: string): RequestTest => ({
  kind: 'circumstance',
  subject,
  ...(value !== undefined && { value }),
});
const shop = originEquals('https://shop.example');
const request = { origin: 'https://shop.example', method: 'GET', cookie: false };
const rule = (name: string, text: string, when: RequestTest): HeaderRule => ({
  name,
  operation: 'set',
  value: { kind: 'text', text },
  when,
  range,
});

describe('circumstances', () => {
  it('may hold and may not', () => {
    assert.deepEqual(possible(met('a')), always);
    assert.deepEqual(possible(not(met('a'))), always);
    assert.deepEqual(possible(all([met('a'), shop])), shop);
    assert.deepEqual(possible(all([met('a'), unknown()])), unknown());
  });
  it('are the same wherever they are named, and exclude their other values', () => {
    assert.deepEqual(possible(all([some([met('a'), shop]), not(met('a'))])), shop);
    assert.deepEqual(possible(all([met('a', 'x'), met('a', 'y')])), never);
    assert.deepEqual(possible(all([not(met('a', 'x')), not(met('a', 'y'))])), always);
  });
  it('are undecided for one request until they are known', () => {
    assert.equal(decide(met('a'), request), 'unknown');
    const found = circumstancesFor(all([met('a', 'x'), not(met('b'))]), request)!;
    assert.deepEqual(
      [...found],
      [
        ['a', 'x'],
        ['b', false],
      ],
    );
    assert.equal(decide(all([met('a', 'x'), not(met('b'))]), { ...request, circumstances: found }), true);
    assert.equal(circumstancesFor(all([met('a'), unknown()]), request), undefined);
  });
  it('past the budget leave the condition unknown', () => {
    const many = some(
      Array.from({ length: 400 }, (_, index) =>
        all([
          met(`a${index}`),
          met(`b${index}`),
          originEquals(`https://s${index}.example`),
          not(met(`c${index}`)),
          unknown(),
        ]),
      ),
    );
    assert.notEqual(possible(many).kind, 'always');
  });
  it('tell production from development', () => {
    const production: RequestTest = {
      kind: 'circumstance',
      subject: 'NODE_ENV',
      value: 'production',
      phase: 'production',
    };
    assert.deepEqual(inPhase(not(production), 'production'), never);
    assert.deepEqual(inPhase(not(production), 'development'), always);
    assert.deepEqual(inPhase(all([production, shop]), 'production'), shop);
    assert.deepEqual(inPhase(met('NODE_ENV', 'staging'), 'production'), met('NODE_ENV', 'staging'));
  });
  it('let in whoever reads under one of them, with both headers from the same', () => {
    const apart = {
      headers: [
        rule('access-control-allow-origin', 'https://evil.example', met('a')),
        rule('access-control-allow-credentials', 'true', not(met('a'))),
      ],
      statuses: [],
    };
    assert.equal(verdictOf(apart).credentialedReaders.has('https://evil.example'), false);
    assert.equal(canRead(apart, 'https://evil.example', { credentials: false }), true);
    assert.equal(canAlwaysRead(apart, 'https://evil.example', { credentials: false }), false);
    const together = {
      headers: [
        rule('access-control-allow-origin', 'https://evil.example', met('a')),
        rule('access-control-allow-credentials', 'true', met('a')),
      ],
      statuses: [],
    };
    assert.equal(verdictOf(together).credentialedReaders.has('https://evil.example'), true);
    assert.equal(canRead(together, 'https://evil.example', { credentials: true }), true);
  });
});

describe('what is undecided', () => {
  const [a, b] = [undecided('a'), undecided('b')];
  const evil = 'https://evil.example';
  const allowOrigin = (text: string, when: RequestTest): HeaderRule => rule('access-control-allow-origin', text, when);

  it('comes out one way, which may be another for each origin', () => {
    assert.deepEqual(some([a, not(a)]), always);
    assert.deepEqual(all([a, not(a)]), never);
    assert.notDeepEqual(some([a, not(b)]), always);
    assert.notDeepEqual(some([unknown(), not(unknown())]), always);
    assert.deepEqual(possible(a), unknown());
    assert.deepEqual(possible(some([not(a), all([a, not(b)]), all([a, b])])), always);
    assert.deepEqual(possible(some([not(a), all([a, b])])), some([unknown()]));
    assert.deepEqual(possible(some([all([a, shop]), all([not(a), shop])])).kind, 'some');
    assert.equal(decide(possible(some([all([a, shop]), all([not(a), shop])])), request), true);
  });

  it('lets nobody in under circumstances that must be others in another case', () => {
    assert.equal(circumstancesFor(some([all([a, met('c')]), all([not(a), not(met('c'))])]), request), undefined);
    assert.deepEqual(circumstancesFor(all([met('c'), some([a, not(a)])]), request), new Map([['c', true]]));
  });

  it('leaves a header known that is the same in each case', () => {
    const rules = (second: string) => ({
      headers: [allowOrigin('*', not(a)), allowOrigin('*', all([a, not(b)])), allowOrigin(second, all([a, b]))],
      statuses: [],
    });
    const same = answer(rules('*'), { ...request, origin: evil });
    assert.deepEqual(same.headers.get('access-control-allow-origin'), ['*']);
    assert.equal(answer(rules('https://shop.example'), request).headers.get('access-control-allow-origin'), null);
    assert.equal(canRead(rules('*'), evil, { credentials: false }), true);
    assert.equal(canAlwaysRead(rules('*'), evil, { credentials: false }), true);
    assert.equal(canRead(rules('https://shop.example'), evil, { credentials: false }), false);
    assert.equal(verdictOf(rules('https://shop.example')).anyone, 'unknown');
  });

  it('leaves a header unknown that is missing in a case', () => {
    const refusing = { headers: [allowOrigin('*', not(a)), allowOrigin('*', all([a, b]))], statuses: [] };
    assert.equal(answer(refusing, request).headers.get('access-control-allow-origin'), null);
    assert.equal(canRead(refusing, evil, { credentials: false }), false);
  });

  it('is not told apart where there are too many cases', () => {
    const many = Array.from({ length: 40 }, (_, at) => undecided(`u${at}`));
    const each = some(many.map((one, at) => all([...many.slice(0, at).map(not), one])).concat(all(many.map(not))));
    assert.notEqual(possible(each).kind, 'always');
  });
});
