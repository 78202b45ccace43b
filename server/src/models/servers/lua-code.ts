/**
 * Headers that code in Lua sets on answers, without running it: texts and the caller's origin. What stands under a condition that
 * asks for more than whether there is an origin, or behind a `return`, is unknown.
 */
import type { SourceRange } from '../../syntax/range.ts';

export interface LuaHeader {
  /** Lower case. */
  readonly name: string;
  readonly nameRange: SourceRange;
  /** As nginx would write it: `$http_origin`, `$lua` for what is unknown; undefined where the header is taken away. */
  readonly text: string | undefined;
  readonly valueRange: SourceRange;
  readonly contentRange: SourceRange;
  readonly range: SourceRange;
}

/** How the code of one server writes headers. */
export interface LuaDialect {
  /** One write, with the groups `value` and `quoted` or `plain` for the name; the value may end before the line does. */
  readonly write: RegExp;
  /** What reads the origin that asks; without it nothing can. */
  readonly caller?: RegExp;
  /** The function that runs for an answer, as it begins; without it the code runs as a whole. */
  readonly body?: RegExp;
}

export const unknownInLua = '$lua';
/** As nginx calls it. */
export const callersOrigin = '$http_origin';
const strings = String.raw`"(?:\\.|[^"\\\r\n])*"|'(?:\\.|[^'\\\r\n])*'`;
/** A comment, or a text in quotes. */
const commentOrText = new RegExp(String.raw`--\[\[[^]*?(?:\]\]|$)|--[^\r\n]*|${strings}`, 'g');
const blockWords = /\b(if|function|do|repeat|else|elseif|end|until|return|ngx\.exit|ngx\.redirect)\b/g;

/** The headers that the code sets, in its order; `content` is where the code stands. */
export function headersInLua(source: string, content: SourceRange, dialect: LuaDialect): LuaHeader[] {
  const code = source.replaceAll(commentOrText, (part) => (part.startsWith('--') ? blank(part) : part));
  const isCertain = certaintyIn(code, dialect);
  const range = (start: number, end: number): SourceRange => ({
    ...content,
    start: content.start + start,
    end: content.start + end,
  });
  return [...code.matchAll(dialect.write)].map((match): LuaHeader => {
    const { quoted, plain, value: rest = '' } = match.groups!;
    const written = quoted ?? plain!;
    const value = expressionOf(rest);
    const valueStart = match.index + match[0].length - rest.length;
    const nameStart = match.index + match[0].lastIndexOf(written, match[0].length - rest.length - written.length);
    const isText = /^["']/.test(value) ? 1 : 0;
    return {
      name: (quoted ?? written.replaceAll('_', '-')).toLowerCase(),
      nameRange: range(nameStart, nameStart + written.length),
      text: isCertain(match.index) ? textOf(value, code, dialect) : unknownInLua,
      valueRange: range(valueStart, valueStart + value.length),
      contentRange: range(valueStart + isText, valueStart + value.length - isText),
      range: range(match.index, valueStart + value.length),
    };
  });
}

/** Without an `end` or a bracket that closes what stands around it in the same line. */
function expressionOf(rest: string): string {
  const value = rest.replace(/\s+end\b.*$/, '').trimEnd();
  return /\(/.test(value) ? value : value.replace(/\)\s*$/, '').trimEnd();
}

/** `certain`: runs for every request of a page; `absent`: runs for those without an origin only; `open`: for whichever. */
type BlockKind = 'certain' | 'absent' | 'open';

/** Whether nothing around a place decides if it runs, and nothing before it may have ended the code. Asked in the order of the text. */
function certaintyIn(code: string, dialect: LuaDialect): (offset: number) => boolean {
  const words = [...code.replaceAll(commentOrText, blank).matchAll(blockWords)];
  const around: BlockKind[] = [];
  let passed = 0;
  let mayHaveEnded = false;
  return (offset) => {
    for (; passed < words.length && words[passed]!.index < offset; passed++) {
      const { index, 1: word } = words[passed]!;
      if (word === 'end' || word === 'until') around.pop();
      else if (/^else/.test(word!)) around[around.length - 1] = 'open';
      else if (/^(return|ngx)/.test(word!)) mayHaveEnded ||= !around.includes('absent');
      else around.push(kindOf(code, index, dialect));
    }
    return !mayHaveEnded && around.every((kind) => kind === 'certain');
  };
}

/** What begins there: `if origin then` is no condition for a page, and the function of an answer always runs. */
function kindOf(code: string, index: number, dialect: LuaDialect): BlockKind {
  const head = code.slice(index, index + 200);
  if (dialect.body?.test(head)) return 'certain';
  const [, not, asked] = /^if\s*\(?\s*(not\s+)?([^\r\n]*?)\s*\)?\s*then\b/.exec(head) ?? [];
  const [, plain, , equal] = /^(.*?)(\s*(==|~=)\s*(?:nil|""|''))?$/.exec(asked ?? '') ?? [];
  if (!plain || textOf(plain, code, dialect) !== callersOrigin) return 'open';
  return (not === undefined) === (equal !== '==') ? 'certain' : 'absent';
}

/** The value as nginx would write it. */
function textOf(value: string, code: string, dialect: LuaDialect, depth = 0): string | undefined {
  if (value === 'nil') return undefined;
  const [, , text] = /^(["'])([^"'\\$]*)\1$/.exec(value) ?? [];
  if (text !== undefined) return text;
  if (dialect.caller?.test(value.replace(/\s+or\s+["'][^"']*["']$/, ''))) return callersOrigin;
  const assigned = /^\w+$/.test(value) && depth < 3 ? assignmentsOf(value, code) : [];
  return assigned.length === 1 ? textOf(expressionOf(assigned[0]!), code, dialect, depth + 1) : unknownInLua;
}

/** What a name is given, wherever that stands. */
function assignmentsOf(name: string, code: string): string[] {
  const given = new RegExp(String.raw`(?<![\w.])${name}\s*=(?!=)[ \t]*([^\r\n;]*)`, 'g');
  const others = new RegExp(
    String.raw`\b(?:local|for)\s+(?:\w+\s*,\s*)*${name}\s*(?:,|in\b)|,\s*${name}\s*(?:,[^=\r\n]*)?=(?!=)`,
  );
  return others.test(code) ? [] : [...code.matchAll(given)].map(([, value]) => value!);
}

function blank(text: string): string {
  return text.replaceAll(/[^\r\n]/g, ' ');
}
