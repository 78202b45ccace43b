/** A method that never matches. */
import { defineRule } from './rule.ts';
import type { Report } from './rule.ts';
import { isSafelistedMethod } from '../browser/safelist.ts';
import { comparesMethods } from '../policy/compared-methods.ts';
import type { NameEntry } from '../policy/policy.ts';
import { safe } from './fixes.ts';

const forbidden = new Set(['CONNECT', 'TRACE', 'TRACK']);
const known = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY']);

export const rule = defineRule({
  id: 'invalid-method',
  title: 'A method that never matches',
  description:
    'Methods are compared letter by letter. Browsers write GET, HEAD, POST, PUT, DELETE and OPTIONS in ' +
    'capitals but leave `patch` as the page wrote it, and never send CONNECT, TRACE and TRACK. They send GET, ' +
    'HEAD and POST whatever is listed, so that `get` is told only where the server itself compares methods. Some ' +
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
    const entries = (methods.value as readonly NameEntry[]).filter(({ range }) => !rejected.includes(range.start));
    const never = entries.filter(({ text }) => forbidden.has(text.toUpperCase()));
    yield* neverSent(never, never.length < methods.value.length);
    for (const { text, range, edits } of entries) {
      const upper = text.toUpperCase();
      if (text === '*' || /^[A-Z]+$/.test(text) || forbidden.has(upper)) continue;
      // Browsers do not look for these in the list.
      if (isSafelistedMethod(upper) && !comparesMethods(policy, text, upper)) continue;
      if (known.has(upper) && !(methods.value as readonly NameEntry[]).some((other) => other.text === upper))
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

/** One list, one finding, at the first of them. A list from which all is taken out may be its default again. */
function* neverSent(entries: readonly NameEntry[], leavesOthers: boolean): Iterable<Report> {
  const [first, ...others] = entries;
  if (first === undefined) return;
  const names = [...new Set(entries.map(({ text }) => text.toUpperCase()))];
  const removals = entries.map(({ edits }) => edits?.remove?.());
  yield {
    range: first.range,
    message: [
      `Pages cannot send ${names.join(' or ')} requests.`,
      `Browsers forbid ${names.length === 1 ? 'this method' : 'these methods'}.`,
      `Remove ${names.length === 1 ? 'it' : 'them'} from the list.`,
    ],
    related: others.map(({ range }) => ({ range, message: 'This is another one.' })),
    fixes: [
      (leavesOthers || entries.length === 1) && removals.every((edits) => edits !== undefined)
        ? safe(`Remove ${entries.map(({ text }) => text).join(', ')}`, removals.flat())
        : undefined,
    ],
  };
}
