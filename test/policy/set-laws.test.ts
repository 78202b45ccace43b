/** Laws of sets, for random conditions: by single origins, by languages, and between the two. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  complement,
  difference,
  holds,
  intersection,
  isBudgetError,
  isSubset,
  statesBuiltSoFar,
  union,
} from '../../server/src/policy/patterns/automaton.ts';
import type { Language } from '../../server/src/policy/patterns/automaton.ts';
import { decide } from '../../server/src/policy/decide.ts';
import { boundsWithinUniverse, originSet } from '../../server/src/policy/origin-set.ts';
import { universe } from '../../server/src/policy/fixed-languages.ts';
import { languageOfPattern } from '../../server/src/policy/patterns/pattern-language.ts';
import { matchesPattern } from '../../server/src/policy/patterns/pattern-match.ts';
import { all, always, never, not, originMatches, some, unknown } from '../../server/src/policy/request-test.ts';
import type { Dialect, OriginPart, RequestTest } from '../../server/src/policy/request-test.ts';
import { firstCharacters, lastSegments, segment, withoutFirst } from '../../server/src/values/cuts.ts';
import { origins } from './dialect-patterns.mjs';
import { runs } from '../seed.ts';

const text = fc.constantFrom(
  'https://example.com',
  'https://app.example.com',
  'example.com',
  '.example.com',
  'http://localhost:3000',
  'localhost',
  'null',
  'https',
  'evil',
  'e',
  '8443',
  'com',
  'https://evil.net',
);
const cuts = [
  segment('origin', '//', 1),
  lastSegments('hostname', '.', 2),
  withoutFirst('origin', 8),
  firstCharacters('host', 3),
  segment('hostname', '.', 0),
  lastSegments('origin', '.', 2),
].map((cut) => cut!);
const part = fc.constantFrom<OriginPart>('origin', 'origin', 'hostname', 'host', 'scheme', 'port', ...cuts);
const source = fc.constantFrom(
  '^https:\\/\\/',
  'example\\.com$',
  '(^|\\.)example\\.com$',
  '^[a-z]+$',
  'e.*m',
  '^(?!.*evil)',
  '\\blocalhost\\b',
  '^.{3,20}$',
  '(?<=\\.)com',
  '',
);
const atom: fc.Arbitrary<RequestTest> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('origin' as const),
      part,
      operator: fc.constantFrom(
        'equals' as const,
        'starts-with' as const,
        'ends-with' as const,
        'contains' as const,
        'within' as const,
      ),
      text,
      ignoreCase: fc.constant(false),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(part, source, fc.constantFrom('', 'i')).map(([of, pattern, flags]): RequestTest => ({
      kind: 'origin',
      part: of,
      operator: 'matches',
      pattern: { source: pattern, flags, dialect: 'javascript', mode: 'search' },
    })),
  },
  { weight: 1, arbitrary: fc.constantFrom<RequestTest>(always, never, unknown()) },
);
const { condition } = fc.letrec<{ condition: RequestTest }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    { weight: 3, arbitrary: atom },
    tie('condition').map(not),
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map(all),
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map(some),
  ),
}));

const ask = (test: RequestTest, origin: string) => decide(test, { origin, method: 'GET', cookie: false });
// A default port is in the language, and never in an Origin header.
const sent = origins.filter(
  (origin) => holds(universe(), origin) && (!origin.startsWith('http') || new URL(origin).origin === origin),
);

describe('laws of sets of origins', () => {
  it('complement, intersection, union and De Morgan hold origin by origin', () => {
    fc.assert(
      fc.property(condition, condition, (a, b) => {
        for (const origin of sent) {
          const [inA, inB] = [ask(a, origin), ask(b, origin)];
          assert.equal(ask(not(a), origin), inA === 'unknown' ? inA : !inA);
          if (inA !== 'unknown' && inB !== 'unknown') {
            assert.equal(ask(all([a, b]), origin), inA && inB);
            assert.equal(ask(some([a, b]), origin), inA || inB);
          }
          assert.equal(ask(not(all([a, b])), origin), ask(some([not(a), not(b)]), origin));
          assert.equal(ask(not(some([a, b])), origin), ask(all([not(a), not(b)]), origin));
        }
      }),
      { numRuns: runs(60) },
    );
  });

  it('languages say what single origins say', () => {
    fc.assert(
      fc.property(condition, (test) => {
        const bounds = boundsWithinUniverse(test);
        if (bounds === undefined) return;
        assert.ok(isSubset(bounds.lower, bounds.upper));
        for (const origin of sent) {
          const answer = ask(test, origin);
          if (holds(bounds.lower, origin)) assert.equal(answer, true, origin);
          if (answer === true) assert.ok(holds(bounds.upper, origin), origin);
          if (!holds(bounds.upper, origin)) assert.equal(answer, false, origin);
        }
      }),
      { numRuns: runs(80) },
    );
  });

  it('languages are closed under the laws', () => {
    fc.assert(
      fc.property(condition, condition, (a, b) => {
        const [boundsA, boundsB, both, either, neither] = [a, b, all([a, b]), some([a, b]), not(some([a, b]))].map(
          boundsWithinUniverse,
        );
        if (!boundsA || !boundsB || !both || !either || !neither) return;
        const same = (left: Language, right: () => Language): void => {
          const language = withinBudget(right);
          assert.ok(withinBudget(() => isSubset(left, language) && isSubset(language, left)));
        };
        same(both.lower, () => intersection(boundsA.lower, boundsB.lower));
        same(either.lower, () => union(boundsA.lower, boundsB.lower));
        same(either.upper, () => union(boundsA.upper, boundsB.upper));
        same(neither.upper, () => difference(universe(), either.lower));
        same(neither.lower, () => intersection(universe(), complement(either.upper)));
        assert.ok(withinBudget(() => intersection(neither.lower, either.lower)).isEmpty);
      }),
      { numRuns: runs(25) },
    );
  });

  it('witnesses are members, and outside of what is trusted', () => {
    fc.assert(
      fc.property(condition, (test) => {
        const set = originSet(test);
        const witness = set.witness({ domains: ['example.com'], origins: ['https://evil.net'] });
        if (witness === undefined) return;
        assert.equal(set.has(witness), true, witness);
        assert.ok(witness !== 'https://evil.net' && !/(^|\.)example\.com$/.test(new URL(witness).hostname), witness);
        assert.equal(new URL(witness).origin, witness);
      }),
      { numRuns: runs(60) },
    );
  });
});

/** What is put together of two large languages may have more states than one may have, though what the policy asks for has not. */
function withinBudget<Result>(make: () => Result): Result {
  try {
    return make();
  } catch (error) {
    fc.pre(!isBudgetError(error));
    throw error;
  }
}

