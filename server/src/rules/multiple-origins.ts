/** Several origins in one header. */
import { defineRule } from './rule.ts';
import { unsafe } from './fixes.ts';

export const rule = defineRule({
  id: 'multiple-origins',
  title: 'Several origins in one header',
  description:
    '`Access-Control-Allow-Origin` holds one origin or `*`. A list in it never equals the origin ' +
    'of a page, so that browsers refuse all of them. A member of an allowlist that holds several ' +
    'origins is equal to none of them either.',
  severity: 'error',
  profile: 'default',
  fix: 'unsafe',
  specification: 'https://fetch.spec.whatwg.org/#cors-check',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: 'https://a.example.com,https://b.example.com' }));
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: ['https://a.example.com', 'https://b.example.com'] }));
`,
  },
  *fact(fact) {
    if (fact.kind !== 'multiple-origins') return;
    if (fact.comparedBy !== undefined) {
      yield {
        range: fact.range,
        message: [
          'No page has this origin: the text holds several.',
          `${fact.comparedBy} compares the whole text with the one origin of the page.`,
          'Make each origin a member of its own.',
        ],
        fixes: [unsafe('Make each origin a member of its own', 'each of them gets in', fact.toList?.())],
      };
      return;
    }
    yield {
      range: fact.range,
      message: [
        'No website can read these responses: the header holds several origins.',
        'Browsers compare the whole value with the one origin of the page.',
        'Choose from a list the origin that asks, and send only that.',
      ],
      fixes: [unsafe('Choose the origin from a list', 'each of them gets in', fact.toList?.())],
    };
  },
});
