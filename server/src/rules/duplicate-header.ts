/** Access-Control-Allow-Origin is sent twice. */
import { defineRule } from './rule.ts';
import { unsafe } from './fixes.ts';
import { sentence } from './sentences.ts';

export const rule = defineRule({
  id: 'duplicate-header',
  title: 'Access-Control-Allow-Origin is sent twice',
  description:
    'Two lines of `Access-Control-Allow-Origin` are joined to one value, which never equals an ' +
    'origin. It happens when an app and the proxy in front of it both set it, or when it is added ' +
    'instead of set.',
  severity: 'error',
  profile: 'default',
  fix: 'unsafe',
  specification: 'https://fetch.spec.whatwg.org/#cors-check',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
app.use((req, res, next) => {
  res.set('Access-Control-Allow-Origin', 'https://app.example.com');
  res.append('Access-Control-Allow-Origin', 'https://app.example.com');
  next();
});
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
app.use((req, res, next) => {
  res.set('Access-Control-Allow-Origin', 'https://app.example.com');
  next();
});
`,
  },
  *fact(fact) {
    if (fact.kind !== 'duplicate-header') return;
    yield {
      range: fact.range,
      message:
        fact.refusal === undefined
          ? [
              `${fact.header} is sent twice, so browsers refuse the response.`,
              `It is set in two places: ${fact.why}.`,
              'Set it in one place only.',
            ]
          : [
              `${fact.header} is set twice, and these settings are rejected.`,
              `${sentence(fact.refusal)} It is set in two places: ${fact.why}.`,
              'Set it in one place only.',
            ],
      related: [{ range: fact.other, message: 'It is set here too.' }],
      fixes: [unsafe(fact.fixTitle ?? 'Remove this line', 'the other one is sent alone', fact.fix?.())],
    };
  },
});
