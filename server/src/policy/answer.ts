/** What a server with this policy sends back to one request. */
import { deciderFor } from './decide.ts';
import { firstQuestion } from './open-questions.ts';
import type { HeaderRule, HeaderValue, Policy } from './policy.ts';
import type { Answer, Circumstances, CorsRequest } from './request.ts';
import type { RequestTest } from './request-test.ts';
import type { Ternary } from './verdict.ts';

/** The statuses on which nginx sends a header that was added without `always`. */
const successStatuses = new Set([200, 201, 204, 206, 301, 302, 303, 304, 307, 308]);

type Lines = readonly string[] | null | undefined;

/** Decides conditions for the one request that is answered. */
type Decide = (test: RequestTest) => Ternary;

type Rules = Pick<Policy, 'headers' | 'statuses'>;

/** Most cases that are told apart for one header; beyond them it is not known. */
const mostCases = 16;

/**
 * Applies the header rules in order. A header that the policy's text does not decide is null; one that is the same however that comes
 * out is decided. Where the application decides the status, it is the one that the request names, else the answer is that of a request
 * that succeeds.
 */
export function answer(policy: Rules, request: CorsRequest): Answer {
  const decide = deciderFor(request);
  const { headers, open } = apply(policy, request, decide);
  for (const name of open) {
    const rules = { ...policy, headers: policy.headers.filter((rule) => rule.name === name) };
    const lines = inEachCase(name, rules, request, decide);
    if (lines === undefined) headers.delete(name);
    else headers.set(name, lines);
  }
  return { status: statusOf(policy, request, decide), headers };
}

/** The header's lines where they are the same in every case; null where they are not, or where no case decides them. */
function inEachCase(name: string, policy: Rules, request: CorsRequest, decide: Decide): Lines {
  let cases = 0;
  const linesFor = (asked: CorsRequest, decide = deciderFor(asked)): Lines => {
    const { headers, open } = apply(policy, asked, decide);
    if (!open.has(name)) return headers.get(name);
    const question = firstQuestion([...policy.headers, ...policy.statuses], asked, decide);
    if (question === undefined || ++cases > mostCases) return null;
    const [first, ...others] = question.outcomes;
    const lines = linesFor({ ...asked, circumstances: first! });
    const isSame = (circumstances: Circumstances): boolean => same(linesFor({ ...asked, circumstances }), lines);
    return lines !== null && others.every(isSame) ? lines : null;
  };
  return linesFor(request, decide);
}

/** The lines of each header; `open`: those that are null because a rule may apply or not. */
function apply(
  policy: Rules,
  request: CorsRequest,
  decide: Decide,
): { headers: Map<string, readonly string[] | null>; open: Set<string> } {
  const status = statusOf(policy, request, decide);
  const headers = new Map<string, readonly string[] | null>();
  const open = new Set<string>();
  for (const rule of policy.headers) {
    if (rule.statuses === 'success' && status !== null && !successStatuses.has(status)) continue;
    if (rule.statuses === 'handled' && request.throws) continue;
    const applies = decide(rule.when);
    if (applies === false) continue;
    const before: Lines = headers.get(rule.name);
    const applied = withRule(rule, before, request);
    const isOpen = applies === 'unknown' && !same(before, applied);
    if (isOpen) open.add(rule.name);
    else if (applied !== null) open.delete(rule.name);
    const after = isOpen ? null : applied;
    if (after === undefined) headers.delete(rule.name);
    else headers.set(rule.name, after);
  }
  return { headers, open };
}

/**
 * The value of a header as the browser combines it: lines without white space around them, joined by commas. Null where unknown, undefined
 * where absent. Only spaces, tabs and line ends are white space there. https://fetch.spec.whatwg.org/#concept-header-list-get
 */
export function combinedValue(answer: Answer, name: string): string | null | undefined {
  const lines = answer.headers.get(name);
  return lines === undefined || lines === null
    ? lines
    : lines.map((line) => line.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '')).join(', ');
}

function statusOf(policy: Pick<Policy, 'statuses'>, request: CorsRequest, decide: Decide): number | null {
  for (const rule of policy.statuses) {
    const applies = decide(rule.when);
    if (applies === true) return rule.status ?? request.status ?? null;
    if (applies === 'unknown') return request.status ?? null;
  }
  return request.status ?? 200;
}

function withRule(rule: HeaderRule, before: Lines, request: CorsRequest): Lines {
  if (rule.operation === 'remove') return undefined;
  const value = textOf(rule.value, request);
  // A value that is absent from the request sends no header and leaves what is there.
  if (value === undefined) return before;
  if (rule.operation === 'set') return value === null ? null : [value];
  if (rule.operation === 'default') return before === undefined ? (value === null ? null : [value]) : before;
  if (value === null || before === null) return null;
  if (before === undefined || before.length === 0) return [value];
  return rule.operation === 'append' ? [...before, value] : merge(before, value);
}

function merge(before: readonly string[], value: string): readonly string[] {
  const present = before
    .join(',')
    .split(',')
    .map((item) => item.trim().toLowerCase());
  if (present.includes(value.trim().toLowerCase())) return before;
  return [...before.slice(0, -1), `${before.at(-1)}, ${value}`];
}

function textOf(value: HeaderValue, request: CorsRequest): string | null | undefined {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'unknown':
      return null;
    case 'request-origin':
      return request.origin ?? undefined;
    case 'request-header':
      return among(value.only, requestHeader(value.name.toLowerCase(), request));
  }
}

/** Of the names in a header those that are listed; nothing where none of them is. */
function among(only: readonly string[] | undefined, header: string | null | undefined): string | null | undefined {
  if (only === undefined || typeof header !== 'string') return header;
  const names = header.split(',').filter((name) => only.includes(name.trim().toLowerCase()));
  return names.length === 0 ? undefined : names.join(',');
}

function requestHeader(name: string, request: CorsRequest): string | null | undefined {
  if (name === 'origin') return request.origin ?? undefined;
  if (name === 'access-control-request-method') return request.preflight?.method;
  // A browser leaves the header away when it asks for none.
  if (name === 'access-control-request-headers') return request.preflight?.headers.join(',') || undefined;
  return null;
}

function same(left: Lines, right: Lines): boolean {
  if (left === right) return true;
  return !!left && !!right && left.length === right.length && left.every((line, index) => line === right[index]);
}
