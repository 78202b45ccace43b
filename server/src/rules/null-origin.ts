/** The origin "null" is allowed. */
import { defineRule } from './rule.ts';
import { canRead } from '../policy/analyse.ts';
import { safe } from './fixes.ts';
import { credentialsLine, withOrWithout } from './strangers.ts';

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
      if (entry.kind !== 'text' || entry.text !== 'null') continue;
      const withCookies = canRead(policy, 'null', { credentials: true });
      if (!withCookies && !canRead(policy, 'null', { credentials: false })) continue;
      yield {
        range: entry.range,
        severity: withCookies ? 'error' : 'warning',
        witness: 'null',
        message: [
          `Every website can read these responses${withOrWithout(withCookies)} through a sandboxed frame.`,
          entry.byDefault ? `${policy.title} answers origins that are not listed with "null", and that is the origin of sandboxed frames, data: pages and local files.` : 'The origin of sandboxed frames, data: pages and local files is "null", whoever made them.',
          entry.byDefault ? 'Decide with a function that gives other origins no answer.' : 'Remove "null" from the allowed origins.',
        ],
        related: credentialsLine(context),
        fixes: [safe(entry.byDefault ? 'Answer only the listed origins' : 'Remove "null"', entry.edits?.remove?.())],
      };
    }
  },
});
