/** Values that an environment variable chooses, where everybody gets in when it is not set. */
import type { Node, Program, Statement } from '../../syntax/programs/program.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { isExit } from '../../values/exits.ts';
import type { Value } from '../../values/value.ts';

/** `env ? env.split(',') : '*'`: the variable without which everybody gets in. */
export function variableThatOpens(
  { choices }: Value & { kind: 'one-of' },
  opens: (value: Value) => boolean,
): string | undefined {
  const set = choices.map(({ value }) => variableIn(value)).find((name) => name !== undefined);
  if (set === undefined || !choices.some(({ value }) => opens(value))) return undefined;
  return choices.some(({ when }) => asksFor(set, when)) ? set : undefined;
}

/** The variable that the value is, alone or as the only member of a list. */
function variableIn(value: Value): string | undefined {
  if (value.kind === 'list' && value.items.length === 1 && !value.open) return variableIn(value.items[0]!);
  return value.kind === 'environment' ? value.name : undefined;
}

/** Whether the value lets everybody in where `*` does, in a list too. */
export function isOpenValue(value: Value): boolean {
  return (
    (value.kind === 'text' && value.text.includes('*')) ||
    (value.kind === 'list' && value.items.some((item) => item.kind === 'text' && item.text === '*'))
  );
}

/** The condition names the variable: whether it is set, or whether it is a member of what is set. */
export function asksFor(variable: string, test: RequestTest): boolean {
  switch (test.kind) {
    case 'circumstance':
      return test.subject.split(/[^\w$]+/).includes(variable);
    case 'not':
      return asksFor(variable, test.test);
    case 'all':
    case 'some':
      return test.tests.some((part) => asksFor(variable, part));
    default:
      return false;
  }
}

/**
 * Whether the program does not go on without the variable: `if (!process.env.ORIGINS) throw …`, also by the name of a constant that is
 * made of it: `if (origins.length === 0) process.exit(1)`.
 */
export function isDemanded(variable: string, program: Program): boolean {
  const word = new RegExp(`\\b${variable.replace(/[^\w]/g, '\\$&')}\\b`, 'g');
  return [...program.text.matchAll(word)].some(({ index }) => {
    const named = program.expressionAt(index);
    return named !== undefined && [named, ...usesOfWhatItMakes(named, program)].some((use) => isAsked(use, program));
  });
}

/** Uses of the constant whose value the expression is a part of. */
function usesOfWhatItMakes(expression: Node, program: Program): readonly Node[] {
  let part: Node | undefined = expression;
  while (part !== undefined && part.kind !== 'declaration' && part.kind !== 'function') part = part.parent;
  if (part?.kind !== 'declaration') return [];
  return part.bindings.flatMap((binding) => (binding.path.length === 0 ? program.references(binding) : []));
}

/** Whether an `if` asks for it whose branch ends the program. */
function isAsked(use: Node, program: Program): boolean {
  let part = use;
  while (part.parent !== undefined && part.parent.kind !== 'if' && part.parent.kind !== 'function') part = part.parent;
  const { parent } = part;
  return parent?.kind === 'if' && parent.test.range.start === part.range.start && ends(parent.consequent, program);
}

function ends(statement: Statement, program: Program): boolean {
  switch (statement.kind) {
    case 'throw':
      return true;
    case 'block':
      return statement.statements.some((one) => ends(one, program));
    case 'expression-statement':
      return isExit(statement.expression, program);
    default:
      return false;
  }
}
