/** A method that never matches. */
import { defineRule } from './rule.ts';
import type { NameEntry } from '../policy/policy.ts';
import { safe } from './fixes.ts';

const forbidden = new Set(['CONNECT', 'TRACE', 'TRACK']);
const known = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY']);

export const rule = defineRule({
  id: 'invalid-method',
  title: 'A method that never matches',
  description:
    'Methods are compared letter by letter. Browsers write GET, HEAD, POST, PUT, DELETE and OPTIONS in ' +
    'capitals but leave `patch` as the page wrote it, and never send CONNECT, TRACE and TRACK. Some ' +
    'services take a few methods only, and reject settings with another one.',
  severity: 'warning',
  profile: 'default',
  severityNote: 'error where the settings are rejected',
  fix: 'safe',
  specification: 'https://fetch.spec.whatwg.org/#methods',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: 'https://app.example.com', methods: ['GET', 'patch'] }));
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: 'https://app.example.com', methods: ['GET', 'PATCH'] }));
`,
  },
  *fact(fact) {
    if (fact.kind !== 'rejected-value' || fact.what !== 'method') return;
    yield {
      range: fact.range,
      severity: 'error',
      message: [
        fact.only === 'value'
          ? `"${fact.text}" stands for no method here.`
          : `"${fact.text}" is rejected, and ${fact.only === 'list' ? 'the whole list' : 'all of these settings'} with it.`,
        fact.explanation,
        fact.only === undefined ? 'Remove it from the list.' : 'List the methods.',
      ],
      fixes: [safe(`Remove ${fact.text}`, fact.remove?.())],
    };
  },
  *policy({ policy }) {
    const methods = policy.settings.methods;
    if (!methods?.written || !Array.isArray(methods.value)) return;
    const rejected = policy.facts.flatMap((fact) =>
      fact.kind === 'rejected-value' && fact.what === 'method' ? [fact.range.start] : [],
    );
    for (const { text, range, edits } of methods.value as readonly NameEntry[]) {
      if (rejected.includes(range.start)) continue;
      if (text === '*' || (/^[A-Z]+$/.test(text) && !forbidden.has(text))) continue;
      const upper = text.toUpperCase();
      if (forbidden.has(upper))
        yield {
          range,
          message: [`Pages cannot send ${upper} requests.`, 'Browsers forbid this method.', 'Remove it from the list.'],
          fixes: [safe(`Remove ${text}`, edits?.remove?.())],
        };
      else if (known.has(upper) && !(methods.value as readonly NameEntry[]).some((other) => other.text === upper))
        yield {
          range,
          message: [
            `"${text}" does not match ${upper} requests.`,
            'Methods are compared letter by letter.',
            `Write "${upper}".`,
          ],
          fixes: [safe(`Write ${upper}`, edits?.replaceText?.(upper))],
        };
    }
  },
});
