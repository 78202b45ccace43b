/** Who gets in and should not: witnesses, and words for what they can do. */
import { encloses } from '../syntax/range.ts';
import type { HeaderRule, OriginEntry, Policy } from '../policy/policy.ts';
import { provenWitness } from '../verdict/analyse.ts';
import { openPublicSuffixes } from '../policy/origin-questions.ts';
import { originSet } from '../policy/origin-set.ts';
import { sharedSome } from '../policy/request-test.ts';
import type { RuleContext } from './rule.ts';
import { openNameUnderSuffix } from './shared-hosts.ts';

/** An origin outside of what is trusted that reads, proven by the models of server and browser. */
export function stranger(context: RuleContext, options: { readonly credentials: boolean }): string | undefined {
  const { policy, verdict, trustedOrigins } = context;
  const set = options.credentials ? verdict.credentialedReaders : verdict.readers;
  return provenWitness(policy, set, { domains: [], origins: trustedOrigins }, options);
}

/** A stranger that this one entry lets in although its own text names other domains, or none: `^https://shop\..*$`. */
export function strangerThrough(
  entry: OriginEntry,
  context: RuleContext,
): { readonly origin: string; readonly withCredentials: boolean } | undefined {
  const { policy, trustedOrigins } = context;
  const set = originSet(entry.accepts);
  // Below shared hosting, a name that is open, whole or in part, is a finding of its own.
  const shared = [openNameUnderSuffix(set)?.suffix, ...openPublicSuffixes(set)].filter(
    (suffix) => suffix?.includes('.') === true,
  ) as string[];
  const outside = { domains: [...set.namedDomains, ...shared], origins: trustedOrigins };
  const withCookies = provenWitness(policy, set, outside, { credentials: true });
  if (withCookies !== undefined) return { origin: withCookies, withCredentials: true };
  const origin = provenWitness(policy, set, outside, { credentials: false });
  return origin === undefined ? undefined : { origin, withCredentials: false };
}

export const withOrWithout = (credentials: boolean): string => (credentials ? " with the user's cookies" : '');

/** The credentials line, for a finding on an origin. */
export function credentialsLine({ policy }: RuleContext): { range: { start: number; end: number }; message: string }[] {
  const { credentials } = policy.settings;
  if (!credentials.written)
    return credentials.value === true
      ? [{ range: credentials.range, message: `Credentials are on by default with ${policy.title}.` }]
      : [];
  if (credentials.value === false) return [];
  const message =
    credentials.value === true
      ? 'Credentials are switched on here.'
      : 'What this holds decides whether credentials are on.';
  return [{ range: credentials.range, message }];
}

/** Why an entry is open that nobody wrote as open. */
export function whyOpen(entry: OriginEntry, title: string): string | undefined {
  if (entry.unanswered) return `The function gives some origins no answer, and ${title} lets them in then.`;
  return entry.byDefault ? `No origin is given, and the default of ${title} is to let everybody in.` : undefined;
}

/** Whether the entry by itself accepts every origin. */
export function isOpen(entry: OriginEntry): boolean {
  return originSet(entry.accepts).isEverything;
}

/** The entry through which pages that send cookies get in: not one that sends a star, which browsers refuse then, beside another. */
export function entryWithCookies({ settings, headers }: Policy): OriginEntry | undefined {
  const entries = settings.origins.value;
  const open = entries.filter(({ kind }) => kind === 'reflect' || kind === 'any');
  const named = open.filter((entry) => !isSentAsStar(entry, headers));
  // What only answers preflights lets nobody read.
  return named.find(({ accepts }) => !originSet(accepts).isEmpty) ?? openCheck(entries) ?? named[0] ?? open[0];
}

/** Whether the header is a star wherever this entry is written into it. */
function isSentAsStar({ range }: OriginEntry, headers: readonly HeaderRule[]): boolean {
  const values = headers
    .filter((rule) => rule.name === 'access-control-allow-origin' && encloses(rule.range, range))
    .map(({ value }) => value);
  return values.length > 0 && values.every((value) => value.kind === 'text' && value.text === '*');
}

/** The check or pattern that accepts every origin: by itself, or with those before it, which take the other cases. */
export function openCheck(entries: readonly OriginEntry[]): OriginEntry | undefined {
  const checks = entries.filter(({ kind }) => kind === 'pattern' || kind === 'predicate');
  const open = checks.find(isOpen);
  if (open !== undefined || !areOpen(checks)) return open;
  return checks.find((_, at) => areOpen(checks.slice(0, at + 1)));
}

function areOpen(entries: readonly OriginEntry[]): boolean {
  return originSet(sharedSome(entries.map(({ accepts }) => accepts))).isEverything;
}
