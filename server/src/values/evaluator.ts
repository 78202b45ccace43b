/** Questions that a framework's file asks about expressions of a Program. */
import type { Call, Expression, FunctionExpression, Program } from '../syntax/programs/program.ts';
import type { RequestTest } from '../policy/request-test.ts';
import type { FunctionValue, Value } from './value.ts';

/**
 * What a function's parameters stand for, by position; a framework knows its own callback's contract. `list`: one whose members are not
 * known; `empty`: the empty text.
 */
export type ParameterRole =
  | 'request'
  | 'response'
  | 'context'
  | 'next'
  | 'origin'
  | 'origin-url'
  | 'callback'
  | 'headers'
  | 'list'
  | 'empty'
  | 'other';

/** One way in which a function ends or answers. */
export interface Outcome {
  /** Under which condition it comes to this. */
  readonly when: RequestTest;
  /** `call`: the callback parameter is called; `return`: the function returns (also an arrow function's expression); `throw`. */
  readonly kind: 'call' | 'return' | 'throw';
  /** Arguments of the callback call, or the returned value as the only member. */
  readonly values: readonly Value[];
  readonly node: Expression | undefined;
}

export interface Evaluator {
  readonly program: Program;
  /** Never throws; `unknown` for what cannot be known. Names are resolved in the file and through relative imports. */
  evaluate(expression: Expression): Value;
  /** The condition under which the expression is truthy. */
  test(expression: Expression): RequestTest;
  /**
   * The condition under which the expression is reached, seen from the start of its enclosing function: enclosing
   * `if`, `switch`, `&&`, `?:`, and earlier `return`/`throw`/response-ending calls in the same function.
   */
  guard(expression: Expression): RequestTest;
  /** A condition that fails in production where the program only gets to the expression in development; `always` elsewhere. */
  developmentOnly(expression: Expression): RequestTest;
  /** The condition under which the function around the expression is called, where its callers are known; `always` elsewhere. */
  calledWhen(expression: Expression): RequestTest;
  /**
   * The same for an expression in a loop over known members, round by round and in their order: `value` seen in that round (undefined
   * where none is given), and the condition under which the round reaches the expression. One round where there is no loop.
   */
  rounds(
    expression: Expression,
    value: Expression | undefined,
  ): readonly { readonly when: RequestTest; readonly value: Value | undefined }[];
  /** All ways in which a callback decides, with the parameters meaning what `roles` says. */
  outcomes(fn: FunctionExpression | FunctionValue, roles: readonly ParameterRole[]): readonly Outcome[];
  /** The function whose body holds the expression; undefined at top level. */
  enclosingFunction(expression: Expression): FunctionExpression | undefined;
  /** The same, where a callback that runs at once for each member of a list is a part of the function around it. */
  runningFunction(expression: Expression): FunctionExpression | undefined;
  /** Whether the call's callee comes from that module (`cors`, `fastapi.middleware.cors`) and which export it is. */
  calleeOf(call: Call): { readonly module: string; readonly imported: string } | undefined;
  /**
   * What a module of the workspace gives to an import of the name, `*` for all of it: for modules that are named in a text or
   * imported with all their names. Unknown where there is no such module.
   */
  exported(module: string, name: string): Value;
  /** True when the expression is the client's Origin header, through variables too. */
  isRequestOrigin(expression: Expression): boolean;
}
