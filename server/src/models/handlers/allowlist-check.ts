/** Writes a check against an allowlist around what sends Access-Control-Allow-Origin to everybody. */
import type { Edit } from '../../syntax/range.ts';
import type { Expression, Node } from '../../syntax/programs/program.ts';
import type { WatchedText } from '../../syntax/programs/watched-text.ts';
import { deeper, indentationAt, lineEnd, quoted } from '../../edits/program-edits.ts';
import type { EditedGroup } from './edited-group.ts';
import type { HeaderWrite } from './header-write.ts';
import type { ProgramNotation } from '../../edits/program-notation.ts';
import { addVary, hasVary, varyStatement } from './vary-edits.ts';
import { isFurtherLink, statementOf, written } from './written-statements.ts';

/** Edits after which this write lets in these origins only; none where no exact ones exist. */
export function allowOnly(
  write: HeaderWrite,
  value: Expression,
  origins: readonly string[],
  placeholder: string | undefined,
  group: EditedGroup,
): Edit[] {
  const { text, language } = group;
  const { notation, checked } = language.edits;
  const request = requestOrigin(value, write, group);
  const statement = checked.includes(write.form) && !isFurtherLink(write) ? statementOf(write) : undefined;
  if (statement && request !== undefined)
    return checkedStatement({ write, value, statement, request, group }, origins, placeholder);
  if (origins.length === 1)
    return [{ range: value.range, newText: written(write, origins[0]!, text.quote), placeholder }];
  if (request === undefined || write.form !== 'entry') return [];
  const list = notation.list(origins.map((origin) => quoted(origin, text.quote)));
  const newText = notation.choice(notation.contains(list, request), request, quoted(origins[0]!, text.quote));
  if (newText === undefined) return [];
  return [{ range: value.range, newText, placeholder }, ...(hasVary(group) ? [] : addVary(write, group))];
}

/** The expression for the request's Origin: the value itself where it is that, else what the handler's parameters give. */
function requestOrigin(
  value: Expression,
  write: HeaderWrite,
  { evaluator, handler, program, text, language: { edits } }: EditedGroup,
): string | undefined {
  const sent = write.form === 'line' ? lastPartOf(value) : value;
  const isRepeatable = /^(identifier|member|index|call)$/.test(sent.kind);
  const origin =
    isRepeatable && evaluator.isRequestOrigin(sent)
      ? sent.text
      : edits.requestOrigin(handler, program, text.quote, write);
  return origin === undefined ? undefined : (edits.orEmpty?.(origin, program, text.quote) ?? origin);
}

/** What stands behind the header's name in a line: `"Name: $origin"`, `'Name: ' . $origin`. */
function lastPartOf(value: Expression): Expression {
  if (value.kind === 'binary' && value.operator === '+') return value.right;
  return value.kind === 'template' ? (value.holes.at(-1) ?? value) : value;
}

interface CheckedWrite {
  readonly write: HeaderWrite;
  readonly value: Expression;
  readonly statement: Node;
  /** The request's Origin, as an expression. */
  readonly request: string;
  readonly group: EditedGroup;
}

function checkedStatement(
  checkedWrite: CheckedWrite,
  origins: readonly string[],
  placeholder: string | undefined,
): Edit[] {
  const { write, value, statement, request, group } = checkedWrite;
  const { program, text, language } = group;
  const { notation } = language.edits;
  const newline = lineEnd(program.text);
  const indentation = indentationAt(program.text, statement.range.start);
  const step = deeper(program.text, indentation).slice(indentation.length);
  const list = freeName(notation.listNames, program.text);
  const sent =
    program.text.slice(write.range.start, value.range.start) +
    sentExpression(write, request, text.quote, notation) +
    program.text.slice(value.range.end, write.range.end) +
    notation.end;
  const constant = notation.constant(list, notation.list(origins.map((origin) => quoted(origin, text.quote))));
  const checked = notation.condition(notation.contains(list, request), sent, step);
  const isNested = statement.parent?.kind === 'if' || statement.parent?.kind === 'loop';
  const vary = hasVary(group) ? [] : [varyStatement(write, group)];
  // `if (origin) res.set(…)` without braces: a declaration needs them, and `Vary` stands outside of the condition.
  const lines =
    isNested && notation.block ? notation.block([constant, ...checked], step) : [constant, ...checked, ...vary];
  const outside = isNested && vary.length > 0 ? addVary(write, group) : [];
  const range = { start: statement.range.start, end: endOf(statement, program.text, notation.end) };
  return [...outside, { range, newText: lines.join(newline + indentation), placeholder }];
}

/** The expression of the request's origin as this write sends it. */
function sentExpression({ before }: HeaderWrite, request: string, quote: string, notation: ProgramNotation): string {
  return before === undefined ? request : (notation.joined?.(quoted(before, quote), request) ?? request);
}

function freeName([first, second]: readonly [string, string], text: WatchedText): string {
  return text.has(new RegExp(`(?<![\\w$])${first.replaceAll('$', '\\$')}(?![\\w$])`)) ? second : first;
}

/** Behind the sign that ends a statement, which the tree may not count as its own. */
function endOf({ range }: Node, text: WatchedText, sign: string): number {
  const isOutside =
    sign !== '' &&
    text.slice(range.end - sign.length, range.end) !== sign &&
    text.slice(range.end, range.end + sign.length) === sign;
  return isOutside ? range.end + sign.length : range.end;
}
