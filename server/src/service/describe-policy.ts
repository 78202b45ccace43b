/** A policy in words: who can read, with and without cookies, and what a preflight gets. For the hover and the command line. */
import { passesPreflight } from '../browser/fetch-cors.ts';
import { circumstancesOfReader, verdictOf } from '../verdict/analyse.ts';
import { letsInPreflightsAlone, readersOfAnyAnswer, readsOf } from '../verdict/readers.ts';
import { answer, combinedValue } from '../policy/answer.ts';
import { shortestMember } from '../policy/origin-set.ts';
import type { NameEntry, Policy } from '../policy/policy.ts';
import type { CorsRequest } from '../policy/request.ts';
import type { RequestTest } from '../policy/request-test.ts';
import type { Verdict } from '../policy/verdict.ts';
import { sentence } from '../rules/sentences.ts';
import { asSent } from './layers.ts';
import { markdownText } from './markdown.ts';
import { atRunTime, quotedCode as code, shownShort as shown, wordsFor } from './readers-in-words.ts';
import { visible } from './visible-text.ts';

export interface PolicyDescription {
  /** `cors 2.8.6`. */
  readonly title: string;
  /** `every route`. */
  readonly scope: string;
  readonly rows: readonly PolicyRow[];
}
export interface PolicyRow {
  readonly name: string;
  /** One line of Markdown; what is quoted from the source or sent in a header is a code span. */
  readonly value: string;
  /** The framework fills it in; nobody wrote it. */
  readonly byDefault: boolean;
}

export const readNames = { without: 'Read without cookies', withCookies: "Read with the user's cookies" } as const;

/** `text` is the document that the policy was read from; code is quoted from it. */
export function describePolicy(read: Policy, text: string): PolicyDescription {
  const policy = asSent(read);
  const { settings } = policy;
  const verdict = verdictOf(policy);
  const rows: PolicyRow[] = [];
  if (policy.refusesToStart !== undefined)
    rows.push({ name: 'Starts', value: `no: ${markdownText(shown(policy.refusesToStart))}`, byDefault: false });
  rows.push(
    { name: readNames.without, value: withoutCookies(verdict, policy, text), byDefault: !settings.origins.written },
    {
      name: readNames.withCookies,
      value: withCookies(verdict, policy, text),
      byDefault: !settings.credentials.written,
    },
    ...preflightRows(policy, verdict),
  );
  const exposed = valueInAnswer(policy, verdict, 'access-control-expose-headers');
  rows.push({
    name: 'Headers that scripts see',
    value:
      exposed === undefined || exposed === '' ? 'the safelisted ones' : exposed === null ? atRunTime : code(exposed),
    byDefault: !settings.exposedHeaders?.written,
  });
  rows.push({ name: 'Caches keep origins apart', value: varies(verdict), byDefault: false });
  return { title: visible(shown(policy.title)), scope: visible(shown(policy.scope)), rows };
}

function withoutCookies({ readers }: Verdict, policy: Policy, text: string): string {
  const words = wordsFor(readers, policy, text);
  if (words !== 'nobody') return words;
  return letsInPreflightsAlone(policy)
    ? 'nobody: only preflights get these headers'
    : errorsOnly(policy, text, { credentials: false });
}

function withCookies(verdict: Verdict, policy: Policy, text: string): string {
  if (verdict.wildcardWithCredentials === true && verdict.credentialedReaders.isEmpty)
    return 'nobody: browsers refuse `*` together with credentials';
  const words = wordsFor(verdict.credentialedReaders, policy, text);
  return words === 'nobody' ? errorsOnly(policy, text, { credentials: true }) : words;
}

/** Where the server itself answers with an error, whoever is let in reads that, and nothing else. */
function errorsOnly(policy: Policy, text: string, how: { readonly credentials: boolean }): string {
  const words = wordsFor(readersOfAnyAnswer(policy, how), policy, text);
  return words === 'nobody' ? words : `errors only: ${words}`;
}

