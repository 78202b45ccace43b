/** A pattern that a caller can make slow. */
import { defineRule } from './rule.ts';
import { isExponential } from './slow-patterns.ts';

export const rule = defineRule({
  id: 'slow-origin-pattern',
  title: 'A pattern that a caller can make slow',
  description: `The Origin header is the caller's to choose. For this pattern there are texts whose matching takes time in the square of their length or worse, so that one request can keep the server busy.`,
  severity: 'warning',
  profile: 'default',
  fix: 'none',
  cwe: 1333,
  specification: 'https://cwe.mitre.org/data/definitions/1333.html',
  since: '0.1.0',
  bad: { file: 'server.js', code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: /^https:\\/\\/([a-z0-9]+)+\\.example\\.com$/ }));
` },
  good: { file: 'server.js', code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: /^https:\\/\\/[a-z0-9]+\\.example\\.com$/ }));
` },
  *policy({ policy }) {
    for (const entry of policy.settings.origins.value) {
      if (entry.pattern === undefined || entry.pattern.dialect === 'go' || !isExponential(entry.pattern)) continue;
      yield { range: entry.range, confidence: 'likely', message: ['A caller can make this pattern run for a very long time.', 'Repetitions inside a repetition can split the same text in many ways, and the Origin header is the caller\'s to choose.', 'Let every letter be matched in one way only.'] };
    }
  },
});
