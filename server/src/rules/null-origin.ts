/** The origin "null" is allowed. */
import { defineRule } from './rule.ts';
import type { Edit } from '../syntax/range.ts';
import type { OriginEntry } from '../policy/policy.ts';
import type { OriginTest } from '../policy/request-test.ts';
import { canRead } from '../verdict/analyse.ts';
import { holdsNull } from '../policy/origin-questions.ts';
import { originSet } from '../policy/origin-set.ts';
import { safe } from './fixes.ts';
import { onlyDenies } from './loose-tests.ts';
import { credentialsLine, isOpen, withOrWithout } from './strangers.ts';

export const rule = defineRule({
  id: 'null-origin',
  title: 'The origin "null" is allowed',
  description:
    'Sandboxed frames, `data:` pages and local files all have the origin `null`. Any website can ' +
    'put a page of its own into a sandboxed frame, so that allowing `null` allows every website.',
  severity: 'warning',
  severityNote: 'error with credentials',
  profile: 'default',
  fix: 'safe',
  cwe: 942,
  specification: 'https://fetch.spec.whatwg.org/#cors-check',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: ['https://app.example.com', 'null'] }));
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: ['https://app.example.com'] }));
`,
  },
  *policy(context) {
    const { policy, verdict } = context;
    if (verdict.anyone === true || verdict.anyoneWithCredentials === true) return;
    const entries = policy.settings.origins.value;
    for (const entry of entries) {
      const test = entry.kind === 'pattern' || entry.kind === 'predicate' ? testOfNull(entry, entries) : undefined;
      if (test === undefined && (entry.kind !== 'text' || entry.text !== 'null')) continue;
      const withCookies = canRead(policy, 'null', { credentials: true });
      if (!withCookies && !canRead(policy, 'null', { credentials: false })) continue;
      yield {
        range: test?.range ?? entry.range,
        severity: withCookies ? 'error' : 'warning',
        witness: 'null',
        message: [
          `Every website can read these responses${withOrWithout(withCookies)} through a sandboxed frame.`,
          entry.byDefault
            ? `${policy.title} answers origins that are not listed with "null", and that is the origin of ` +
              'sandboxed frames, data: pages and local files.'
            : entry.matching === 'sent-as-is'
              ? 'The header then says "null", and that is the origin of sandboxed frames, data: pages and local files, whoever made them.'
              : 'The origin of sandboxed frames, data: pages and local files is "null", whoever made them.',
          entry.byDefault
            ? 'Decide with a function that gives other origins no answer.'
            : entry.matching === 'sent-as-is'
              ? 'Send the origin that is meant, or nothing.'
              : test === undefined
                ? 'Remove "null" from the allowed origins.'
                : 'Let the check refuse "null", for example by asking for "https://" at its start.',
        ],
        related: credentialsLine(context),
        fixes: [
          safe(
            entry.byDefault ? 'Answer only the listed origins' : 'Remove "null"',
            test === undefined ? entry.edits?.remove?.() : withoutNull(entry, test),
          ),
        ],
      };
    }
  },
});

/** A test of the entry that "null" passes; a comparison with the text is an entry of its own. */
function testOfNull(entry: OriginEntry, entries: readonly OriginEntry[]): Partial<OriginTest> | undefined {
  if (
    isOpen(entry) ||
    // Who lets in all but some is told so.
    onlyDenies(entry.accepts) ||
    !holdsNull(originSet(entry.accepts)) ||
    entries.some(({ kind, text }) => kind === 'text' && text === 'null')
  )
    return undefined;
  if (entry.pattern) return { pattern: entry.pattern };
  return (
    entry.tests?.find(
      (test) => test.range !== undefined && test.range.path === undefined && holdsNull(originSet(test)),
    ) ?? {}
  );
}

/** The pattern without its branch `null`. */
function withoutNull(entry: OriginEntry, test: Partial<OriginTest>): readonly Edit[] | undefined {
  const pattern = 'pattern' in test ? test.pattern : undefined;
  if (pattern === undefined) return undefined;
  const source = pattern.source.replace(/\|null(?=[|)$]|$)|(?<=^|[|(:^])null\|/, '');
  if (source === pattern.source) return undefined;
  return entry.pattern
    ? entry.edits?.replacePattern?.(source)
    : entry.edits?.replaceTestPattern?.(test as OriginTest, source);
}
