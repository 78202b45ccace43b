/** What the evaluator's files share: one session per evaluator, and the place that an expression is seen from. */
import type { SourceRange } from '../syntax/range.ts';
import type { Call, Expression, FunctionExpression, Node, Program } from '../syntax/programs/program.ts';
import type { TreeDocument } from '../syntax/trees/tree.ts';
import type { RequestTest } from '../policy/request-test.ts';
import type { Inner } from './inner-value.ts';
import type { KnownWay, Way } from './ways.ts';

/** Where other files come from. */
export interface EvaluatorHost {
  /** The file at that path (as `Program.path` spells it); undefined when it does not exist or has not been read yet. */
  program(path: string): Program | undefined;
  /** Its text, where it is no program: a manifest that says how modules are called. */
  text?(path: string): string | undefined;
  /** The same as a tree, where it holds data: `appsettings.json`, `settings.json`. */
  tree?(path: string): TreeDocument | undefined;
  /** Names of the files in a folder; undefined where it cannot be looked into or has not been yet. */
  listFolder?(path: string): readonly string[] | undefined;
  /** Told where a bound ended an evaluation: what stands there counts as unknown. */
  limited?(range: SourceRange, bound: EvaluationBound): void;
}

/** Steps of one question, nested evaluations, or the size of a value that is put together. */
export type EvaluationBound = 'steps' | 'depth' | 'size';

/** What parameters and loop variables stand for while a function or a loop body is followed. */
export type Frame =
  | {
      readonly kind: 'arguments';
      readonly path: string;
      readonly start: number;
      readonly values: readonly (Inner | undefined)[];
    }
  | {
      readonly kind: 'item';
      readonly path: string;
      readonly from: number;
      readonly to: number;
      readonly name?: string;
      readonly value: Inner;
    };

export interface Place {
  readonly program: Program;
  readonly frames: readonly Frame[];
  /** How many functions have been entered on the way here. */
  readonly calls: number;
}

export interface Session {
  readonly root: Program;
  readonly host: EvaluatorHost;
  value(expression: Expression, place: Place): Inner;
  test(expression: Expression, place: Place): RequestTest;
  /**
   * Whether something has influence on a value, as `ask` finds out. It looks at all values that the first one may come from; where the
   * same is asked of one of these meanwhile the answer is yes, as it is in all doubt: with `if (x.join) x = x.join(',')` the questions
   * would come back to one another in every order that there is.
   */
  influence(ask: () => boolean): boolean;
  /** What a call of the function value gives. */
  apply(callee: Inner, values: readonly Inner[], at: At, place: Place): Inner;
  call(call: Call, place: Place): Inner;
  guard(expression: Expression, place: Place): RequestTest;
  /** The way down to a node that `keepWay` keeps; undefined where it keeps none. */
  wayTo(node: Node, place: Place): KnownWay | undefined;
  /** What the last step to the node asks, behind the way to the node around it; kept where it is the same whoever asks. */
  keepWay(node: Node, place: Place, before: Way | undefined, step: () => RequestTest): RequestTest;
  /** The place of a node that came from another file. */
  homeOf(node: Node): Program;
  setHome(node: Node, program: Program): void;
}

/** Where a value made by an operation stands. */
export interface At {
  readonly range: SourceRange;
  readonly expression?: Expression;
}

/** Longest list whose members are looked at one by one. */
export const longestList = 1000;
/** How deep functions of the workspace are followed into one another. */
export const deepestCall = 8;

/** Ranges of other files than the linted one carry their path. */
export function at(expression: Expression, place: Place, session: Session): At {
  return { range: rangeIn(expression.range, place, session), expression };
}

export function rangeIn(range: SourceRange, place: Place, session: Session): SourceRange {
  return place.program === session.root || range.path !== undefined ? range : { ...range, path: place.program.path };
}

/** The function whose body or parameters hold the node. */
export function functionAround(node: Node): FunctionExpression | undefined {
  for (let parent = node.parent; parent !== undefined; parent = parent.parent)
    if (parent.kind === 'function') return parent;
  return undefined;
}

export function sameNode(left: Node | undefined, right: Node | undefined): boolean {
  return (
    left === right ||
    (left !== undefined &&
      right !== undefined &&
      left.kind === right.kind &&
      left.range.start === right.range.start &&
      left.range.end === right.range.end)
  );
}
