/** "*" that is not a wildcard. */
import { defineRule } from './rule.ts';
import type { NameEntry } from '../policy/policy.ts';

export const rule = defineRule({
  id: 'wildcard-is-literal',
  title: '"*" that is not a wildcard',
  description:
    'With credentials, a `*` in the allowed headers, methods or exposed headers stands for a header ' +
    'or method of that name. `Authorization` is never covered by `*`. Some servers have no `*` ' +
    'in these lists at all.',
  severity: 'warning',
  profile: 'default',
  fix: 'none',
  specification: 'https://fetch.spec.whatwg.org/#http-access-control-allow-headers',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: 'https://app.example.com', credentials: true, allowedHeaders: ['*'] }));
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: 'https://app.example.com', credentials: true, allowedHeaders: ['Content-Type'] }));
`,
  },
  *policy({ policy, verdict }) {
    const byBrowsers = verdict.credentials === true && verdict.wildcardWithCredentials !== true;
    const { allowedHeaders, methods, exposedHeaders } = policy.settings;
    for (const [what, setting] of [
      ['allowed headers', allowedHeaders],
      ['methods', methods],
      ['exposed headers', exposedHeaders],
    ] as const) {
      const names = setting?.value;
      const star = Array.isArray(names) ? (names as readonly NameEntry[]).find(({ text }) => text === '*') : undefined;
      // The star of a library's own list is nobody's mistake where the names that are needed stand beside it.
      const isBesideDefaults = setting?.written === false && Array.isArray(names) && names.length > 1;
      if (
        star === undefined ||
        isBesideDefaults ||
        !(star.literal || byBrowsers) ||
        policy.facts.some((fact) => fact.kind === 'rejected-value' && fact.range.start === star.range.start)
      )
        continue;
      yield {
        range: star.range,
        message: [
          `"*" in the ${what} is no wildcard here.`,
          star.literal
            ? `${policy.title} takes it as a name, and refuses what has another one.`
            : 'With credentials browsers take it as a name.',
          'List the names.',
        ],
      };
    }
  },
});
