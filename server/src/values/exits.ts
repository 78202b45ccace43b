/** Calls that do not come back: `process.exit()`, `ctx.throw(403)`, and assertions where they fail. */
import type { Call, Expression, Program } from '../syntax/programs/program.ts';
import type { RequestTest } from '../policy/request-test.ts';
import { always, never, not } from '../policy/request-test.ts';
import { languageOf } from './language-of.ts';
import type { Place, Session } from './session.ts';

/** A call behind which nothing runs, whatever it is handed. */
export function isExit(expression: Expression, program: Program): boolean {
  if (expression.kind !== 'call') return false;
  const { exits } = languageOf(program).flow;
  return exits.has(expression.callee.text) || isImportedExit(expression, program);
}

/** The condition under which the call does not come back. */
export function exitCondition(expression: Expression, session: Session, place: Place): RequestTest {
  if (isExit(expression, place.program)) return always;
  if (expression.kind !== 'call') return never;
  const passes = languageOf(place.program).flow.asserts?.get(expression.callee.text);
  const [asked] = expression.arguments;
  if (passes === undefined || asked === undefined || asked.spread) return never;
  const test = session.test(asked.value, place);
  return passes ? not(test) : test;
}

/** `error(403)` of SvelteKit throws; what a program of its own calls `error` may do anything. */
function isImportedExit({ callee }: Call, program: Program): boolean {
  const { importedExits } = languageOf(program).flow;
  if (importedExits === undefined || callee.kind !== 'identifier') return false;
  const imported = program.resolve(callee)?.import;
  return imported !== undefined && importedExits.get(imported.module)?.has(imported.imported) === true;
}
