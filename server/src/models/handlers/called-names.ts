/** Names of a program: what a call calls, and who refers to a value. */
import type { Call, Expression, Identifier, Program } from '../../syntax/programs/program.ts';
import type { CalledName } from './ways-of-writing.ts';

/** The last name of what is called, and what stands before it: `setHeader` and `res` of `res.setHeader(…)`. */
export function calledName({ callee }: Call): { readonly name: string; readonly receiver?: Expression } {
  switch (callee.kind) {
    case 'identifier':
      return { name: callee.name };
    case 'member':
      return { name: callee.property, receiver: callee.object };
    default:
      return { name: '' };
  }
}

/** Whether the call is one of these. */
export function isCalled({ name, on }: CalledName, call: Call): boolean {
  const called = calledName(call);
  if (!name.test(called.name)) return false;
  if (on === undefined) return true;
  return on === 'nothing'
    ? call.callee.kind === 'identifier'
    : called.receiver !== undefined && on.test(called.receiver.text);
}

/** Every use of the name that the expression is given; undefined where it is given none. */
export function namesReferring({ parent, range }: Expression, program: Program): readonly Identifier[] | undefined {
  if (parent?.kind === 'declaration')
    return parent.bindings.flatMap((binding) => (binding.path.length === 0 ? program.references(binding) : []));
  // Where a language declares by assigning, the name is the target.
  if (parent?.kind !== 'assignment' || parent.target.kind !== 'identifier' || parent.value.range.start !== range.start)
    return undefined;
  const binding = program.resolve(parent.target);
  return binding && program.references(binding).filter((use) => use.range.start !== parent.target.range.start);
}

/** What a chain of calls and members starts with: `res` of `res.status(200).set(…)`. */
export function rootOf(receiver: Expression): Expression {
  switch (receiver.kind) {
    case 'call':
      return rootOf(receiver.callee);
    case 'member':
      return rootOf(receiver.object);
    default:
      return receiver;
  }
}
