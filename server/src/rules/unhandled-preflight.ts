/** Nobody answers the preflight. */
import { defineRule } from './rule.ts';
import { unsafe } from './fixes.ts';

export const rule = defineRule({
  id: 'unhandled-preflight',
  title: 'Nobody answers the preflight',
  description:
    'Before a request with another method than GET, HEAD and POST, a JSON body or a header of its own, ' +
    'the browser asks with OPTIONS. When the answer lacks the CORS headers, the request is never made.',
  severity: 'warning',
  profile: 'default',
  fix: 'unsafe',
  specification: 'https://fetch.spec.whatwg.org/#cors-preflight-fetch-0',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.put('/items', cors({ origin: 'https://app.example.com' }), (req, res) => res.end());
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.options('/items', cors({ origin: 'https://app.example.com' }));
app.put('/items', cors({ origin: 'https://app.example.com' }), (req, res) => res.end());
`,
  },
  *fact(fact) {
    if (fact.kind !== 'unhandled-preflight') return;
    yield {
      range: fact.range,
      confidence: 'likely',
      message: [
        `No other site can call ${fact.needs.replace(/^every\b/, 'any')}: its preflight fails.`,
        fact.why,
        fact.instead ?? 'Answer OPTIONS with the same CORS headers, before anything that refuses it.',
      ],
      ...(fact.related && { related: [{ range: fact.related, message: fact.relatedMessage ?? 'This runs first.' }] }),
      fixes: [unsafe('Answer OPTIONS too', 'requests that ask first are made', fact.handle?.(), true)],
    };
  },
});
