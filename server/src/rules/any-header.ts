/** Every request header is allowed. */
import { defineRule } from './rule.ts';
import type { NameEntry } from '../policy/policy.ts';

export const rule = defineRule({
  id: 'any-header',
  title: 'Every request header is allowed',
  description: `A \`*\` allows every request header but \`Authorization\`, also those that change how the server works.`,
  severity: 'information',
  profile: 'thorough',
  fix: 'none',
  specification: 'https://fetch.spec.whatwg.org/#http-access-control-allow-headers',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: 'https://app.example.com', allowedHeaders: ['*'] }));
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: 'https://app.example.com', allowedHeaders: ['Content-Type'] }));
`,
  },
  *policy({ policy, verdict }) {
    const setting = policy.settings.allowedHeaders;
    if (verdict.credentials === true || !setting?.written || !Array.isArray(setting.value)) return;
    const star = (setting.value as readonly NameEntry[]).find(({ text, literal }) => text === '*' && !literal);
    // Where the star means nothing, another rule says so.
    if (star && !policy.facts.some((fact) => fact.kind === 'rejected-value' && fact.range.start === star.range.start))
      yield {
        range: star.range,
        message: [
          'Every request header is allowed.',
          'That includes headers that change how the server works.',
          'List the headers that pages need.',
        ],
      };
  },
});
