/** A text that no origin is equal to. */
import { defineRule } from './rule.ts';
import { decide } from '../policy/decide.ts';
import type { OriginEntry } from '../policy/policy.ts';
import { inspectOrigin } from '../policy/serialised-origin.ts';
import { safe, unsafe } from './fixes.ts';
import { words } from './origin-words.ts';

export const rule = defineRule({
  id: 'malformed-origin',
  title: 'A text that no origin is equal to',
  description:
    'Browsers send an origin as scheme, host and port, in lower case, without a path, a trailing slash ' +
    'or a default port. A text that looks like an origin but is spelled otherwise never matches, and ' +
    'the site that it names is locked out.',
  severity: 'error',
  severityNote: 'warning where the server puts the text together',
  profile: 'default',
  fix: 'safe',
  specification: 'https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: ['https://app.example.com/'] }));
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: ['https://app.example.com'] }));
`,
  },
  *fact(fact) {
    if (fact.kind === 'unawaited-origin') {
      yield {
        range: fact.range,
        message: [
          'Nobody is let in: "[object Promise]" is sent as the origin.',
          'This function is asynchronous, and the version that is used here does not wait for its answer.',
          'Use a newer version of the package, or decide without waiting.',
        ],
      };
      return;
    }
    if (fact.kind !== 'joined-origin') return;
    yield {
      range: fact.range,
      severity: 'warning',
      confidence: 'likely',
      message: [
        `No page has the origin that "${fact.text}" makes.`,
        `${fact.why}, so the sites that are meant here are locked out.`,
        `Write "${fact.replacement}".`,
      ],
      fixes: [unsafe(`Write ${fact.replacement}`, fact.replace(), true)],
    };
  },
  *policy({ policy }) {
    for (const entry of policy.settings.origins.value) {
      if (
        entry.kind !== 'text' ||
        entry.text === undefined ||
        entry.text === '*' ||
        entry.matching === 'wildcard' ||
        entry.matching === 'regex'
      )
        continue;
      const { valid, problems, serialised } = inspectOrigin(entry.text);
      // A setting that is empty by default means nobody yet: no site is locked out that somebody wrote down.
      if (entry.text.trim() === '' && entry.range.path !== undefined && entry.range.path !== policy.range.path)
        continue;
      if (valid || problems.includes('wildcard') || problems.includes('several-origins')) continue;
      // Where letter case counts for nothing, the origin that is meant gets in all the same.
      if (serialised !== undefined && letsIn(entry, serialised)) continue;
      yield {
        range: entry.range,
        message: [
          `No page has the origin "${entry.text}".`,
          `${words(problems)}, so the site that is meant here is locked out.`,
          serialised === undefined
            ? 'Write it as scheme://host, with a port only where it is not the default.'
            : `Write "${serialised}".`,
        ],
        fixes: [
          serialised === undefined
            ? undefined
            : safe(`Replace by ${serialised}`, entry.edits?.replaceText?.(serialised)),
        ],
      };
    }
  },
});

function letsIn({ accepts }: OriginEntry, origin: string): boolean {
  return decide(accepts, { origin, method: 'GET', cookie: false }) === true;
}
