/**
 * Whether a program gets to an expression on a developer's machine only: by the conditions around it in its function, and by those around
 * every place that runs the function. This is what stands around the registration of a middleware, whatever the library.
 */
import type { Expression, FunctionExpression } from '../syntax/programs/program.ts';
import { inPhase, phasesIn } from '../policy/circumstances.ts';
import { always, some } from '../policy/request-test.ts';
import type { Phase, RequestTest } from '../policy/request-test.ts';
import { usesOfFunction } from './function-uses.ts';
import type { Place, Session } from './session.ts';
import { functionAround, sameNode } from './session.ts';

/** Functions that call one another on the way to the expression; beyond it nothing is known. */
const mostFunctions = 4;

/** Stands for all conditions that keep code out of production. */
const onDevelopersMachine: RequestTest = { kind: 'circumstance', subject: 'development', phase: 'development' };

/** A condition that fails where the expression is never reached: in production, or there while nothing is switched on; else `always`. */
export function developmentOnly(
  expression: Expression,
  session: Session,
  placeOf: (node: Expression) => Place,
): RequestTest {
  const switches: RequestTest[] = [];
  const isKeptOut = (node: Expression, level: number, phase: Phase): boolean => {
    const guard = session.guard(node, placeOf(node));
    const told = phasesIn(guard);
    if (told.length > 0 && inPhase(guard, phase).kind === 'never') {
      switches.push(...told.filter((one) => one.phase === 'opt-in'));
      return true;
    }
    const fn = functionAround(node);
    const sites = fn === undefined || level >= mostFunctions ? [] : sitesOf(fn, placeOf(node));
    return sites.length > 0 && sites.every((site) => isKeptOut(site, level + 1, phase));
  };
  if (!isKeptOut(expression, 0, 'production')) return always;
  return switches.length === 0 || isKeptOut(expression, 0, 'opt-in') ? onDevelopersMachine : some(switches);
}

/** Where the function is handed over or called; none where another file may call it. */
function sitesOf(fn: FunctionExpression, { program }: Place): readonly Expression[] {
  if (fn.parent?.kind === 'call') return [fn];
  if ([...program.exports.values()].some((exported) => sameNode(exported, fn))) return [];
  return usesOfFunction(fn, program);
}
