/** An http: origin is trusted with credentials. */
import { defineRule } from './rule.ts';
import type { OriginEntry } from '../policy/policy.ts';
import type { OriginTest } from '../policy/request-test.ts';
import { insecureOrigin } from '../policy/origin-questions.ts';
import { originSet } from '../policy/origin-set.ts';
import { canRead } from '../verdict/analyse.ts';
import { inspectOrigin, isLoopbackHost, isPrivateHost } from '../policy/serialised-origin.ts';
import { unsafe } from './fixes.ts';
import type { Report, RuleContext } from './rule.ts';
import { credentialsLine, isOpen, strangerThrough } from './strangers.ts';

export const rule = defineRule({
  id: 'insecure-origin',
  title: 'An http: origin is trusted with credentials',
  description:
    'Whoever sits between the user and an `http:` page can change that page, and with it read these ' +
    `responses with the user's cookies.`,
  severity: 'warning',
  profile: 'default',
  fix: 'unsafe',
  cwe: 319,
  specification: 'https://www.w3.org/TR/mixed-content/',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: ['http://app.example.com'], credentials: true }));
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
    const { policy, verdict, development } = context;
    if (verdict.credentials !== true || development) return;
    for (const entry of policy.settings.origins.value) {
      if (entry.kind === 'pattern' || entry.kind === 'predicate') {
        yield* throughPattern(entry, context);
        continue;
      }
      const inspected = entry.kind === 'text' && entry.text !== undefined ? inspectOrigin(entry.text) : undefined;
      if (inspected?.valid !== true || !entry.text!.startsWith('http://')) continue;
      const host = new URL(entry.text!).hostname;
      if (
        isLoopbackHost(host) ||
        isPrivateHost(host) ||
        !host.includes('.') ||
        !canRead(policy, entry.text!, { credentials: true })
      )
        continue;
      const secure = entry.text!.replace(/^http:/, 'https:');
      yield {
        range: entry.range,
        message: [
          `"${entry.text}" is not encrypted and can read these responses with the user's cookies.`,
          'Whoever can change that page on its way to the user reads along.',
          `Serve it over https and allow "${secure}" instead.`,
        ],
        related: credentialsLine(context),
        // Twice in a list does no harm; in a map or a switch of Go it does not compile.
        fixes: [
          policy.settings.origins.value.some(({ text }) => text === secure)
            ? unsafe(`Remove ${entry.text}`, 'its pages are locked out', entry.edits?.remove?.())
            : unsafe(`Replace by ${secure}`, 'pages over http are locked out', entry.edits?.replaceText?.(secure)),
        ],
      };
    }
  },
});

const eitherScheme = /https\?|http\(s\)\?|http\(\?:s\)\?|\((?:\?:)?(?:http\|https|https\|http)\)/;

/** A pattern that spells out both schemes. One that names none is taken for what it says of the host. */
function* throughPattern(entry: OriginEntry, context: RuleContext): Iterable<Report> {
  const { policy } = context;
  const tests: readonly OriginTest[] = entry.pattern ? [] : (entry.tests ?? []);
  const named =
    entry.pattern ??
    tests
      .map((test) => (test.operator === 'matches' && test.part === 'origin' ? test.pattern : undefined))
      .find((pattern) => pattern !== undefined && eitherScheme.test(pattern.source));
  if (
    named === undefined ||
    !eitherScheme.test(named.source) ||
    isOpen(entry) ||
    strangerThrough(entry, context) !== undefined
  )
    return;
  const witness = insecureOrigin(originSet(entry.accepts));
  if (witness === undefined || !canRead(policy, witness, { credentials: true })) return;
  const test = tests.find((one) => one.operator === 'matches' && one.pattern === named);
  const secure = named.source.replace(eitherScheme, 'https');
  const isHost = entry.matching === 'wildcard' && entry.text?.includes('://') === false;
  if (isHost) return yield* throughHost(entry, witness, context);
  const edits = test ? entry.edits?.replaceTestPattern?.(test, secure) : entry.edits?.replacePattern?.(secure);
  yield {
    range: test?.range?.path === undefined ? (test?.range ?? entry.range) : entry.range,
    witness,
    message: [
      `"${witness}" is not encrypted and can read these responses with the user's cookies.`,
      'Whoever can change that page on its way to the user reads along.',
      'Serve it over https and allow "https:" alone.',
    ],
    related: credentialsLine(context),
    fixes: [unsafe(`Allow https alone: ${secure}`, 'pages over http are locked out', edits)],
  };
}

/** A host without a scheme lets pages of either in. */
function* throughHost(entry: OriginEntry, witness: string, context: RuleContext): Iterable<Report> {
  const secure = `https://${entry.text}`;
  yield {
    range: entry.range,
    witness,
    message: [
      `"${witness}" is not encrypted and can read these responses with the user's cookies.`,
      'A host without a scheme lets its http: pages in too, and whoever can change one on its way to the user reads along.',
      `Write "${secure}".`,
    ],
    related: credentialsLine(context),
    fixes: [
      unsafe(`Allow https alone: ${secure}`, 'pages over http are locked out', entry.edits?.replaceText?.(secure)),
    ],
  };
}
