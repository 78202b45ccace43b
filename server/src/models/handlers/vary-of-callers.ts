/** `Vary` that the callers of a helper send beside the headers that the helper writes. */
import type { FunctionExpression, Program } from '../../syntax/programs/program.ts';
import type { HeaderRule } from '../../policy/policy.ts';
import { always } from '../../policy/request-test.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { usesOfFunction } from '../../values/function-uses.ts';
import { rulesOf, varyRules } from './header-rules.ts';
import type { HeaderWrite } from './header-write.ts';
import { reachedWrites } from './reached-writes.ts';
import type { WaysOfWriting } from './ways-of-writing.ts';

/** What is known of the file's `Vary`. */
export interface VaryReading {
  readonly program: Program;
  readonly evaluator: Evaluator;
  readonly ways: WaysOfWriting;
  /** Every write of the header in the file. */
  readonly varies: readonly HeaderWrite[];
}

/** Functions that call one another on the way to the helper; beyond it nothing is known. */
const mostLevels = 3;

/**
 * One rule where every caller of the file says that its answers vary: what it says where all of them always do, something unknown where
 * a caller does so under conditions. None where a caller is silent, or where the helper is handed on as a value.
 */
export function varyOfCallers(helper: FunctionExpression, reading: VaryReading, level = 0): HeaderRule[] {
  const { program, evaluator } = reading;
  const callers = level < mostLevels ? callersOf(helper, program, evaluator) : [];
  const said = callers.map((caller) => {
    const own = saidIn(caller, reading);
    return own.length > 0 ? own : varyOfCallers(caller, reading, level + 1);
  });
  const [first] = said;
  if (first === undefined || said.some((rules) => rules.length === 0)) return [];
  const isAlways = said.every((rules) => rules.some(({ when, value }) => when.kind === 'always' && isText(value)));
  const rule = first.find(({ when, value }) => when.kind === 'always' && isText(value)) ?? first[0]!;
  return [{ ...rule, operation: 'merge', when: always, ...(!isAlways && { value: { kind: 'unknown' } }) }];
}

function isText({ kind }: HeaderRule['value']): boolean {
  return kind === 'text';
}

/** Functions that call it by its name; none where it is handed on as a value, so that others may call it. */
export function callersOf(
  helper: FunctionExpression,
  program: Program,
  evaluator: Evaluator,
): readonly FunctionExpression[] {
  const uses = usesOfFunction(helper, program);
  const callers = uses.flatMap((use) => {
    const isCall = use.parent?.kind !== 'call' || use.parent.callee.range.start === use.range.start;
    const caller = isCall ? evaluator.runningFunction(use) : undefined;
    return caller !== undefined && !isIn(caller, helper) ? [caller] : [];
  });
  return callers.length < uses.length ? [] : callers;
}

/** What the function sends as `Vary` that speaks of the origin, or may; what another helper writes for it is taken to be unknown. */
function saidIn(caller: FunctionExpression, reading: VaryReading): HeaderRule[] {
  const { program, evaluator, ways, varies } = reading;
  const own = varies.filter(({ node }) => isIn(caller, evaluator.runningFunction(node)));
  const said = [
    ...own.flatMap((write) => reachedWrites(write, always, evaluator)).flatMap((one) => rulesOf(one, ways)),
    ...varyRules(caller, ways.vary, program, evaluator, always),
  ];
  const spoken = said.filter(({ operation, value }) => operation !== 'remove' && mayNameOrigin(value));
  if (spoken.length > 0) return spoken;
  const byHelper = varies.find(({ node }) => {
    const helper = evaluator.runningFunction(node);
    return helper !== undefined && callersOf(helper, program, evaluator).some((one) => isIn(caller, one));
  });
  if (byHelper === undefined) return [];
  return [{ name: 'vary', operation: 'merge', value: { kind: 'unknown' }, when: always, range: byHelper.range }];
}

function isIn({ range }: FunctionExpression, other: FunctionExpression | undefined): boolean {
  return other?.range.start === range.start;
}

function mayNameOrigin(value: HeaderRule['value']): boolean {
  return value.kind !== 'text' || /origin|\*/i.test(value.text);
}
