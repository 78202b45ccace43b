/** The statements that writes of headers are, and what taking one away leaves. */
import type { Edit, SourceRange } from '../../syntax/range.ts';
import type { SourceText } from '../../syntax/source-text.ts';
import type { Expression, Node, Program } from '../../syntax/programs/program.ts';
import { quoted, removeMember } from '../../edits/program-edits.ts';
import { rootOf } from './called-names.ts';
import type { HeaderWrite } from './header-write.ts';

/** The statement that is this write and nothing else; undefined where it is a part of one. */
export function statementOf({ form, node }: HeaderWrite): Node | undefined {
  const isWhole = form === 'call' || form === 'assignment' || form === 'property' || form === 'line';
  return isWhole && node.parent?.kind === 'expression-statement' ? node.parent : undefined;
}

/** The header's value as this write has it: a literal, in a line with the header's name before it. */
export function written({ before = '' }: HeaderWrite, value: string, quote: string): string {
  return quoted(before + value, quote);
}

/** A further link of a chain, `res.status(200).set(…)`. What only hands out the headers, `w.Header().Set(…)`, is no link. */
export function isFurtherLink({ form, receiver }: HeaderWrite): boolean {
  return form === 'call' && receiver?.kind === 'call' && receiver.arguments.length > 0;
}

/** Removes one write: its statement with the line, its entry with the comma, its link of the chain. */
export function removeWrite(write: HeaderWrite, program: Program): Edit[] {
  const { form, node, range, receiver } = write;
  const isMember = form === 'entry' || form === 'key-value' || (form === 'pair' && node.range.start === range.start);
  if (isMember) return removeMember(program.text, range);
  // One link of a chain, `reply.header(…).header(…)`: the others stay.
  const isLink = isFurtherLink(write) || (form === 'call' && node.parent?.kind === 'member');
  if (isLink && receiver !== undefined)
    return [{ range: { start: receiver.range.end, end: node.range.end }, newText: '' }];
  const statement = statementOf(write);
  return statement ? [{ range: wholeLine(program.text, statement.range), newText: '' }] : [];
}

/** A statement with its line, where nothing else stands on it. */
export function wholeLine(text: SourceText, range: SourceRange): SourceRange {
  const lineStart = text.lastIndexOf('\n', range.start - 1) + 1;
  const tail = /^[ \t]*;?[ \t]*\r?\n/.exec(text.slice(range.end, text.indexOf('\n', range.end) + 1))?.[0];
  return text.slice(lineStart, range.start).trim() === '' && tail !== undefined
    ? { start: lineStart, end: range.end + tail.length }
    : range;
}

/**
 * The statement before which another write to the same receiver stands outside of as many conditions as it can: one of the handler's own
 * block, or of the block in which the receiver is made. `begin`: what has to come before the first header, and is looked for as well.
 */
export function outermostStatement(
  { node, receiver }: HeaderWrite,
  program: Program,
  begin?: RegExp,
): Node | undefined {
  const made = receiver && declarationOf(receiver, program);
  let outermost: Node | undefined;
  for (let current: Node | undefined = node; current?.parent !== undefined; current = current.parent) {
    const { parent }: Node = current;
    if (parent.kind !== 'block') continue;
    outermost = current;
    const before = program.text.part(parent.range.start, current.range.start);
    const isMadeHere = made !== undefined && parent.range.start <= made && made < current.range.start;
    if (isMadeHere || (begin && before.has(begin)) || parent.parent?.kind === 'function') return outermost;
  }
  return outermost;
}

/** Where the name is declared that the receiver begins with; undefined for a parameter. */
function declarationOf(receiver: Expression, program: Program): number | undefined {
  const root = rootOf(receiver);
  const binding = root.kind === 'identifier' ? program.resolve(root) : undefined;
  return binding?.kind === 'parameter' ? undefined : binding?.nameRange.start;
}
