/** Every method is allowed. */
import { defineRule } from './rule.ts';
import type { NameEntry } from '../policy/policy.ts';

export const rule = defineRule({
  id: 'any-method',
  title: 'Every method is allowed',
  description: `A \`*\` allows every method to every allowed origin, also those that the API does not have yet.`,
  severity: 'information',
  profile: 'thorough',
  fix: 'none',
  specification: 'https://fetch.spec.whatwg.org/#http-access-control-allow-methods',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: 'https://app.example.com', methods: ['*'] }));
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: 'https://app.example.com', methods: ['GET'] }));
`,
  },
  *policy({ policy, verdict }) {
    const setting = policy.settings.methods;
    if (verdict.credentials === true || !setting?.written || !Array.isArray(setting.value)) return;
    const star = (setting.value as readonly NameEntry[]).find(({ text, literal }) => text === '*' && !literal);
    // Where the star means nothing, another rule says so.
    if (star && !policy.facts.some((fact) => fact.kind === 'rejected-value' && fact.range.start === star.range.start))
      yield {
        range: star.range,
        message: [
          'Every method is allowed.',
          'New methods of the API are open from their first day.',
          'List the methods that pages need.',
        ],
      };
  },
});
