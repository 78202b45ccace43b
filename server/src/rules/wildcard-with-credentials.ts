/** "*" together with credentials. */
import type { OriginEntry, Policy } from '../policy/policy.ts';
import type { Verdict } from '../policy/verdict.ts';
import { inspectOrigin } from '../policy/serialised-origin.ts';
import { defineRule } from './rule.ts';
import { allowOnlyFix, dropCredentialsFix, switchOffFix, unsafe } from './fixes.ts';
import { credentialsLine } from './strangers.ts';

export const rule = defineRule({
  id: 'wildcard-with-credentials',
  title: '"*" together with credentials',
  description:
    'Browsers refuse `Access-Control-Allow-Origin: *` for requests with credentials, so that nobody ' +
    'can use this policy as it is meant. It is broken, not dangerous; the dangerous way out is to send ' +
    'back whatever origin asks.',
  severity: 'error',
  profile: 'default',
  severityNote: 'warning where both are defaults, information in files for development',
  fix: 'unsafe',
  specification: 'https://fetch.spec.whatwg.org/#cors-protocol-and-credentials',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: '*', credentials: true }));
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: 'https://app.example.com', credentials: true }));
`,
  },
  *policy(context) {
    const { policy, verdict } = context;
    const inPreflight = verdict.wildcardWithCredentials !== true;
    // A value or name because of which the settings are refused is a finding of its own.
    const rejected =
      policy.refusesToStart !== undefined &&
      !policy.facts.some(
        (fact) =>
          ['rejected-value', 'joined-origin'].includes(fact.kind) ||
          (fact.kind === 'duplicate-header' && fact.refusal !== undefined) ||
          (fact.kind === 'unknown-option' && (fact.refusal !== undefined || fact.rejected)),
      ) &&
      !policy.settings.origins.value.some(isToldAsMalformed);
    if (inPreflight && verdict.wildcardWithCredentialsInPreflight !== true && !rejected) return;
    if (verdict.anyoneWithCredentials === true && !rejected) return;
    if (policy.facts.some((fact) => fact.kind === 'unknown-option' && fact.opens)) return;
    const origins = policy.settings.origins.value;
    const entry = origins.find(({ kind }) => kind === 'any');
    // Where nobody asked for either, requests with cookies may never be meant.
    const isMade = entry === undefined && origins.every(({ kind }) => kind !== 'fallback');
    const unasked = !rejected && (isMade || entry?.byDefault === true) && !policy.settings.credentials.written;
    yield {
      range: entry?.range ?? policy.settings.origins.range,
      // Most of what a developer's own server is asked for needs no cookies.
      ...(policy.purpose === 'development' && !rejected && { severity: 'information' as const }),
      ...(unasked && policy.purpose !== 'development' && { severity: 'warning' as const }),
      message: [
        rejected ? `${policy.title} rejects these settings.` : summaryOf(policy, entry, unasked),
        rejected ? policy.refusesToStart! : whatFails(inPreflight, verdict),
        rejected && entry === undefined
          ? 'Correct them.'
          : isMade
            ? 'Answer each listed origin with itself, or send no credentials.'
            : 'Name the origins that send credentials, or send no credentials.',
      ],
      related: credentialsLine(context),
      // Settings that are rejected for another reason are not mended by other origins.
      fixes:
        rejected && entry === undefined
          ? [
              unsafe(
                'Write the origins as a list',
                'the settings count then',
                policy.edits.repairOrigin?.(context.allowlist.origins, context.allowlist.placeholder),
                true,
              ),
            ]
          : [allowOnlyFix(context), dropCredentialsFix(context), switchOffFix(context)],
    };
  },
  *fact(fact, context) {
    if (fact.kind !== 'open-with-credentials' || context === undefined) return;
    const { policy, development } = context;
    const areOn = policy.settings.credentials.value === true;
    const isForDevelopment = development || policy.purpose === 'development';
    yield {
      range: fact.range,
      severity: isForDevelopment ? 'information' : areOn ? 'error' : 'warning',
      message: [
        areOn ? '"*" together with credentials is wrong either way.' : '"*" stands here, and credentials may be on.',
        areOn
          ? `Browsers refuse "*" for requests with cookies; where ${policy.title} sends the caller's own origin ` +
            'instead, every website reads them.'
          : 'Without credentials every website can read these responses; with them, nobody or everybody can use cookies.',
        'Name the origins that send credentials, or send no credentials.',
      ],
      related: credentialsLine(context),
      fixes: [allowOnlyFix(context), dropCredentialsFix(context), switchOffFix(context)],
    };
  },
});

/** What is sent. Where no star is written, the library makes one of something else. */
function summaryOf({ title }: Policy, entry: OriginEntry | undefined, unasked: boolean): string {
  if (!unasked) return 'Browsers refuse "*" together with credentials.';
  return entry === undefined
    ? `${title} sends "*" with credentials here, which browsers refuse.`
    : `The default of ${title} is "*" with credentials, which browsers refuse.`;
}

/** Where another way in is open with cookies, those that it names may use it. */
function whatFails(inPreflight: boolean, { credentialedReaders }: Verdict): string {
  if (inPreflight) return 'Every preflight for a request with cookies fails, whoever makes it.';
  return credentialedReaders.isEmpty
    ? 'Every request with cookies fails, whoever makes it.'
    : 'Requests with cookies fail wherever "*" is the answer.';
}

/** An origin that no page has, and because of which the application stops: `malformed-origin` says so. */
function isToldAsMalformed({ stops, text }: OriginEntry): boolean {
  if (stops === undefined || text === undefined) return false;
  const { valid, problems } = inspectOrigin(text);
  return !valid && !problems.includes('wildcard') && !problems.includes('several-origins');
}
