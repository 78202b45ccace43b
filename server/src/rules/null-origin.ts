/** The origin "null" is allowed. */
import { defineRule } from './rule.ts';
import { canRead } from '../policy/analyse.ts';
import { holdsNull } from '../policy/origin-questions.ts';
import { originSet } from '../policy/origin-set.ts';
import type { OriginEntry } from '../policy/policy.ts';
import type { OriginTest } from '../policy/request-test.ts';
import { safe } from './fixes.ts';
import { credentialsLine, isOpen, withOrWithout } from './strangers.ts';

export const rule = defineRule({
  id: 'null-origin',
  title: 'The origin "null" is allowed',
  description: `Sandboxed frames, \`data:\` pages and local files all have the origin \`null\`. Any website can put a page of its own into a sandboxed frame, so that allowing \`null\` allows every website.`,
  severity: 'warning',
  severityNote: 'error with credentials',
  profile: 'default',
  fix: 'safe',
  cwe: 942,
  specification: 'https://fetch.spec.whatwg.org/#cors-check',
  since: '0.1.0',
  bad: { file: 'server.js', code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: ['https://app.example.com', 'null'] }));
` },
  good: { file: 'server.js', code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: ['https://app.example.com'] }));
` },
  *policy(context) {
    const { policy, verdict } = context;
    if (verdict.anyone === true || verdict.anyoneWithCredentials === true) return;
    for (const entry of policy.settings.origins.value) {
      const isText = entry.kind === 'text' && entry.text === 'null';
      const isCheck = (entry.kind === 'pattern' || entry.kind === 'predicate') && !isOpen(entry) && holdsNull(originSet(entry.accepts));
      if (!isText && !isCheck) continue;
      const withCookies = canRead(policy, 'null', { credentials: true });
      if (!withCookies && !canRead(policy, 'null', { credentials: false })) continue;
      yield {
        range: (isText ? undefined : testThatHoldsNull(entry)?.range) ?? entry.range,
        severity: withCookies ? 'error' : 'warning',
        witness: 'null',
        message: [`Every website can read these responses${withOrWithout(withCookies)} through a sandboxed frame.`, 'The origin of sandboxed frames, data: pages and local files is "null", whoever made them.', isText ? 'Remove "null" from the allowed origins.' : 'Let the check refuse "null", for example by asking for "https://" at its start.'],
        related: credentialsLine(context),
        fixes: isText ? [safe('Remove "null"', entry.edits?.remove?.())] : [],
      };
    }
  },
});

/** The one comparison of a check that "null" passes, where it stands in this file. */
function testThatHoldsNull(entry: OriginEntry): OriginTest | undefined {
  return entry.tests?.find((test) => test.range !== undefined && test.range.path === undefined && originSet(test).has('null') === true);
}
