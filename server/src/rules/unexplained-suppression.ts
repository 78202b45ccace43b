/** A comment that accepts findings and does not say why. */
import { defineRule } from './rule.ts';

/** Reported where suppressions are applied, as `unused-suppression` is. */
export const rule = defineRule({
  id: 'unexplained-suppression',
  title: 'A comment that accepts a finding without a reason',
  description:
    'A comment such as `cors-lint-disable-next-line any-origin -- a public feed` says why the finding is right as it is. ' +
    'Without the reason nobody can tell later whether it still holds. The comment accepts the finding all the same. ' +
    'A day after which it counts again may stand before the reason: `until 2027-01-31`.',
  severity: 'information',
  profile: 'default',
  fix: 'none',
  specification: 'https://cwe.mitre.org/data/definitions/1116.html',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const cors = require('cors');

// cors-lint-disable-next-line any-origin
app.use('/feed', cors({ origin: '*' }));
`,
  },
  good: {
    file: 'server.js',
    code: `const cors = require('cors');

// cors-lint-disable-next-line any-origin -- a public feed
app.use('/feed', cors({ origin: '*' }));
`,
  },
});
