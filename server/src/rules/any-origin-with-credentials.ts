/** Every website can read these responses with cookies. */
import { provenSender } from '../verdict/analyse.ts';
import type { OriginEntry } from '../policy/policy.ts';
import type { Report, RuleContext, Severity } from './rule.ts';
import { defineRule } from './rule.ts';
import { allowOnlyFix, dropCredentialsFix, switchOffFix } from './fixes.ts';
import { credentialsLine, entryWithCookies, stranger, whyOpen } from './strangers.ts';

export const rule = defineRule({
  id: 'any-origin-with-credentials',
  title: 'Every website can read these responses with cookies',
  description:
    'The origin of whoever asks is allowed, together with credentials. A page on any website can make ' +
    `the user's browser call this server with the user's cookies and read the answer: what the user ` +
    'sees, that page sees.',
  severity: 'error',
  severityNote: 'warning for development servers, information in files and branches for development',
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
app.use(cors({ origin: true, credentials: true }));
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: ['https://app.example.com'], credentials: true }));
`,
  },
  *policy(context) {
    const { policy, verdict } = context;
    if (verdict.anyoneWithCredentials === 'unknown' && verdict.anyoneSendsWithCredentials === true)
      yield* everybodySends(context);
    if (verdict.anyoneWithCredentials !== true) return;
    // The misspelt option is the cause, and a finding of its own.
    if (policy.facts.some((fact) => fact.kind === 'unknown-option' && fact.opens)) return;
    const witness = stranger(context, { credentials: true });
    if (witness === undefined) return;
    const entry = entryWithCookies(policy);
    // Who gets in where a variable is not set is told where its fallback stands.
    if (entry === undefined && policy.settings.origins.value.some(({ kind }) => kind === 'fallback')) return;
    yield {
      range: entry?.range ?? policy.range,
      severity: severityOf(context),
      witness,
      message: [
        `"${witness}" can read these responses with the user's cookies, and so can every website.`,
        howOpen(entry, policy.title),
        entry?.unanswered
          ? 'Let the function refuse whom it does not know, or send no credentials.'
          : 'Compare the origin with a list of exact origins, or send no credentials.',
      ],
      related: credentialsLine(context),
      fixes: [allowOnlyFix(context), dropCredentialsFix(context), switchOffFix(context)],
    };
  },
});

function howOpen(entry: OriginEntry | undefined, title: string): string {
  const why = entry?.unanswered ? whyOpen(entry, title) : undefined;
  return (
    why ??
    (entry?.kind === 'any'
      ? `${title} answers with the caller's own origin here, not with "*", so browsers send credentials along.`
      : 'Whatever origin asks is sent back as allowed, together with credentials.')
  );
}

/** A developer's own server with the developer's cookies is worth a look; a branch that only runs there is known to be one. */
function severityOf({ policy, development }: RuleContext): Severity {
  return policy.purpose === 'development' ? 'warning' : development ? 'information' : 'error';
}

/** Preflights let everybody through, and something else answers the request itself: whether that can be read is not known. */
function* everybodySends(context: RuleContext): Iterable<Report> {
  const { policy, verdict, trustedOrigins } = context;
  const entry = entryWithCookies(policy);
  const witness = entry && provenSender(policy, verdict.credentialedSenders, { domains: [], origins: trustedOrigins });
  if (entry === undefined || witness === undefined) return;
  yield {
    range: entry.range,
    severity: severityOf(context),
    witness,
    message: [
      `"${witness}" can send requests with the user's cookies, and so can every website.`,
      `${policy.title} answers each preflight with the caller's own origin; whether the response can be ` +
        'read is up to what answers the request itself.',
      'Compare the origin with a list of exact origins, or send no credentials.',
    ],
    related: credentialsLine(context),
    fixes: [allowOnlyFix(context), dropCredentialsFix(context), switchOffFix(context)],
  };
}
