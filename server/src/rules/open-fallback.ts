/** Open when an environment variable is missing. */
import { defineRule } from './rule.ts';
import { unsafe } from './fixes.ts';

export const rule = defineRule({
  id: 'open-fallback',
  title: 'Open when an environment variable is missing',
  description:
    'The allowed origin comes from the environment, and when it is not set everybody is let in. One ' +
    'forgotten variable in one deployment opens the server.',
  severity: 'warning',
  profile: 'default',
  fix: 'unsafe',
  cwe: 1188,
  specification: 'https://fetch.spec.whatwg.org/#cors-check',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: process.env.APP_ORIGIN || '*' }));
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: process.env.APP_ORIGIN || 'https://app.example.com' }));
`,
  },
  *policy(context) {
    for (const entry of context.policy.settings.origins.value) {
      if (entry.kind !== 'fallback') continue;
      yield {
        range: entry.range,
        severity: context.development ? 'information' : 'warning',
        confidence: 'likely',
        message: [
          entry.argument
            ? `Every website is let in where ${entry.variable} is not given.`
            : `Every website is let in when ${entry.variable ?? 'this variable'} is not set.`,
          entry.argument
            ? 'A call that leaves it out should let nobody in.'
            : 'A forgotten variable should lock everybody out, not let everybody in.',
          'Fall back to your own origin, or to none.',
        ],
        fixes: [
          unsafe(
            'Let nobody in when it is not set',
            entry.argument ? 'calls have to give it' : 'the variable has to be set',
            context.policy.edits.failClosed?.(),
          ),
        ],
      };
    }
  },
});
