/** A check that lets foreign origins through. */
import type { OriginEntry } from '../policy/policy.ts';
import type { OriginTest } from '../policy/request-test.ts';
import { isPublicHost } from '../policy/origin-questions.ts';
import { originSet } from '../policy/origin-set.ts';
import { inspectOrigin } from '../policy/serialised-origin.ts';
import { replaceEntryFix, replaceTestFix, safe, unsafe } from './fixes.ts';
import { dottedEnd, looseTest, reason, remedy } from './loose-tests.ts';
import { repairPattern } from './repair-pattern.ts';
import { defineRule } from './rule.ts';
import type { Fix, RuleContext } from './rule.ts';
import { credentialsLine, isOpen, strangerThrough, withOrWithout } from './strangers.ts';

export const rule = defineRule({
  id: 'bypassable-origin-check',
  title: 'A check that lets foreign origins through',
  description:
    'The pattern or comparison names a domain, and also accepts origins that have nothing to do with ' +
    'it: a missing anchor, an unescaped dot, a prefix, a suffix without its dot, or a substring. ' +
    'Anybody can register such a name.',
  severity: 'warning',
  severityNote: 'error with credentials',
  profile: 'default',
  fix: 'safe',
  cwe: 185,
  specification: 'https://fetch.spec.whatwg.org/#cors-check',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: /example\\.com$/ }));
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: /^https:\\/\\/([a-z0-9-]+\\.)?example\\.com$/ }));
`,
  },
  *policy(context) {
    const { policy } = context;
    for (const entry of policy.settings.origins.value) {
      if ((entry.kind !== 'pattern' && entry.kind !== 'predicate') || isOpen(entry)) continue;
      const found = strangerThrough(entry, context);
      if (found === undefined) continue;
      const test = looseTest(entry, found.origin);
      yield {
        range: test?.range ?? entry.range,
        severity: found.withCredentials ? 'error' : 'warning',
        witness: found.origin,
        message: [
          `"${found.origin}" can read these responses${withOrWithout(found.withCredentials)}.`,
          reason(entry, test),
          remedy(entry, test),
        ],
        related: credentialsLine(context),
        fixes: [
          repairFix(entry, test, found.withCredentials),
          exactFix(entry, test, context),
          replaceTestFix(context, entry.edits, test) ?? replaceEntryFix(context, entry.edits),
          dotFix(entry, test, context),
        ],
      };
    }
  },
});

function repairFix(entry: OriginEntry, test: OriginTest | undefined, withCredentials: boolean): Fix | undefined {
  const pattern = entry.pattern ?? (test?.operator === 'matches' ? test.pattern : undefined);
  const repair = pattern && repairPattern(pattern, entry.pattern ? 'origin' : test?.part, withCredentials);
  if (repair === undefined) return undefined;
  const edits = entry.pattern
    ? entry.edits?.replacePattern?.(repair.source)
    : entry.edits?.replaceTestPattern?.(test!, repair.source);
  const title = `Repair the pattern: ${repair.source}`;
  return repair.safety === 'safe' ? safe(title, edits) : unsafe(title, 'fewer origins pass', edits);
}

/**
 * A prefix, a substring or a list in one text that spells out whole origins means exactly these; one that is cut short means longer
 * ones.
 */
function exactFix(
  entry: OriginEntry,
  test: OriginTest | undefined,
  { policy, allowlist }: RuleContext,
): Fix | undefined {
  if (test === undefined || test.operator === 'matches' || test.operator === 'ends-with' || test.part !== 'origin')
    return undefined;
  const origins = test.text.split(/[\s,;|]+/).filter((text) => text !== '');
  if (origins.length === 0 || !origins.every((origin) => inspectOrigin(origin).valid)) return undefined;
  if (test.operator === 'starts-with' || test.operator === 'contains') {
    const longer = [
      ...(allowlist.placeholder === undefined ? allowlist.origins : []),
      ...policy.settings.origins.value.flatMap(({ kind, text }) =>
        kind === 'text' && text !== undefined ? [text] : [],
      ),
    ];
    if (
      longer.some((origin) => originSet(test).has(origin) === true && !origins.includes(origin)) ||
      !origins.every(isWhole)
    )
      return undefined;
  }
  return safe(`Compare with ${origins.join(', ')} exactly`, entry.edits?.replaceTest?.(test, origins));
}

/** The end of a name becomes the end of its subdomains, where that locks no trusted origin out. */
function dotFix(entry: OriginEntry, test: OriginTest | undefined, { allowlist }: RuleContext): Fix | undefined {
  if (test === undefined) return undefined;
  const text = dottedEnd(test);
  if (text === undefined) return undefined;
  const [before, after] = [originSet(test), originSet({ ...test, text } as OriginTest)];
  const trusted = allowlist.placeholder === undefined ? allowlist.origins : [];
  if (trusted.some((origin) => before.has(origin) === true && after.has(origin) !== true)) return undefined;
  return unsafe(
    `Compare with "${text}", dot included`,
    'only subdomains pass',
    entry.edits?.replaceTestText?.(test, text),
  );
}

/** Nothing has to come after it: the name is registrable, and a machine of its own has its port. */
function isWhole(origin: string): boolean {
  const { hostname, port } = new URL(origin);
  return isPublicHost(hostname) ? hostname.includes('.') : port !== '' || hostname.endsWith('.example');
}
