/** Functions of modules that decide about origins: `{MyApp.Origins, :allowed?, []}`. */
import type { Expression, Program } from '../../../syntax/programs/program.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import type { Value } from '../../../values/value.ts';

/** The function that a tuple of a module and a name means; undefined for anything else. */
export function namedFunction(value: Value, program: Program, context: ProgramContext): Value | undefined {
  if (value.kind !== 'list' || value.type !== 'tuple') return undefined;
  return { ...functionOf(value.expression, program, context), range: value.range };
}

function functionOf(written: Expression | undefined, program: Program, context: ProgramContext): Value {
  const nowhere: Value = { kind: 'unknown', range: written?.range ?? { start: 0, end: 0 } };
  const [module, name] = written?.kind === 'list' ? written.elements.map((element) => element.value) : [];
  if (module?.kind !== 'identifier' || name?.kind !== 'string') return nowhere;
  const found = context.evaluator.exported(moduleNamed(module.name, program), name.value);
  if (found.kind === 'function') return found;
  const own = isOwn(module.name, program) ? program.exports.get(name.value) : undefined;
  return own ? context.evaluator.evaluate(own) : nowhere;
}

function moduleNamed(name: string, { imports }: Program): string {
  return imports.find(({ local }) => local === name)?.module ?? name;
}

/** `__MODULE__`, and a module that stands in this file. */
function isOwn(name: string, { text }: Program): boolean {
  return name === '__MODULE__' || text.has(new RegExp(`\\bdefmodule\\s+${name.replaceAll('.', '\\.')}\\b`));
}
