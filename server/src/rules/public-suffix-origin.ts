/** A wildcard over a domain that everybody can have a part of. */
import { defineRule } from './rule.ts';
import { canRead } from '../verdict/analyse.ts';
import { openPublicSuffix } from '../policy/origin-questions.ts';
import { originSet } from '../policy/origin-set.ts';
import type { OriginSet } from '../policy/verdict.ts';
import { replaceEntryFix, replaceTestFix } from './fixes.ts';
import { looseTest } from './loose-tests.ts';
import { openNameUnderSuffix } from './shared-hosts.ts';
import { credentialsLine, isOpen, withOrWithout } from './strangers.ts';

export const rule = defineRule({
  id: 'public-suffix-origin',
  title: 'A wildcard over a domain that everybody can have a part of',
  description:
    'Under a public suffix such as `com`, or a shared host such as `github.io` and `vercel.app`, ' +
    'anybody can have a site of their own. A wildcard over it lets all of them in.',
  severity: 'warning',
  severityNote: 'error with credentials, except on a server for development',
  profile: 'default',
  fix: 'unsafe',
  cwe: 942,
  specification: 'https://fetch.spec.whatwg.org/#cors-check',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: /^https:\\/\\/[a-z0-9-]+\\.vercel\\.app$/ }));
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: 'https://our-shop.vercel.app' }));
`,
  },
  *policy(context) {
    const { policy } = context;
    for (const entry of policy.settings.origins.value) {
      if ((entry.kind !== 'pattern' && entry.kind !== 'predicate') || isOpen(entry)) continue;
      const set = originSet(entry.accepts);
      const found = openSuffix(set);
      if (found === undefined) continue;
      const { suffix, witness } = found;
      const withCookies = canRead(policy, witness, { credentials: true });
      if (!withCookies && !canRead(policy, witness, { credentials: false })) continue;
      const test = looseTest(entry, witness);
      // Where anything may follow, the shared host is the lesser part of it, and another rule tells the whole.
      if (test !== undefined && originSet(test).has(`${witness}.evil.net`) === true) continue;
      yield {
        range: test?.range ?? entry.range,
        // A developer's own server is worth a look, and no more.
        severity: withCookies && !context.development ? 'error' : 'warning',
        witness,
        message: [
          `"${witness}" can read these responses${withOrWithout(withCookies)}.`,
          `Anybody can have a site under "${suffix}".`,
          'List the exact origins of your own sites.',
        ],
        related: credentialsLine(context),
        fixes: [replaceTestFix(context, entry.edits, test) ?? replaceEntryFix(context, entry.edits)],
      };
    }
  },
});

function openSuffix(set: OriginSet): { readonly suffix: string; readonly witness: string } | undefined {
  const whole = openPublicSuffix(set);
  if (whole !== undefined) return { suffix: whole, witness: `https://evil.${whole}` };
  const part = openNameUnderSuffix(set);
  // A name below a plain top-level domain beside named domains is the other rule's case.
  return part?.witness === undefined || (!part.suffix.includes('.') && set.namedDomains.length > 0)
    ? undefined
    : { suffix: part.suffix, witness: part.witness };
}
