/**
 * What a header holds in the answers to one kind of request, as a partition of the origins. Of its lines only that counts which the
 * question
 * is about, so that there are a few states however many texts a policy has, and each rule adds a few conditions to those before it.
 */
import { lazily } from '../policy/lazily.ts';
import { restrict } from '../policy/origin-language.ts';
import type { RequestShape } from '../policy/origin-set.ts';
import type { HeaderRule, Policy } from '../policy/policy.ts';
import { always, never, not, sharedAll, sharedSome } from '../policy/request-test.ts';
import type { RequestTest } from '../policy/request-test.ts';

export type Rules = Pick<Policy, 'headers' | 'statuses'>;

/** One field line: a text, the request's Origin, or something that is not known. */
export type Line = { readonly text: string } | 'request-origin' | 'unknown';

export interface HeaderQuestion {
  /** Lower case. */
  readonly header: string;
  /** For which requests such a line is what is asked for. Not asked of unknown ones. */
  readonly meets: (line: Exclude<Line, 'unknown'>) => RequestTest;
  /** `only`: the header has to be this one line; browsers join several by a comma. `any`: one of its lines has to be. */
  readonly lines: 'only' | 'any';
}

/** What is known of the header's lines. */
export interface LinesState {
  /** None, one, or more. */
  readonly count: 0 | 1 | 2;
  readonly meets: boolean;
  /** One of them is the request's Origin. */
  readonly reflects: boolean;
  readonly unknown: boolean;
}

export interface HeaderState extends LinesState {
  readonly when: RequestTest;
}

const absent: LinesState = { count: 0, meets: false, reflects: false, unknown: false };
const unknownLine: LinesState = { count: 1, meets: false, reflects: false, unknown: true };

/** The states that the header can be in, each with its condition; together they are all requests. */
export function headerStates(policy: Rules, question: HeaderQuestion, shape: RequestShape): readonly HeaderState[] {
  const success = lazily(() => successWhen(policy));
  let states = beforeAnyRule;
  for (const rule of inForce(policy, question.header)) {
    if (rule.statuses === 'success')
      states = withRule(states, rule, restrict(sharedAll([rule.when, success()]), shape), question);
    else states = remembered(states, rule, question, shape);
  }
  return states;
}

/** The rules of the header from the last one on that takes the place of whatever was there. */
function inForce({ headers }: Rules, name: string): readonly HeaderRule[] {
  const rules = headers.filter((rule) => rule.name === name);
  const last = rules.findLastIndex(
    (rule) =>
      rule.when.kind === 'always' &&
      rule.statuses !== 'success' &&
      (rule.operation === 'remove' || (rule.operation === 'set' && lineOf(rule) !== undefined)),
  );
  return rules.slice(Math.max(last, 0)).filter((rule, at, all) => !isThereAlready(rule, all[at - 1]));
}

/** What is merged is left out where the same text has just been written, for the same requests. */
function isThereAlready({ operation, value, when, statuses }: HeaderRule, before: HeaderRule | undefined): boolean {
  if (operation !== 'merge' || value.kind !== 'text' || before === undefined || before.operation === 'remove')
    return false;
  const isSameText = before.value.kind === 'text' && before.value.text.toLowerCase() === value.text.toLowerCase();
  return isSameText && before.statuses === statuses && (before.when === when || before.when.kind === 'always');
}

const beforeAnyRule: readonly HeaderState[] = [{ ...absent, when: always }];

type AfterRule = WeakMap<HeaderRule, readonly HeaderState[]>;
/** By question, kind of request and states: what comes after a rule. Policies of one app begin with the same rules. */
const following = new WeakMap<HeaderQuestion, WeakMap<RequestShape, WeakMap<readonly HeaderState[], AfterRule>>>();

function remembered(
  before: readonly HeaderState[],
  rule: HeaderRule,
  question: HeaderQuestion,
  shape: RequestShape,
): readonly HeaderState[] {
  const byShape = entry(following, question, () => new WeakMap());
  const byStates = entry(byShape, shape, () => new WeakMap());
  const byRule: AfterRule = entry(byStates, before, () => new WeakMap());
  return entry(byRule, rule, () => withRule(before, rule, restrict(rule.when, shape), question));
}

