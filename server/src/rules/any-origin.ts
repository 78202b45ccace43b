/** Every website can read these responses. */
import type { OriginEntry } from '../policy/policy.ts';
import { defineRule } from './rule.ts';
import { allowOnlyFix, switchOffFix } from './fixes.ts';
import { originSet } from '../policy/origin-set.ts';
import { isOpen, openCheck, stranger, whyOpen } from './strangers.ts';

export const rule = defineRule({
  id: 'any-origin',
  title: 'Every website can read these responses',
  description:
    'A page on any website can read what this server sends without credentials. That is right for ' +
    'public data, and wrong for anything that only your network, your users or your own pages should ' +
    'see.',
  severity: 'warning',
  severityNote: 'information for static assets and files for development',
  profile: 'default',
  fix: 'unsafe',
  cwe: 942,
  isMeantBySwitches: true,
  specification: 'https://fetch.spec.whatwg.org/#cors-check',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors());
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: ['https://app.example.com'] }));
`,
  },
  *policy(context) {
    const { policy, verdict } = context;
    if (verdict.anyone !== true || verdict.anyoneWithCredentials === true || verdict.wildcardWithCredentials === true)
      return;
    if (
      policy.facts.some(
        (fact) => (fact.kind === 'unknown-option' && fact.opens) || fact.kind === 'no-origin-configured',
      )
    )
      return;
    // What is only sent where no page asks opens nothing: `req.headers.origin || '*'`.
    const entries = policy.settings.origins.value;
    const isForEverybody = ({ kind, accepts }: OriginEntry): boolean => kind === 'any' && !originSet(accepts).isEmpty;
    // One that is surely reached comes before one that asks whether somebody configured a star.
    const entry =
      entries.find((one) => isOpen(one) && isForEverybody(one)) ?? entries.find(isForEverybody) ?? openCheck(entries);
    const witness = entry && stranger(context, { credentials: false });
    if (entry === undefined || witness === undefined) return;
    const calm = context.development || policy.purpose === 'static';
    yield {
      range: entry.range,
      severity: calm ? 'information' : 'warning',
      witness,
      message: [
        `Every website can read these responses, for example "${witness}".`,
        whyOpen(entry, policy.title) ??
          'Cookies are not sent along, but what your network or an API key opens is readable to any page.',
        entry.unanswered
          ? 'Let the function refuse whom it does not know.'
          : 'List the origins that should read them, or accept this finding where the data is public.',
      ],
      fixes: [allowOnlyFix(context), switchOffFix(context)],
    };
  },
});
