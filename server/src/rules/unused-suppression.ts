/** A comment that accepts findings where there are none. */
import { defineRule } from './rule.ts';

/** Reported where suppressions are applied, after all other rules have run: only there is known what a comment accepts. */
export const rule = defineRule({
  id: 'unused-suppression',
  title: 'A comment that accepts nothing',
  description:
    'A comment such as `cors-lint-disable-next-line any-origin` accepts a finding, with a reason for ' +
    'those who read it later. When the finding is gone, or the comment names a rule that does not ' +
    'exist, it would silently accept the next one, which nobody has looked at.',
  severity: 'information',
  profile: 'default',
  fix: 'safe',
  specification: 'https://cwe.mitre.org/data/definitions/1164.html',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const cors = require('cors');

// cors-lint-disable-next-line any-origin -- a public feed
app.use('/feed', cors({ origin: 'https://app.example.com' }));
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
