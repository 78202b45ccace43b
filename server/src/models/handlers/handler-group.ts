/** The writes of one policy with the handlers that make them: each with its route, in the order in which they run. */
import type { FunctionExpression, Program } from '../../syntax/programs/program.ts';
import { always } from '../../policy/request-test.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { asApplied, handlerOf } from './decorated-handlers.ts';
import type { Route, WaysOfAnswering } from './handler-language.ts';
import type { HeaderWrite } from './header-write.ts';
import type { ReachedWrite } from './reached-writes.ts';
import { reachedWrites } from './reached-writes.ts';

export interface RoutedHandler {
  readonly handler: FunctionExpression;
  readonly route: Route;
}

export interface HandlerGroup {
  /** The handler of the first write; undefined where that stands outside of every function. */
  readonly first: RoutedHandler | undefined;
  /** That one, or all that answer together with it. */
  readonly handlers: readonly RoutedHandler[];
  /** Where they stand outside of every function, in a file that runs for each request: what it answers. */
  readonly script?: Route;
  /** In the order in which they are made, as far as the text says it. */
  readonly reached: readonly ReachedWrite[];
}

const anywhere: Route = { scope: 'this response', when: always, optionsStatus: null };

/** What a handler answers where nothing says more than that it does. */
export function routeOf(
  handler: FunctionExpression | undefined,
  answers: WaysOfAnswering,
  evaluator: Evaluator,
  program: Program,
): Route {
  return (handler && answers.route(handler, evaluator, program)) ?? anywhere;
}

export function handlerGroup(
  writes: readonly HeaderWrite[],
  answers: WaysOfAnswering,
  evaluator: Evaluator,
  program: Program,
): HandlerGroup {
  const routed = (handler: FunctionExpression) => ({ handler, route: routeOf(handler, answers, evaluator, program) });
  const own = handlerOf(writes[0]!, evaluator);
  const calledFrom = (write: HeaderWrite) => {
    const running = answers.script ? evaluator.runningFunction(write.node) : undefined;
    return running && answers.called?.(running, evaluator, program);
  };
  const script = own && !calledFrom(writes[0]!) ? undefined : answers.script?.(program);
  const first = own && !script ? routed(own) : undefined;
  const together = first && answers.together?.(first.handler);
  const handlers = together?.map(routed) ?? (first ? [first] : []);
  // What is spread in from a constant outside of the handler is sent by the handler.
  const routeAt = (write: HeaderWrite): Pick<Route, 'when' | 'runs'> =>
    handlers.find(({ handler }) => handler.range.start === handlerOf(write, evaluator)?.range.start)?.route ??
    first?.route ??
    calledFrom(write) ??
    script ??
    anywhere;
  const turns = { first: 0, between: 1, last: 2 };
  const turnOf = (write: HeaderWrite) => turns[routeAt(write).runs ?? 'between'];
  const placeOf = (write: HeaderWrite) => calledFrom(write)?.at ?? write.range.start;
  const inOrder = script ? writes.toSorted((one, other) => placeOf(one) - placeOf(other)) : asApplied(writes, own);
  const reached = inOrder
    .toSorted((one, other) => turnOf(one) - turnOf(other))
    .flatMap((write) => reachedWrites(write, routeAt(write).when, evaluator));
  return { first, handlers, reached, ...(script && { script }) };
}
