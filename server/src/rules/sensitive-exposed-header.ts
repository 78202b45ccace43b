/** A response header with a secret is exposed. */
import { defineRule } from './rule.ts';
import type { NameEntry } from '../policy/policy.ts';

export const rule = defineRule({
  id: 'sensitive-exposed-header',
  title: 'A response header with a secret is exposed',
  description:
    'Pages of other origins see only the response headers that are exposed to them. Tokens and session ' +
    'ids in such headers are then readable to scripts.',
  severity: 'information',
  profile: 'thorough',
  fix: 'none',
  cwe: 200,
  specification: 'https://fetch.spec.whatwg.org/#http-access-control-expose-headers',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: 'https://app.example.com', exposedHeaders: ['X-Auth-Token'] }));
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: 'https://app.example.com', exposedHeaders: ['X-Total-Count'] }));
`,
  },
  *policy({ policy }) {
    const setting = policy.settings.exposedHeaders;
    if (!Array.isArray(setting?.value)) return;
    for (const { text, range } of setting.value as readonly NameEntry[]) {
      if (!/^(authorization|set-cookie2?|x-(auth|access|csrf|xsrf|api)-(token|key)|.*session-?id)$/i.test(text))
        continue;
      yield {
        range,
        message: [
          `Scripts of other origins can read ${text}.`,
          'It looks like a secret.',
          'Expose only headers that pages need.',
        ],
      };
    }
  },
});
