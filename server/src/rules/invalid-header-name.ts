/** A header name that cannot be sent. */
import { defineRule } from './rule.ts';
import type { NameEntry, Policy } from '../policy/policy.ts';

export const rule = defineRule({
  id: 'invalid-header-name',
  title: 'A header name that cannot be sent',
  description:
    'A header name is made of letters, digits and a few signs. A name with a blank, a colon or another ' +
    'letter matches no header, and browsers ignore the whole list.',
  severity: 'warning',
  severityNote: 'error where the settings are rejected',
  profile: 'default',
  fix: 'none',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#name-field-names',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: 'https://app.example.com', allowedHeaders: ['Content Type'] }));
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: 'https://app.example.com', allowedHeaders: ['Content-Type'] }));
`,
  },
  *fact(fact) {
    if (fact.kind !== 'rejected-value' || fact.what !== 'header-name') return;
    yield {
      range: fact.range,
      severity: 'error',
      message: [
        `"${fact.text}" is rejected, and ${fact.only === 'list' ? 'the whole list' : 'all of these settings'} with it.`,
        fact.explanation,
        'List the names.',
      ],
    };
  },
  *policy({ policy }) {
    const settings = [
      { setting: policy.settings.allowedHeaders, header: 'access-control-allow-headers' },
      { setting: policy.settings.exposedHeaders, header: 'access-control-expose-headers' },
    ];
    for (const { setting, header } of settings) {
      if (!Array.isArray(setting?.value)) continue;
      for (const { text, range } of setting.value as readonly NameEntry[]) {
        if (isName(text) || isSentAsList(text, header, policy)) continue;
        yield {
          range,
          message: [
            `"${text}" is not a header name.`,
            'One such name makes browsers refuse the whole list.',
            'Correct the name; several names are separated by commas.',
          ],
        };
      }
    }
  },
});

/** https://httpwg.org/specs/rfc9110.html#rfc.section.5.6.2 */
function isName(text: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text);
}

/** `['Link, X-Total']` where members are put together with commas: the browser sees two names. */
function isSentAsList(text: string, header: string, { headers }: Policy): boolean {
  if (!text.split(',').every((one) => isName(one.trim()))) return false;
  return headers.some(({ name, value }) => name === header && value.kind === 'text' && value.text.includes(text));
}
