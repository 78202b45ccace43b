/** What a function or class is called, and who uses it by that name. */
import type { ClassExpression, FunctionExpression, Identifier, Program } from '../syntax/programs/program.ts';
import { sameNode } from './session.ts';

/** Its own name, else that of the constant that holds it. */
export function nameOfFunction({ name, parent }: FunctionExpression | ClassExpression): string | undefined {
  return (
    name ?? (parent?.kind === 'declaration' ? parent.bindings.find(({ path }) => path.length === 0)?.name : undefined)
  );
}

/** Every use of its name in the file; none where it has no name. */
export function usesOfFunction(fn: FunctionExpression | ClassExpression, program: Program): readonly Identifier[] {
  const name = nameOfFunction(fn);
  return name === undefined ? [] : program.identifiers(name).filter((use) => sameNode(program.resolve(use)?.value, fn));
}
