/** Headers that stand where the options of a response are read, among which they are none: `new Response(body, { 'Vary': 'Origin' })`. */
import type { Expression, Identifier, Program } from '../../syntax/programs/program.ts';
import type { Edit, SourceRange } from '../../syntax/range.ts';
import type { Fact } from '../../policy/policy.ts';
import { isCalled, namesReferring } from './called-names.ts';
import { isCorsResponseHeader } from '../cors-header-names.ts';
import type { HeaderWrite } from './header-write.ts';
import { nameOf } from './header-write.ts';
import type { WaysOfWriting } from './ways-of-writing.ts';

/** Nothing of what is written here becomes a header: there, or wherever the constant that it stands in is used. */
export function standsBesideHeaders(write: HeaderWrite, program: Program, ways: WaysOfWriting): boolean {
  const { container, form } = write;
  if (form !== 'entry' || container === undefined) return false;
  if (isOptions(container, ways)) return true;
  const uses = usesOf(container, program);
  return uses.length > 0 && !isExported(container, program) && uses.every((use) => isBeside(use, ways));
}

/** One fact for each response whose headers stand beside `headers`. */
export function headersBeside(writes: readonly HeaderWrite[], program: Program, ways: WaysOfWriting): Fact[] {
  const entries = writes.filter((write) => write.form === 'entry' && isCorsResponseHeader(nameOf(write)));
  const firsts = entries.filter(({ container }, index) => entries[index - 1]?.container !== container);
  return firsts.flatMap(({ container, nameRange }): Fact[] => {
    if (container === undefined) return [];
    const headers = entries.filter((write) => write.container === container).map(({ name }) => name);
    if (isOptions(container, ways)) return [{ kind: 'lost-header', headers, range: nameRange, why: 'beside' }];
    return usesOf(container, program)
      .filter((use) => isBeside(use, ways))
      .map((use) => ({
        kind: 'lost-header',
        headers,
        range: use.range,
        why: 'beside',
        from: nameRange,
        repeat: () => handedOver(use),
      }));
  });
}

/** The names of a constant that holds the headers. */
function usesOf(container: Expression, program: Program): readonly Identifier[] {
  return container.parent?.kind === 'declaration' ? (namesReferring(container, program) ?? []) : [];
}

function isExported(container: Expression, program: Program): boolean {
  return [...program.exports.values()].some(({ range }) => range.start === container.range.start);
}

/** The name is the options of a response, or is spread into them. */
function isBeside(use: Identifier, ways: WaysOfWriting): boolean {
  const { parent } = use;
  return isOptions(use, ways) || (parent?.kind === 'object' && spreadOf(use) !== undefined && isOptions(parent, ways));
}

function spreadOf({ parent, range }: Identifier): SourceRange | undefined {
  if (parent?.kind !== 'object') return undefined;
  return parent.entries.find((entry) => entry.spread && entry.value.range.start === range.start)?.range;
}

/** Whether the expression is what a response takes its options from. */
function isOptions({ parent: call, range }: Expression, { takers }: WaysOfWriting): boolean {
  if (call?.kind !== 'call') return false;
  const taker = takers.find((one) => isCalled(one, call) && (!one.isNew || call.isNew));
  return taker?.under !== undefined && call.arguments[1]?.value.range.start === range.start;
}

/** Under `headers`, unless something else stands there already. */
function handedOver(use: Identifier): Edit[] {
  const { parent } = use;
  const spread = spreadOf(use);
  if (spread === undefined) return [{ range: use.range, newText: `{ headers: ${use.text} }` }];
  const isTaken = parent?.kind === 'object' && parent.entries.some(({ key }) => key === 'headers');
  return isTaken ? [] : [{ range: spread, newText: `headers: ${use.text}` }];
}