function entry<Key extends object, Value>(map: WeakMap<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

/** The states after a rule that applies when the condition holds. */
function withRule(
  before: readonly HeaderState[],
  rule: HeaderRule,
  when: RequestTest,
  question: HeaderQuestion,
): readonly HeaderState[] {
  if (when.kind === 'never') return before;
  const lines = linesOf(rule, question, when);
  const replaces = rule.operation === 'remove' || (rule.operation === 'set' && lines.some(({ count }) => count > 0));
  // Where the rule leads to this very state in any case, it does not matter whether it applies.
  const changes = (state: HeaderState): boolean => !replaces || lines.length > 1 || keyOf(state) !== keyOf(lines[0]!);
  const untouched = before.map((state) =>
    changes(state) ? { ...state, when: sharedAll([state.when, not(when)]) } : state,
  );
  // The states are all requests together: what takes the place of any of them does not ask which it was.
  const applied = replaces ? lines : before.flatMap((state) => onto(state, rule, lines, question));
  return joined([...applied, ...untouched]);
}

function onto(
  state: HeaderState,
  rule: HeaderRule,
  lines: readonly HeaderState[],
  question: HeaderQuestion,
): HeaderState[] {
  return lines.map((line) => ({ ...after(state, rule, line, question), when: sharedAll([state.when, line.when]) }));
}

/** The same for states that are the same, whenever they are. */
function keyOf({ count, meets, reflects, unknown }: LinesState): number {
  return count * 8 + (meets ? 4 : 0) + (reflects ? 2 : 0) + (unknown ? 1 : 0);
}

/** States that are the same become one. */
function joined(states: readonly HeaderState[]): readonly HeaderState[] {
  const byKind = new Map<number, HeaderState[]>();
  for (const state of states) {
    if (state.when.kind === 'never') continue;
    const key = keyOf(state);
    const same = byKind.get(key);
    if (same) same.push(state);
    else byKind.set(key, [state]);
  }
  return [...byKind.values()].map((same) => ({ ...same[0]!, when: sharedSome(same.map(({ when }) => when)) }));
}

/** What the rule writes, for the requests that it is written for: nothing, or a line that is what is asked for, or is not. */
function linesOf(rule: HeaderRule, question: HeaderQuestion, when: RequestTest): readonly HeaderState[] {
  const line = rule.operation === 'remove' ? undefined : lineOf(rule);
  if (line === undefined) return [{ ...absent, when }];
  if (line === 'unknown') return [{ ...unknownLine, when }];
  const meets = question.meets(line);
  const reflects = line === 'request-origin';
  const cases: HeaderState[] = [
    { count: 1, meets: true, reflects, unknown: false, when: sharedAll([when, meets]) },
    { count: 1, meets: false, reflects, unknown: false, when: sharedAll([when, not(meets)]) },
  ];
  return cases.filter((state) => state.when.kind !== 'never');
}

function after(before: LinesState, rule: HeaderRule, line: LinesState, { lines }: HeaderQuestion): LinesState {
  if (rule.operation === 'remove') return absent;
  if (line.count === 0) return before;
  if (rule.operation === 'set' || before.count === 0) return line;
  if (rule.operation === 'default') return before;
  const reflects = before.reflects || line.reflects;
  const unknown = before.unknown || line.unknown;
  if (lines === 'any') return { count: 2, meets: before.meets || line.meets, reflects, unknown };
  // Two texts in one line are no origin and no `true`.
  if (rule.operation === 'merge') return { count: 1, meets: false, reflects: false, unknown: unknown || reflects };
  return { count: 2, meets: false, reflects, unknown };
}

function lineOf({ value }: HeaderRule): Line | undefined {
  switch (value.kind) {
    case 'text':
      return { text: value.text };
    case 'request-origin':
      return 'request-origin';
    case 'unknown':
      return 'unknown';
    case 'request-header':
      if (value.name.toLowerCase() === 'origin') return 'request-origin';
      // A simple request asks for no method and no headers.
      return value.name.toLowerCase().startsWith('access-control-request-') ? undefined : 'unknown';
  }
}

/** The statuses on which nginx sends a header that was added without `always`. */
const successStatuses = new Set([200, 201, 204, 206, 301, 302, 303, 304, 307, 308]);

/** When the status lets headers without `always` through; what the application decides is taken as a success. */
function successWhen(policy: Rules): RequestTest {
  return whenStatus(policy, (status) => status === null || successStatuses.has(status), true);
}

/** When the server itself answers with an error: there is nothing to read, whatever headers it carries. */
export function refusedWhen(policy: Rules): RequestTest {
  return whenStatus(policy, (status) => status !== null && status >= 400, false);
}

/** The requests whose first status is such a one; `otherwise` for those that no rule answers. */
function whenStatus(policy: Rules, isSuch: (status: number | null) => boolean, otherwise: boolean): RequestTest {
  return policy.statuses.reduceRight<RequestTest>(
    (rest, { when, status }) => (isSuch(status) ? sharedSome([when, rest]) : sharedAll([not(when), rest])),
    otherwise ? always : never,
  );
}
