/** Handlers that leave it to another function of the file to say who may read. */
import type { Expression, FunctionExpression, Program } from '../../syntax/programs/program.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { usesOfFunction } from '../../values/function-uses.ts';
import type { HeaderWrite } from './header-write.ts';
import { nameOf } from './header-write.ts';

/** Functions that call one another on the way to the one that writes; beyond it nothing is known. */
const mostLevels = 3;

/** A call of a function that writes headers, and their names in lower case. */
export interface CallOfWriter {
  readonly call: Expression;
  readonly names: ReadonlySet<string>;
}

/**
 * Where a function begins that calls one which says who may read → the call in it. What that one writes goes out with what the
 * function writes itself.
 */
export function callsOfWriters(
  writes: readonly HeaderWrite[],
  program: Program,
  { runningFunction }: Evaluator,
): ReadonlyMap<number, CallOfWriter> {
  const calls = new Map<number, CallOfWriter>();
  let called = [...writers(writes, runningFunction)].filter(({ names }) => names.has('access-control-allow-origin'));
  for (let level = 0; level < mostLevels && called.length > 0; level++) {
    const callers = called.flatMap(({ by, names }) =>
      usesOfFunction(by, program).flatMap((use) => {
        const caller = runningFunction(use);
        return caller && !calls.has(caller.range.start) ? [{ by: caller, names, call: callOf(use) }] : [];
      }),
    );
    for (const { by, ...call } of callers) calls.set(by.range.start, call);
    called = callers;
  }
  return calls;
}

interface Writer {
  readonly by: FunctionExpression;
  readonly names: Set<string>;
}

function writers(writes: readonly HeaderWrite[], runningFunction: Evaluator['runningFunction']): Iterable<Writer> {
  const found = new Map<number, Writer>();
  for (const write of writes) {
    const by = runningFunction(write.node);
    if (by === undefined) continue;
    const writer = found.get(by.range.start) ?? { by, names: new Set() };
    writer.names.add(nameOf(write));
    found.set(by.range.start, writer);
  }
  return found.values();
}

/** What calls the function by this name: `allow(…)`, `this.allow(…)`. */
function callOf(use: Expression): Expression {
  const called = use.parent?.kind === 'member' ? use.parent.parent : use.parent;
  return called?.kind === 'call' ? called : use;
}
