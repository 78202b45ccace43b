/** A policy in a few words, for the line above it: who reads its responses. The hover says the same at length. */
import { decidePageRequest } from '../browser/fetch-cors.ts';
import type { BlockedReason } from '../browser/decision.ts';
import { answer } from '../policy/answer.ts';
import type { Policy } from '../policy/policy.ts';
import { inspectOrigin } from '../policy/serialised-origin.ts';
import type { Verdict } from '../policy/verdict.ts';
import { verdictOf } from '../verdict/analyse.ts';
import { answersErrorsOnly, letsInPreflightsAlone, readsOf } from '../verdict/readers.ts';
import { asSent } from './layers.ts';
import { atRunTime, waysInto } from './readers-in-words.ts';
import type { WaysIn } from './readers-in-words.ts';
import { shortened, visible } from './visible-text.ts';

/** In UTF-16 units; a longer one is counted instead of shown. */
const longestOrigin = 60;
const summaries = new WeakMap<Policy, string>();

/**
 * Plain text on one line: `every website, with cookies`, `3 origins, without cookies`, `nobody: no page has the origin
 * https://shop.example/`. What the text does not decide is said to be decided at run time. `text` is the document.
 */
export function summaryOf(policy: Policy, text: string): string {
  let summary = summaries.get(policy);
  if (summary === undefined) summaries.set(policy, (summary = visible(worded(asSent(policy), text))));
  return summary;
}

function worded(policy: Policy, text: string): string {
  if (policy.refusesToStart !== undefined) return 'nobody: it does not start with these settings';
  const verdict = verdictOf(policy);
  const [without, withCookies] = [verdict.readers, verdict.credentialedReaders].map((set) =>
    waysInto(set, policy, text),
  ) as [WaysIn, WaysIn];
  if (without.nobody && withCookies.nobody) return `nobody: ${whyNobody(policy)}`;
  const stranger = withCookies.stranger ?? without.stranger;
  const letsIn = stranger === undefined ? '' : `; lets in ${shortened(stranger, longestOrigin)}`;
  return readersOf(without, withCookies, verdict) + letsIn;
}

function readersOf(without: WaysIn, withCookies: WaysIn, verdict: Verdict): string {
  const [words, wordsOfCookies] = [inFewWords(without), inFewWords(withCookies)];
  if (words === atRunTime && wordsOfCookies === atRunTime) return atRunTime;
  if (withCookies.nobody) return `${words}, ${withoutCookies(verdict)}`;
  const same = words !== atRunTime && isSame(without, withCookies);
  return same ? `${words}, with cookies` : `${words}; with cookies: ${wordsOfCookies}`;
}

function withoutCookies({ wildcardWithCredentials }: Verdict): string {
  return wildcardWithCredentials === true ? 'but with cookies nobody: browsers refuse "*" then' : 'without cookies';
}

function isSame(one: WaysIn, other: WaysIn): boolean {
  const named = ({ stranger: _, ...ways }: WaysIn): string => JSON.stringify(ways);
  return named(one) === named(other);
}

function inFewWords(ways: WaysIn): string {
  const words = whoIsIn(ways);
  return ways.depends && words !== 'nobody' && words !== atRunTime ? `${words}, not on every request` : words;
}

function whoIsIn(ways: WaysIn): string {
  if (ways.everybody) return everyWebsite(ways);
  const { nobody, origins, patterns, others, sandboxed } = ways;
  if (nobody) return 'nobody';
  const named = origins.filter((origin) => origin !== 'null');
  const parts = [
    ...(named.length === 1 && named[0]!.length <= longestOrigin ? [named[0]!] : counted(named.length, 'origin')),
    ...counted(patterns.length, 'pattern'),
    ...(sandboxed || origins.includes('null') ? ['sandboxed pages'] : []),
  ];
  if (parts.length === 0) return atRunTime;
  if (others) parts.push('possibly others');
  return parts.join(' and ');
}

function everyWebsite({ onlyOver, someOverOther, keepsSomeOut }: WaysIn): string {
  const over = onlyOver === undefined ? '' : ` over ${onlyOver}`;
  return `every website${over}${keepsSomeOut ? ' but some' : ''}${someOverOther === undefined ? '' : ' and others'}`;
}

function counted(count: number, noun: string): string[] {
  return count === 0 ? [] : [`${count} ${noun}${count === 1 ? '' : 's'}`];
}

/** What the browser misses, of the first origin that is named. */
function whyNobody(policy: Policy): string {
  if (answersErrorsOnly(policy)) return 'its answers are errors';
  if (letsInPreflightsAlone(policy)) return 'only preflights get these headers';
  const named = policy.settings.origins.value.flatMap(({ kind, text }) =>
    kind === 'text' && text !== undefined ? [text] : [],
  );
  const valid = named.find((text) => inspectOrigin(text).valid);
  if (valid === undefined)
    return named.length === 0
      ? 'no origin is allowed'
      : `no page has the origin ${shortened(named[0]!, longestOrigin)}`;
  const { method } = readsOf(policy);
  const decision = decidePageRequest({ origin: valid, method, headers: [], credentials: 'omit' }, (request) =>
    answer(policy, request),
  );
  if (decision.readable === true) return 'its answers are errors';
  return (decision.readable === false && reasons[decision.reason]) || 'no origin is allowed';
}

const reasons: { readonly [reason in BlockedReason]?: string } = {
  'no-allow-origin': 'no Access-Control-Allow-Origin is sent',
  'multiple-allow-origin': 'Access-Control-Allow-Origin holds several values',
  'origin-mismatch': "Access-Control-Allow-Origin is no page's origin",
};
