/**
 * Headers that code in Lua sets in a configuration of OpenResty: `ngx.header["…"] = …`. What stands under a condition, or behind a
 * `return`, is unknown; so is every value but a text and the caller's origin.
 *
 * https://github.com/openresty/lua-nginx-module#ngxheaderheader
 */
import type { SourceRange } from '../../../syntax/range.ts';
import type { Directive } from '../../../syntax/directives/directives.ts';

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

/** Phases in which headers of the answer can be set. */
const phases = /^(rewrite|access|content|header_filter)_by_lua(_block)?$/;
const unknown = '$lua';
const write = /\bngx\.header(?:\[\s*(["'])([\w-]+)\1\s*\]|\.(\w+))\s*=(?!=)[ \t]*([^\r\n;]*)/g;
const strings = String.raw`"(?:\\.|[^"\\\r\n])*"|'(?:\\.|[^'\\\r\n])*'`;
/** A comment, or a text in quotes. */
const commentOrText = new RegExp(String.raw`--\[\[[^]*?(?:\]\]|$)|--[^\r\n]*|${strings}`, 'g');
const blockWords = /\b(if|function|do|repeat|end|until|return|ngx\.exit|ngx\.redirect)\b/g;

export function isLua({ name }: Directive): boolean {
  return phases.test(name);
}

/** The headers that the directive sets, in the order of the text. */
export function luaHeaders({ args: [word] }: Directive): LuaHeader[] {
  // Escapes of a text in quotes shift what stands behind them.
  if (word === undefined || word.contentRange.end - word.contentRange.start !== word.text.length) return [];
  const { start } = word.contentRange;
  const code = word.text.replaceAll(commentOrText, (part) => (part.startsWith('--') ? blank(part) : part));
  const isCertain = certaintyIn(code);
  return [...code.matchAll(write)].map((match): LuaHeader => {
    const [whole, , quoted, plain, rest] = match;
    const written = quoted ?? plain!;
    const value = expressionOf(rest!);
    const valueStart = start + match.index + whole.length - rest!.length;
    const valueRange = { start: valueStart, end: valueStart + value.length };
    const nameStart = start + match.index + whole.indexOf(written, 'ngx.header'.length);
    const isText = /^["']/.test(value) ? 1 : 0;
    return {
      name: (quoted ?? plain!.replaceAll('_', '-')).toLowerCase(),
      nameRange: { start: nameStart, end: nameStart + written.length },
      text: isCertain(match.index) ? textOf(value, code) : unknown,
      valueRange,
      contentRange: { start: valueRange.start + isText, end: valueRange.end - isText },
      range: { start: start + match.index, end: valueRange.end },
    };
  });
}

/** Without an `end` that closes what stands around it in the same line. */
function expressionOf(rest: string): string {
  return rest.replace(/\s+end\b.*$/, '').trimEnd();
}

/** Whether nothing around a place decides if it runs, and nothing before it may have ended the code. Asked in the order of the text. */
function certaintyIn(code: string): (offset: number) => boolean {
  const words = [...code.replaceAll(commentOrText, blank).matchAll(blockWords)];
  let passed = 0;
  let depth = 0;
  let mayHaveEnded = false;
  return (offset) => {
    for (; passed < words.length && words[passed]!.index < offset; passed++) {
      const word = words[passed]![1]!;
      if (word === 'end' || word === 'until') depth -= 1;
      else if (/^(return|ngx\.exit|ngx\.redirect)$/.test(word)) mayHaveEnded = true;
      else depth += 1;
    }
    return depth === 0 && !mayHaveEnded;
  };
}

/** The value as nginx would write it. */
function textOf(value: string, code: string, depth = 0): string | undefined {
  if (value === 'nil') return undefined;
  const [, , text] = /^(["'])([^"'\\$]*)\1$/.exec(value) ?? [];
  if (text !== undefined) return text;
  if (
    /^(ngx\.var\.http_origin|ngx\.req\.get_headers\(\)(\.origin|\[["']origin["']\]))(\s+or\s+["'][^"']*["'])?$/i.test(
      value,
    )
  )
    return '$http_origin';
  const assigned = /^\w+$/.test(value) && depth < 3 ? assignmentsOf(value, code) : [];
  return assigned.length === 1 ? textOf(expressionOf(assigned[0]!), code, depth + 1) : unknown;
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
