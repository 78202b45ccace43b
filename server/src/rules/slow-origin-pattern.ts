/** A pattern that a caller can make slow. */
import { defineRule } from './rule.ts';
import { degreeOfTime } from '../policy/patterns/backtracking.ts';
import type { OriginEntry } from '../policy/policy.ts';
import type { Pattern } from '../policy/request-test.ts';
import type { SourceRange } from '../syntax/range.ts';

/**
 * The least power of the length that is reported. Servers take 8 to 16 KB of headers. A quadratic pattern costs 50 ms of
 * processor time on 8,000 letters (Node 20, Python 3.11), about what a page costs; a cubic one 0.3 s on 1,000 and 2.5 s on 2,000.
 */
const leastDegree = 3;

export const rule = defineRule({
  id: 'slow-origin-pattern',
  title: 'A pattern that a caller can make slow',
  description:
    `The Origin header is the caller's to choose. For this pattern there are texts whose matching ` +
    'takes time in the cube of their length or worse, often exponential time, so that one request can ' +
    'keep the server busy.',
  severity: 'warning',
  profile: 'default',
  fix: 'none',
  cwe: 1333,
  specification: 'https://cwe.mitre.org/data/definitions/1333.html',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: /^https:\\/\\/([a-z0-9]+)+\\.example\\.com$/ }));
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: /^https:\\/\\/[a-z0-9]+\\.example\\.com$/ }));
`,
  },
  *policy({ policy }) {
    for (const entry of policy.settings.origins.value) {
      for (const { pattern, range } of patternsOf(entry)) {
        const degree = degreeOfTime(pattern) ?? 0;
        if (degree < leastDegree) continue;
        const growth =
          degree === Infinity
            ? 'A few dozen letters are enough: each letter more doubles the time'
            : `The time grows with ${degree === 3 ? 'the third' : `the ${degree}th`} power of the length: 2,000 letters take seconds`;
        yield {
          range,
          confidence: 'likely',
          message: [
            'A caller can make this pattern run for a very long time.',
            `${growth}, and the Origin header is the caller's to choose.`,
            'Let every letter be matched in one way only.',
          ],
        };
      }
    }
  },
});

/** The patterns of an entry with where they stand: its own, or those of the comparisons in a check. */
function patternsOf(entry: OriginEntry): readonly { readonly pattern: Pattern; readonly range: SourceRange }[] {
  if (entry.pattern !== undefined) return [{ pattern: entry.pattern, range: entry.range }];
  return (entry.tests ?? []).flatMap((test) => {
    const range = test.textRange ?? test.range;
    return test.operator === 'matches' && range !== undefined && range.path === undefined
      ? [{ pattern: test.pattern, range }]
      : [];
  });
}
