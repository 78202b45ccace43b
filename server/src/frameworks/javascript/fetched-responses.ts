/** Responses that `fetch` gives, whose headers nobody can change: `set` throws, as the Fetch standard has it for them. */
import type { Expression, Program } from '../../syntax/programs/program.ts';
import type { Unsent } from '../../models/handlers/handler-language.ts';
import type { HeaderWrite } from '../../models/handlers/header-write.ts';

/** `fetch(…)`, and `env.ASSETS.fetch(…)` of a binding. */
const fetching = /^(globalThis\.|self\.)?fetch$|(^|\.)env\.\w+\.fetch$/;
/** Bun lets them be changed, and Next.js hands out copies of what it has in its cache. */
const changing = /\bBun\.|['"]next\//;

/** What is said where headers of such a response are written. */
export const unchangeable: Unsent = {
  explanation: 'The headers of a response that was fetched cannot be changed, so that the handler fails here.',
  instead: 'Write to a copy: new Response(response.body, response).',
};

/** `const response = await fetch(url); response.headers.set(name, value)`. */
export function isFetched({ receiver, form }: HeaderWrite, program: Program): boolean {
  if (form !== 'call' || receiver?.kind !== 'member' || receiver.property !== 'headers') return false;
  const made = receiver.object.kind === 'identifier' ? constantOf(receiver.object, program) : undefined;
  if (made?.kind !== 'call' || made.isNew || !fetching.test(made.callee.text)) return false;
  const { callee } = made;
  const isOwn = callee.kind === 'identifier' && program.resolve(callee) !== undefined;
  return !isOwn && !program.text.has(changing) && !/(^|\/)route\.[cm]?[jt]s$/.test(program.path);
}

function constantOf(name: Expression & { kind: 'identifier' }, program: Program): Expression | undefined {
  const binding = program.resolve(name);
  return binding?.path.length === 0 && binding.assignments.length === 0 ? binding.value : undefined;
}
