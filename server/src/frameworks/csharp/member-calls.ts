/** Calls of methods by their name, wherever what they are called on comes from: extension methods are imported by no name. */
import type { Call, Member, Program } from '../../syntax/programs/program.ts';

/** `receiver.name(…)`. */
export interface MemberCall {
  readonly call: Call;
  readonly member: Member;
}

/** In the order of the text. */
export function memberCalls(program: Program, names: readonly string[]): MemberCall[] {
  const pattern = new RegExp(`\\.\\s*(${names.join('|')})\\b`, 'g');
  return [...program.text.matchAll(pattern)].flatMap(({ 0: found, index }): MemberCall[] => {
    const member = program.expressionAt(index + found.length - 1);
    const call = member?.parent;
    return member?.kind === 'member' && call?.kind === 'call' && call.callee.range.start === member.range.start
      ? [{ call, member }]
      : [];
  });
}
