/** A wildcard where texts are compared exactly. */
import { insteadOfPattern } from './origin-words.ts';
import { defineRule } from './rule.ts';

export const rule = defineRule({
  id: 'unsupported-wildcard',
  title: 'A wildcard where texts are compared exactly',
  description:
    'This framework compares the text with the origin as it stands, or sends it as it stands. A `*` ' +
    'inside it is a letter like any other, so that nobody gets in.',
  severity: 'error',
  profile: 'default',
  fix: 'none',
  specification: 'https://fetch.spec.whatwg.org/#cors-check',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: ['https://*.example.com'] }));
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: [/^https:\\/\\/[a-z0-9-]+\\.example\\.com$/] }));
`,
  },
  *fact(fact) {
    if (fact.kind !== 'rejected-value' || fact.what !== 'origin') return;
    yield {
      range: fact.range,
      message: [
        `"${fact.text}" is rejected, and all of these settings with it.`,
        fact.explanation,
        'List the origins, or use a wildcard that is allowed.',
      ],
    };
  },
  *policy({ policy }) {
    for (const entry of policy.settings.origins.value) {
      if (
        entry.kind !== 'text' ||
        entry.text === undefined ||
        (entry.matching !== 'exact' && entry.matching !== 'sent-as-is')
      )
        continue;
      if (!entry.text.includes('*') || entry.accepts.kind === 'always') continue;
      yield {
        range: entry.range,
        message: [
          `"${entry.text}" lets nobody in: the "*" in it is not a wildcard here.`,
          entry.matching === 'exact'
            ? `With ${policy.title} the text has to equal the origin letter by letter.`
            : 'It is sent as it stands, and no page has such an origin.',
          insteadOfPattern(entry, policy.title),
        ],
      };
    }
  },
});