/** Policies that come to the same are told once, with all that they cover. */
export function describeTogether(policies: readonly Policy[], text: string): readonly PolicyDescription[] {
  const found = new Map<string, PolicyDescription>();
  for (const policy of policies) {
    const described = describePolicy(policy, text);
    const key = JSON.stringify([described.title, described.rows]);
    const before = found.get(key);
    const scopes = before?.scope.split(', ') ?? [];
    found.set(
      key,
      before
        ? {
            ...before,
            scope: scopes.includes(described.scope) ? before.scope : [...scopes, described.scope].join(', '),
          }
        : described,
    );
  }
  return [...found.values()];
}

type Asked = NonNullable<CorsRequest['preflight']>;

/** A method and a header that nobody lists: what comes back of them was asked for. */
const unlisted: Asked = { method: 'CORS-LINT', headers: ['x-cors-lint'] };

const mostFailures = 3;

/** Preflights that come to something else before they come to this policy. */
function failures({ facts }: Policy): PolicyRow[] {
  const values = facts.flatMap((fact) =>
    fact.kind === 'unhandled-preflight'
      ? [`for ${markdownText(shown(fact.needs))}. ${sentence(markdownText(shown(fact.why)))}`]
      : [],
  );
  return [...new Set(values)]
    .slice(0, mostFailures)
    .map((value) => ({ name: 'Preflight: fails', value, byDefault: false }));
}

/** What is answered to a preflight from an origin that gets in. */
function preflightRows(policy: Policy, verdict: Verdict): PolicyRow[] {
  const { settings } = policy;
  const { asked, given, methods } = acceptedPreflight(policy, sampleOrigin(verdict));
  const list = (name: string, echo: string, absent: string, isEchoed: boolean): string => {
    const value = combinedValue(given, name);
    if (value === null) return atRunTime;
    if (value === undefined || value === '') return absent;
    return isEchoed && listed(value).includes(echo.toLowerCase()) ? 'whatever is asked for' : code(value);
  };
  const isAnyMethod = asked.method === unlisted.method;
  const isAnyHeader = asked.headers === unlisted.headers;
  const seconds = combinedValue(given, 'access-control-max-age');
  const failing = failures(policy);
  return [
    { name: 'Preflight: status', value: statusWords(given.status, failing.length > 0), byDefault: false },
    ...failing,
    {
      name: 'Preflight: methods',
      value:
        methods === undefined
          ? list('access-control-allow-methods', asked.method, 'GET, HEAD and POST only', isAnyMethod)
          : code(methods.join(', ')),
      byDefault: !settings.methods?.written,
    },
    {
      name: 'Preflight: request headers',
      value: list('access-control-allow-headers', asked.headers.join(','), 'safelisted ones only', isAnyHeader),
      byDefault: !settings.allowedHeaders?.written,
    },
    {
      name: 'Preflight: remembered for',
      value:
        seconds === null
          ? atRunTime
          : seconds === undefined
            ? "5 seconds, the browsers' default"
            : /^\d+$/.test(seconds)
              ? `${seconds} seconds`
              : code(seconds),
      byDefault: !settings.maxAge?.written,
    },
  ];
}

/** Where some preflights fail before, a success is that of those which come to this policy, if any do. */
function statusWords(status: number | null, someFail: boolean): string {
  const isSuccess = status !== null && status < 300;
  if (someFail && isSuccess) return `${status}, where one gets here`;
  if (status !== null) return String(status);
  return someFail ? 'decided by the application, where one gets here' : 'decided by the application';
}

function listed(value: string): string[] {
  return value.split(',').map((name) => name.trim().toLowerCase());
}

interface Accepted {
  readonly asked: Asked;
  readonly given: Answer;
  /** Those that are accepted one by one, where an answer says no more than what was asked for. */
  readonly methods?: readonly string[];
}

type Answer = ReturnType<typeof answer>;

const usualMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Some servers refuse what they do not list, or are silent then: their answers are those to a method and to headers that they take.
 */
