/** The handler that a write of a header belongs to, where the write is a decorator of it: `@Header('Vary', 'Origin')` of NestJS. */
import type { FunctionExpression } from '../../syntax/programs/program.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { classAround, methodsOf } from './handler-parts.ts';
import type { HeaderWrite } from './header-write.ts';

/** The method that the write decorates, else the function that makes it when it runs. */
export function handlerOf(write: HeaderWrite, evaluator: Evaluator): FunctionExpression | undefined {
  const running = evaluator.runningFunction(write.node);
  return (running && !isDecorator(write, running) ? running : decorated(write)) ?? running;
}

/** Whether it is one of the function's decorators, which know no request. Whether these stand in the function differs by grammar. */
export function isDecorator({ node }: HeaderWrite, { decorators }: FunctionExpression): boolean {
  return decorators.some(({ range }) => range.start <= node.range.start && node.range.end <= range.end);
}

/** Decorators are applied from the method outwards: the last one is the first. */
export function asApplied(writes: readonly HeaderWrite[], handler: FunctionExpression | undefined): HeaderWrite[] {
  const ofHandler = handler ? writes.filter((write) => isDecorator(write, handler)) : [];
  return [...ofHandler.toReversed(), ...writes.filter((write) => !ofHandler.includes(write))];
}

function decorated(write: HeaderWrite): FunctionExpression | undefined {
  const home = classAround(write.node);
  return home && methodsOf(home).find((method) => isDecorator(write, method));
}