describe('any text as a pattern', () => {
  const dialects: readonly Dialect[] = ['javascript', 'python', 'pcre', 'go', 'java', 'dotnet'];
  const piece = fc.oneof(
    fc.constantFrom(
      '(',
      ')',
      '(?:',
      '(?=',
      '(?!',
      '(?<=',
      '(?>',
      '(?i)',
      '(?P<a>',
      '[',
      ']',
      '[^',
      '[[:',
      ':]]',
      '|',
      '*',
      '+',
      '++',
      '?',
      '{0,99}',
      '{9}{9}',
      '{9999}',
      '.',
      '.*',
      '\\Q',
      '\\E',
      '\\p{L}',
      '\\1',
      '\\b',
      '\\',
      '^',
      '$',
      '&&',
      '-',
      'a',
      '#',
      '\n',
      'é',
      '\u{1f600}',
    ),
    fc.string({ maxLength: 4 }),
  );

  it('has a meaning or none, in bounded work', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join('')),
        fc.constantFrom(...dialects),
        fc.constantFrom('', 'i', 'x', 'u'),
        (pattern, dialect, flags) => {
          const before = statesBuiltSoFar();
          const one = { source: pattern, flags, dialect, mode: 'search' } as const;
          languageOfPattern(one);
          for (const origin of ['https://app.example.com', 'a'.repeat(200), 'null', '\u0000', 'é'])
            assert.ok([true, false, 'unknown'].includes(matchesPattern(one, origin)));
          assert.ok(statesBuiltSoFar() - before < 300_000, `${statesBuiltSoFar() - before} states`);
        },
      ),
      { numRuns: runs(600) },
    );
  });

  it('leaves the witness of a set a member of it', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
        (pattern) => {
          const set = originSet(originMatches({ source: pattern, flags: '', dialect: 'javascript', mode: 'search' }));
          const witness = set.witness({ domains: [], origins: [] });
          if (witness !== undefined) assert.match(witness, new RegExp(pattern));
        },
      ),
      { numRuns: runs(200) },
    );
  });
});
