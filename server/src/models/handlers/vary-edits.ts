/** Adds `Vary: Origin` beside a write, in the form that the write has. */
import type { Edit, SourceRange } from '../../syntax/range.ts';
import type { Program } from '../../syntax/programs/program.ts';
import { indentationAt, lineEnd, quoted } from '../../edits/program-edits.ts';
import type { EditedGroup } from './edited-group.ts';
import type { HeaderWrite } from './header-write.ts';
import { isShared, nameOf } from './header-write.ts';
import { isFurtherLink, outermostStatement } from './written-statements.ts';

/** Whether the handler says somewhere that its answer varies by the origin. */
export function hasVary({ handler, program }: EditedGroup): boolean {
  const body = handler ? program.text.part(handler.range.start, handler.range.end) : program.text;
  return /(?:\b|header)origin\b/i.test(body.match(/(?:\b|header)vary\b[^\n]*/i)?.[0] ?? '');
}

/** The statement that adds it where this write is one: in the language's own way, else in the way in which the write is made. */
export function varyStatement(write: HeaderWrite, { handler, program, text, language }: EditedGroup): string {
  const { varyStatement: ownWay, notation } = language.edits;
  const own = ownWay?.(write, handler, program, text.quote);
  if (own !== undefined) return own;
  const [name, value] = ['Vary', 'Origin'].map((word) => quoted(word, text.quote));
  const { range, nameRange } = write;
  const written = (start: number, end: number) => program.text.slice(start, end);
  const behind = write.value?.range ?? nameRange;
  return (
    written(range.start, nameRange.start) +
    name +
    written(nameRange.end, behind.start) +
    value +
    written(behind.end, range.end) +
    notation.end
  );
}

/** Edits that add it; none where no exact one exists. */
export function addVary(write: HeaderWrite, group: EditedGroup): Edit[] {
  const { program, text, language } = group;
  if (isShared(write, program)) return [];
  const replacing = group.writes.filter((other) => nameOf(other) === 'vary' && other.operation === 'set');
  if (replacing.length > 0) return intoVary(replacing, program);
  const [name, value] = ['Vary', 'Origin'].map((word) => quoted(word, text.quote));
  if (write.form === 'entry') return [memberBehind(write, `${name}: ${value}`, group)];
  const { fields } = language.writes;
  if (write.form === 'key-value' && fields)
    return [memberBehind(write, `{ ${fields.name[0]}: ${name}, ${fields.value}: ${value} }`, group)];
  const isStatement = language.edits.checked.includes(write.form) && !isFurtherLink(write);
  const outer = isStatement ? outermostStatement(write, program, language.edits.begin) : undefined;
  if (outer === undefined) return [];
  const before = { start: outer.range.start, end: outer.range.start };
  const indentation = indentationAt(program.text, before.start);
  return [{ range: before, newText: varyStatement(write, group) + lineEnd(program.text) + indentation }];
}

/** One more name in what is written as Vary: a write beside it would be lost, or take its place. */
function intoVary(replacing: readonly HeaderWrite[], program: Program): Edit[] {
  const literals = replacing.flatMap(({ value }) =>
    value?.kind === 'string' && value.contentRange.path === undefined ? [value] : [],
  );
  if (literals.length < replacing.length) return [];
  return literals
    .filter(({ value }) => !/(^|[\s,])(origin|\*)([\s,]|$)/i.test(value))
    .map(({ value, contentRange: { start, end } }) => {
      const written = program.text.slice(start, end);
      return { range: { start, end }, newText: value.trim() === '' ? 'Origin' : `${written}, Origin` };
    });
}

/** A further member behind the write, on a line of its own where the write has one. */
function memberBehind(write: HeaderWrite, member: string, { program }: EditedGroup): Edit {
  const { start, end } = memberOf(write);
  const isMultiline = program.text.part(write.container?.range.start ?? 0, start).has(/\n/);
  const separator = isMultiline ? lineEnd(program.text) + indentationAt(program.text, start) : ' ';
  return { range: { start: end, end }, newText: `,${separator}${member}` };
}

/** What is spread in under a condition stands in one member of the whole, behind which another is sent in any case. */
function memberOf({ container, range }: HeaderWrite): SourceRange {
  const entries = container?.kind === 'object' ? container.entries : [];
  return entries.find((entry) => entry.range.start <= range.start && range.end <= entry.range.end)?.range ?? range;
}
