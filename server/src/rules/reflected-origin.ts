/** The request names who may read the response. */
import { defineRule } from './rule.ts';
import { allowOnlyFix, switchOffFix } from './fixes.ts';
import { stranger } from './strangers.ts';

/** Inputs that a page chooses as it likes, without a preflight. */
const chosenByPage = /^(the origin of )?(query|searchparams|params|path)|^the origin of referr?er$/i;

/** What no page chooses: its browser writes the server there that it asks. */
const ofServer: ReadonlyMap<string, string> = new Map([
  ['host', 'It names the server that is asked, and without a scheme it equals no origin.'],
  [
    'the origin of host',
    'It names the server that is asked, whose own pages need no permission, and no other page is let in.',
  ],
]);

export const rule = defineRule({
  id: 'reflected-origin',
  title: 'The request names who may read the response',
  description:
    'The value of a request header is written back as the allowed origin without a check, so that ' +
    'every website is allowed. It is the same as `*`, but hidden, and one `credentials` away from ' +
    `giving every website the user's cookies.`,
  severity: 'warning',
  profile: 'default',
  fix: 'unsafe',
  cwe: 346,
  isMeantBySwitches: true,
  specification: 'https://fetch.spec.whatwg.org/#cors-check',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: true }));
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
    for (const entry of policy.settings.origins.value) {
      if (entry.kind !== 'reflect') continue;
      if (entry.source !== undefined) {
        // Where everybody is let in anyway, that is told.
        if (verdict.anyoneWithCredentials === true) continue;
        // A page names itself in the address that it asks for, and its browser names it in the Referer.
        const isOpen = verdict.credentials === true && chosenByPage.test(entry.source);
        yield {
          range: entry.range,
          ...(isOpen && { severity: context.development ? 'information' : 'error' }),
          confidence: 'likely',
          message: [
            `The allowed origin is taken from ${entry.source}.`,
            isOpen
              ? "Every website can write its own origin there, and then reads these responses with the user's cookies."
              : (ofServer.get(entry.source.toLowerCase()) ??
                'The caller chooses it, and it is not what browsers compare with.'),
            'Compare the Origin header with a list of exact origins.',
          ],
          fixes: [allowOnlyFix(context)],
        };
        continue;
      }
      if (verdict.anyone !== true || verdict.anyoneWithCredentials === true) continue;
      // Those findings name the option that is missing.
      if (
        entry.byDefault &&
        policy.facts.some(
          (fact) => (fact.kind === 'unknown-option' && fact.opens) || fact.kind === 'no-origin-configured',
        )
      )
        continue;
      const witness = stranger(context, { credentials: false });
      if (witness === undefined) continue;
      yield {
        range: entry.range,
        severity: context.development || policy.purpose === 'static' ? 'information' : 'warning',
        witness,
        message: [
          `"${witness}" can read these responses, and so can every website.`,
          entry.byDefault
            ? `No origin is given, and the default of ${policy.title} is to send back whatever origin asks.`
            : 'The Origin of whoever asks is written back without a check.',
          'Compare it with a list of exact origins.',
        ],
        fixes: [allowOnlyFix(context), switchOffFix(context)],
      };
    }
  },
});
