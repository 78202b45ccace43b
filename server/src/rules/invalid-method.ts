/** A method that never matches. */
import { defineRule } from './rule.ts';
import type { NameEntry } from '../policy/policy.ts';
import { safe } from './fixes.ts';

const forbidden = new Set(['CONNECT', 'TRACE', 'TRACK']);
const known = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY']);

export const rule = defineRule({
  id: 'invalid-method',
  title: 'A method that never matches',
  description: `Methods are compared letter by letter. Browsers write GET, HEAD, POST, PUT, DELETE and OPTIONS in capitals but leave \`patch\` as the page wrote it, and never send CONNECT, TRACE and TRACK.`,
  severity: 'warning',
  profile: 'default',
  fix: 'safe',
  specification: 'https://fetch.spec.whatwg.org/#methods',
  since: '0.1.0',
  bad: { file: 'server.js', code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: 'https://app.example.com', methods: ['GET', 'patch'] }));
` },
  good: { file: 'server.js', code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: 'https://app.example.com', methods: ['GET', 'PATCH'] }));
` },
  *policy({ policy }) {
    const methods = policy.settings.methods;
    if (!methods?.written || !Array.isArray(methods.value)) return;
    for (const { text, range, edits } of methods.value as readonly NameEntry[]) {
      if (text === '*' || (/^[A-Z]+$/.test(text) && !forbidden.has(text))) continue;
      const upper = text.toUpperCase();
      if (forbidden.has(upper)) yield { range, message: [`Pages cannot send ${upper} requests.`, 'Browsers forbid this method.', 'Remove it from the list.'], fixes: [safe(`Remove ${text}`, edits?.remove?.())] };
      else if (known.has(upper)) yield { range, message: [`"${text}" does not match ${upper} requests.`, 'Methods are compared letter by letter.', `Write "${upper}".`], fixes: [safe(`Write ${upper}`, edits?.replaceText?.(upper))] };
    }
  },
});
