/** From evaluated values to the entries of a policy: what each list member, pattern or check lets in. */
import type { Program } from '../../syntax/programs/program.ts';
import type { Edit, SourceRange } from '../../syntax/range.ts';
import { runAt } from '../../syntax/source-text.ts';
import type { SourceText } from '../../syntax/source-text.ts';
import type { EntryEdits, OriginEntry } from '../../policy/policy.ts';
import type { OriginTest, RequestTest } from '../../policy/request-test.ts';
import { all, never, not, originEquals, originMatches, unknown } from '../../policy/request-test.ts';
import { originSet } from '../../policy/origin-set.ts';
import { isSet } from '../../values/circumstances.ts';
import type { PatternValue, Text, Value } from '../../values/value.ts';
import type { Literals } from '../../edits/literals.ts';
import { javascriptLiterals } from '../../edits/literals.ts';
import { quoted, removeMember } from '../../edits/program-edits.ts';
import type { FrameworkContext } from '../framework.ts';
import { isDemanded } from './open-fallbacks.ts';

/** How a program's edits are written: the text of a file by path, the quote to use, and how its language writes values. */
export interface ProgramText {
  readonly quote: string;
  readonly literals: Literals;
  /** Text of the linted file, or of an imported one that has been read. */
  textOf(range: SourceRange): SourceText | undefined;
  /** Whether the program ends without this environment variable, before anybody is answered. */
  demands(variable: string): boolean;
}

/** The texts that edits of this program, and of the files that it imports, are written into. */
export function programText(
  program: Program,
  { readFile }: Pick<FrameworkContext, 'readFile'>,
  literals = javascriptLiterals,
): ProgramText {
  return {
    quote: literals.quote(program.text),
    literals,
    textOf: (range) => (range.path === undefined || range.path === program.path ? program.text : readFile(range.path)),
    demands: (variable) => isDemanded(variable, program),
  };
}

/** The origins as a list of their own, in place of what stands at the range. */
export function listOf(origins: readonly string[], text: ProgramText, replaced?: SourceRange): string {
  const written = replaced && text.textOf(replaced)?.slice(replaced.start, replaced.end);
  return text.literals.list(origins, text.quote, written);
}

/** The origins in place of a member of a list that is there; no edit where only one may stand. */
function memberEdits(
  range: SourceRange,
  origins: readonly string[],
  placeholder: string | undefined,
  text: ProgramText,
): Edit[] {
  const { literals, quote } = text;
  if (origins.length !== 1 && !holdsSeveral(range, text)) return [];
  return [{ range, newText: origins.map((origin) => literals.text(origin, quote)).join(', '), placeholder }];
}

function holdsSeveral(range: SourceRange, text: ProgramText): boolean {
  const source = text.textOf(range);
  return source === undefined || text.literals.holdsSeveral?.(source, range) !== false;
}

function listEdit(
  range: SourceRange,
  origins: readonly string[],
  placeholder: string | undefined,
  text: ProgramText,
): Edit {
  return { range, newText: listOf(origins, text, range), placeholder };
}

/** Edits of a text literal that is a member of a list, or stands alone. */
export function textEdits(value: Text, text: ProgramText, inList: boolean): EntryEdits {
  const { contentRange } = value;
  return {
    ...(contentRange && { replaceText: (replacement: string) => [{ range: contentRange, newText: replacement }] }),
    ...(inList && {
      remove: () => removal(value.range, text),
      replaceByOrigins: (origins: readonly string[], placeholder?: string) =>
        memberEdits(value.range, origins, placeholder, text),
    }),
  };
}

/** Edits of a text where the library also takes a regular expression. */
export function textOrPatternEdits(value: Text, text: ProgramText, inList: boolean): EntryEdits {
  return {
    replaceByOrigins: (origins, placeholder) => [listEdit(value.range, origins, placeholder, text)],
    ...textEdits(value, text, inList),
    replaceByPattern: (source) => [
      {
        range: value.range,
        newText: text.literals.pattern?.(source, text.quote) ?? `/${withSlashesEscaped(source)}/`,
      },
    ],
  };
}