function acceptedPreflight(policy: Policy, origin: string): Accepted {
  const circumstances = circumstancesOfReader(policy, origin);
  const given = (asked: Asked): Answer =>
    answer(policy, { origin, method: 'OPTIONS', preflight: asked, cookie: false, circumstances });
  const first = given(unlisted);
  const allowed = namesOf(policy.settings.allowedHeaders).map((name) => name.toLowerCase());
  if (isTold(first, allowed)) return { asked: unlisted, given: first };
  const methods = [...new Set([...namesOf(policy.settings.methods), ...usualMethods])];
  let best: Accepted | undefined = isRefused(first) ? undefined : { asked: unlisted, given: first };
  for (const asked of requestsOf(methods, allowed)) {
    const next: Accepted = { asked, given: given(asked) };
    if (!isRefused(next.given) && (best === undefined || toldIn(next.given) > toldIn(best.given))) best = next;
    if (isTold(next.given, allowed)) break;
  }
  if (best === undefined) return { asked: unlisted, given: first };
  const { headers } = best.asked;
  const passing = methods.filter((method) => {
    const page = { origin, method, headers, credentials: false };
    return !isRefused(given({ method, headers })) && passesPreflight(page, () => given({ method, headers })) !== false;
  });
  const isEcho =
    best.asked !== unlisted && passing.filter((method) => isEchoed(given({ method, headers }), method)).length > 1;
  return isEcho ? { ...best, methods: passing } : best;
}

/** The answer names the method that was asked for, and no other. */
function isEchoed(given: Answer, method: string): boolean {
  return combinedValue(given, 'access-control-allow-methods') === method;
}

/** Each method with headers that nobody lists, with those that are listed, and with none. */
function* requestsOf(methods: readonly string[], listed: readonly string[]): Generator<Asked> {
  for (const method of methods)
    for (const headers of [unlisted.headers, [...listed].sort(), []]) yield { method, headers };
}

/** It is let in, and told which methods it may use, and which headers where some are listed. */
function isTold(given: Answer, headers: readonly string[]): boolean {
  return !isRefused(given) && says(given, 'methods') && (headers.length === 0 || says(given, 'headers'));
}

/** Some libraries never name the methods: an answer that names the headers is the one that says most. */
function toldIn(given: Answer): number {
  return Number(says(given, 'methods')) + Number(says(given, 'headers'));
}

function says(given: Answer, what: 'methods' | 'headers'): boolean {
  return combinedValue(given, `access-control-allow-${what}`) !== undefined;
}

/** By its status, or by an answer that lets no page in. */
function isRefused(given: Answer): boolean {
  const isError = given.status !== null && given.status >= 400;
  return isError || combinedValue(given, 'access-control-allow-origin') === undefined;
}

/** The names that somebody listed; a `*` among them is no name. */
function namesOf(setting: { readonly value: readonly NameEntry[] | null | 'unknown' } | undefined): string[] {
  const names = setting === undefined || setting.value === 'unknown' ? [] : (setting.value ?? []);
  return names.map(({ text }) => text).filter((text) => /^[\w-]+$/.test(text));
}

function valueInAnswer(policy: Policy, verdict: Verdict, header: string): string | null | undefined {
  const origin = sampleOrigin(verdict);
  return combinedValue(
    answer(policy, {
      origin,
      method: readsOf(policy).method,
      cookie: false,
      circumstances: circumstancesOfReader(policy, origin),
    }),
    header,
  );
}

function varies({ varyMissing, varyMissingFromRefusals, readers }: Verdict): string {
  if (varyMissing === 'unknown') return atRunTime;
  if (varyMissing) return 'no: `Vary: Origin` is missing';
  return varyMissingFromRefusals === true && !readers.isEmpty
    ? 'yes where somebody gets in; refusals lack `Vary: Origin`'
    : 'yes, or the answer is the same for all';
}

/** An origin that gets in, with cookies where one does: the description is of what it is told. */
export function sampleOrigin({ readers, credentialedReaders }: Verdict): string {
  for (const { test, has } of [credentialedReaders, readers]) {
    const named = firstNamed(test, (origin) => has(origin) === true);
    if (named !== undefined) return named;
  }
  return readers.witness({ domains: [], origins: [] }) ?? shortestMember(readers) ?? 'https://app.example.com';
}

function firstNamed(test: RequestTest, accepted: (origin: string) => boolean): string | undefined {
  if (test.kind === 'origin')
    return test.operator === 'equals' && test.part === 'origin' && test.text !== '' && accepted(test.text)
      ? test.text
      : undefined;
  if (test.kind !== 'all' && test.kind !== 'some') return undefined;
  for (const part of test.tests) {
    const found = firstNamed(part, accepted);
    if (found !== undefined) return found;
  }
  return undefined;
}