/** Edits of a text that the library itself takes for a regular expression. */
export function patternTextEdits(value: Text, text: ProgramText, inList: boolean): EntryEdits {
  const { literals, quote } = text;
  const { pattern } = literals;
  const { remove } = textEdits(value, text, inList);
  return {
    replaceByOrigins: (origins, placeholder) =>
      inList
        ? memberEdits(value.range, origins, placeholder, text)
        : [listEdit(value.range, origins, placeholder, text)],
    ...(value.contentRange &&
      pattern && { replacePattern: (source: string) => [{ range: value.range, newText: pattern(source, quote) }] }),
    ...(remove && { remove }),
  };
}

function withSlashesEscaped(source: string): string {
  return source.replaceAll(/\\.|\//g, (piece) => (piece === '/' ? '\\/' : piece));
}

/** Edits of a regular expression. */
export function patternEdits(value: PatternValue, text: ProgramText, inList: boolean): EntryEdits {
  const { sourceRange } = value;
  // The text that a pattern is made of where a variable gives none: the pattern itself stands around it.
  const isText =
    value.fromString &&
    /^[a-z]{0,2}["'`]/i.test(text.textOf(value.range)?.slice(value.range.start, value.range.start + 3) ?? '');
  return {
    ...(sourceRange && {
      replacePattern: (source: string) => [
        {
          range: sourceRange,
          newText: patternSource(source, value, sourceRange, text),
        },
      ],
    }),
    ...(!isText && {
      replaceByOrigins: (origins: readonly string[], placeholder?: string): Edit[] =>
        inList
          ? memberEdits(value.range, origins, placeholder, text)
          : [listEdit(value.range, origins, placeholder, text)],
    }),
    ...(inList && !isText && { remove: () => removal(value.range, text) }),
  };
}

/** As it stands between slashes or quotes; those of a raw text leave backslashes as they are. */
function patternSource(source: string, { fromString }: PatternValue, range: SourceRange, text: ProgramText): string {
  if (!fromString) return withSlashesEscaped(source);
  const before = text.textOf(range)?.slice(Math.max(0, range.start - 2), range.start) ?? '';
  return /r["']$/i.test(before) ? source : source.replaceAll('\\', '\\\\');
}

function removal(range: SourceRange, text: ProgramText): Edit[] {
  const source = text.textOf(range);
  const { canRemove } = text.literals;
  const stays = source === undefined || canRemove?.(source, range) === false || !holdsSeveral(range, text);
  return stays ? [] : removeMember(source, range);
}

/** A member of an allowlist that is compared exactly (text) or searched (regular expression). */
export function memberEntry(value: Value, text: ProgramText): OriginEntry {
  switch (value.kind) {
    case 'text':
      return {
        range: value.range,
        kind: 'text',
        text: value.text,
        accepts: originEquals(value.text, value.range),
        matching: 'exact',
        edits: textOrPatternEdits(value, text, true),
      };
    case 'pattern':
      return {
        range: value.range,
        kind: 'pattern',
        text: value.pattern.source,
        pattern: value.pattern,
        accepts: originMatches(value.pattern, value.sourceRange ?? value.range),
        matching: 'regex',
        edits: patternEdits(value, text, true),
      };
    case 'boolean':
      return value.value
        ? { range: value.range, kind: 'reflect', accepts: { kind: 'always' } }
        : { range: value.range, kind: 'unknown', accepts: never };
    case 'nothing':
      return { range: value.range, kind: 'unknown', accepts: never };
    case 'request':
      // A list that holds the caller's own origin lets everybody in.
      return value.input === 'origin'
        ? { range: value.range, kind: 'reflect', accepts: { kind: 'always' } }
        : { range: value.range, kind: 'unknown', accepts: unknown() };
    default:
      return { range: value.range, kind: 'unknown', accepts: unknown() };
  }
}

/** The same where a member is one of several, or a variable with a fallback: each with its condition. */
export function memberEntries(value: Value, text: ProgramText): OriginEntry[] {
  // What is chosen stands in an expression of its own, from which it cannot be taken away.
  const own = (edits: EntryEdits | undefined): EntryEdits => ({
    ...(edits?.replaceText && { replaceText: edits.replaceText }),
    ...(edits?.replacePattern && { replacePattern: edits.replacePattern }),
  });
  const under = (when: RequestTest, entries: readonly OriginEntry[]): OriginEntry[] =>
    entries.map((entry) => ({ ...entry, accepts: all([when, entry.accepts]), edits: own(entry.edits) }));
  if (value.kind === 'environment' && value.fallback) {
    return [
      ...under(isSet(value.name), [{ range: value.range, kind: 'unknown', accepts: unknown() }]),
      ...under(not(isSet(value.name)), memberEntries(value.fallback, text)),
    ];
  }
  if (value.kind !== 'one-of') return [memberEntry(value, text)];
  const before: RequestTest[] = [];
  return value.choices.flatMap((choice) => {
    const here = all([...before.map(not), choice.when]);
    before.push(choice.when);
    return under(here, memberEntries(choice.value, text));
  });
}

/** The single origin tests inside a formula, with ranges, in source order. */
export function originTestsIn(test: RequestTest): OriginTest[] {
  const found: OriginTest[] = [];
  const collect = (part: RequestTest): void => {
    if (part.kind === 'origin') found.push(part);
    else if (part.kind === 'not') collect(part.test);
    else if (part.kind === 'all' || part.kind === 'some') part.tests.forEach(collect);
  };
  collect(test);
  return found;
}

/**
 * The entries that a check amounts to: each origin it compares with is an entry of its own, so that a malformed or
 * insecure one is seen; the check as a whole stays one entry.
 */
export function entriesOfCheck(
  test: RequestTest,
  range: SourceRange,
  text: ProgramText,
  edits?: EntryEdits,
): OriginEntry[] {
  // `origin === '*'` asks for the setting that means everybody; in a list of origins the same text is a mistake.
  const asksForStar = ({ text: compared, range: at }: OriginTest & { operator: 'equals' }): boolean =>
    compared === '*' && at !== undefined && /[=!]=/.test(text.textOf(at)?.slice(at.start, at.end) ?? '');
  // Where the check asks the list for "*" as well, everybody may get in by it.
  const means = (member: OriginTest & { operator: 'equals' }): boolean =>
    member.text === '*' && (asksForStar(member) || originSet(test).everything !== false);
  const compared = exactMembers(test).filter((member) => member.textRange !== undefined && !means(member));
  const comparisons = compared.map((member): OriginEntry => ({
    range: member.textRange!,
    kind: 'text',
    text: member.text,
    accepts: all([test, member]),
    matching: 'exact',
    edits: {
      replaceText: (replacement) => [
        { range: member.textRange!, newText: quotedLike(replacement, member.textRange!, text) },
      ],
      ...(isMemberOfList(member.textRange!, text) && { remove: () => removal(member.textRange!, text) }),
    },
  }));
  return [
    ...comparisons,
    {
      range,
      kind: 'predicate',
      accepts: test,
      tests: originTestsIn(test),
      edits: {
        replaceTest: (single, origins, placeholder) => exactTestEdits(single, origins, placeholder, text),
        ...edits,
        replaceTestText: (single, replacement) => testTextEdits(single, replacement, text),
        replaceTestPattern: (single, source) => testPatternEdits(single, source, text),
      },
    },
  ];
}

/** The literal is one of several between brackets, so that it can be taken out. */
function isMemberOfList(range: SourceRange, text: ProgramText): boolean {
  const source = text.textOf(range);
  if (source === undefined || !/["'`]/.test(source.slice(range.start, range.start + 1))) return false;
  const [before, after] = [
    source
      .slice(Math.max(0, range.start - 200), range.start)
      .trimEnd()
      .at(-1),
    source.slice(range.end, range.end + 200).trimStart()[0],
  ];
  const isFirst = before === '[' || before === '{';
  const isLast = after === ']' || after === '}';
  return (isFirst && after === ',') || (before === ',' && (after === ',' || isLast)) || isOneOfCases(source, range);
}

/** `case "https://a.example", "https://b.example":` */
function isOneOfCases(source: SourceText, { start, end }: SourceRange): boolean {
  const before = /^\s*case\b(.*)$/.exec(source.slice(source.lastIndexOf('\n', start - 1) + 1, start))?.[1];
  const behind = end + runAt(source, end, /\s/).length;
  const after = source.slice(behind, behind + 1);
  return before !== undefined && (after === ',' || (before.trimEnd().endsWith(',') && after === ':'));
}

/** `origin.endsWith('example.com')` as a comparison with whole origins. */
function exactTestEdits(
  test: OriginTest,
  origins: readonly string[],
  placeholder: string | undefined,
  text: ProgramText,
): Edit[] {
  const { range } = test;
  const source = range && test.part === 'origin' ? text.textOf(range) : undefined;
  if (range === undefined || source === undefined) return [];
  const { literals, quote } = text;
  const newText = literals.comparison(source.slice(range.start, range.end), origins, quote);
  return newText === undefined ? [] : [{ range, newText, placeholder }, ...(literals.leftOver?.(source, range) ?? [])];
}

/** A text that stands elsewhere, under a name, is left: others may use it. */
function testTextEdits(test: OriginTest, replacement: string, text: ProgramText): Edit[] {
  if (test.operator === 'matches' || test.range === undefined || test.textRange === undefined) return [];
  const { range, textRange } = test;
  const isInside = range.path === textRange.path && range.start <= textRange.start && textRange.end <= range.end;
  const written = isInside ? text.textOf(textRange)?.slice(textRange.start, textRange.end) : undefined;
  const isWrittenOut = written?.replace(/^(["'`])(.*)\1$/s, '$2') === test.text;
  return isWrittenOut ? [{ range: textRange, newText: quotedLike(replacement, textRange, text) }] : [];
}

/** The pattern stands between slashes, or between quotes with its backslashes doubled, unless a letter in front of them says otherwise. */
function testPatternEdits(test: OriginTest, source: string, text: ProgramText): Edit[] {
  const range = test.operator === 'matches' ? test.textRange : undefined;
  const before = range && text.textOf(range)?.slice(Math.max(0, range.start - 2), range.start);
  if (range === undefined || before === undefined) return [];
  if (before.endsWith('/')) return [{ range, newText: withSlashesEscaped(source) }];
  if (!/["']$/.test(before)) return [];
  return [{ range, newText: /[r@].$/i.test(before) ? source : source.replaceAll('\\', '\\\\') }];
}

function exactMembers(test: RequestTest): (OriginTest & { operator: 'equals' })[] {
  const found: (OriginTest & { operator: 'equals' })[] = [];
  const collect = (part: RequestTest, positive: boolean): void => {
    if (part.kind === 'not') collect(part.test, !positive);
    else if (part.kind === 'all' || part.kind === 'some') for (const one of part.tests) collect(one, positive);
    else if (positive && part.kind === 'origin' && part.part === 'origin' && part.operator === 'equals')
      found.push(part as OriginTest & { operator: 'equals' });
  };
  collect(test, true);
  return found;
}

/** The replacement in the quotes that stand at the range, or bare when the range lies between them. */
function quotedLike(replacement: string, range: SourceRange, text: ProgramText): string {
  const written = text.textOf(range)?.slice(range.start, range.end) ?? '';
  const quote = /^["'`]/.exec(written)?.[0];
  return quote === undefined ? replacement : quoted(replacement, quote);
}
