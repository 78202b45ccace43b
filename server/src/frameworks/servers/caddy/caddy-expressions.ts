/** Caddy's CEL expressions, as far as they look at the origin, the method and the path. https://caddyserver.com/docs/caddyfile/matchers#expression */
import type { SourceRange } from '../../../syntax/range.ts';
import type { Word } from '../../../syntax/directives/directives.ts';
import type { OriginTest, RequestTest } from '../../../policy/request-test.ts';
import { always, never, not, originPresent, some, unknown } from '../../../policy/request-test.ts';
import { readConnectives } from '../../../models/servers/connectives.ts';
import { equalsText, matchesPattern } from '../../../models/servers/server-tests.ts';
import type { ServerValue } from '../../../models/servers/server-values.ts';
import type { TestEdits } from '../../../models/servers/server-header-edits.ts';
import { patternEdits } from '../../../models/servers/server-header-edits.ts';

interface Token {
  readonly kind: 'string' | 'word' | 'sign';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly contentStart: number;
  readonly contentEnd: number;
}

const tokenPattern =
  /\s*(?:r?'((?:\\.|[^'\\])*)'|r?"((?:\\.|[^"\\])*)"|(\{[\w.:-]+\}|[\w-]+)|(&&|\|\||==|!=|[!()[\]{},.:<>]))/gy;

/** `path` decides a list of path patterns. */
export function readCaddyExpression(
  word: Word,
  edits: TestEdits,
  path: (patterns: readonly string[]) => RequestTest,
): RequestTest {
  const tokens = tokensOf(word.text);
  const exact = word.contentRange.end - word.contentRange.start === word.text.length;
  let at = 0;
  const rangeOf = (start: number, end: number): SourceRange =>
    exact ? { start: word.contentRange.start + start, end: word.contentRange.start + end } : word.range;
  const place = (token: Token) => ({
    range: rangeOf(token.start, token.end),
    textRange: rangeOf(token.contentStart, token.contentEnd),
  });
  const take = (text: string): boolean => tokens[at]?.kind !== 'string' && tokens[at]?.text === text && ++at > 0;

  function operand(): RequestTest {
    if (take('true')) return always;
    if (take('false')) return never;
    const token = tokens[at++];
    if (!token) return unknown();
    if (token.kind === 'word' && tokens[at]?.text === '(') return call(token.text, strings());
    return comparison(valueOf(token), token.start);
  }
  /** The texts between brackets that match. */
  function strings(): Token[] {
    const found: Token[] = [];
    let depth = 0;
    do {
      const token = tokens[at++];
      if (!token) break;
      if (token.kind === 'string') found.push(token);
      else if ('([{'.includes(token.text)) depth++;
      else if (')]}'.includes(token.text)) depth--;
    } while (depth > 0);
    return found;
  }
  function call(name: string, args: readonly Token[]): RequestTest {
    const [first, ...rest] = args;
    if (name === 'method')
      return some(args.map(({ text }): RequestTest => ({ kind: 'method', name: text.toUpperCase() })));
    if (name === 'path') return path(args.map(({ text }) => text));
    if (first?.text.toLowerCase() !== 'origin') return unknown();
    if (name === 'header')
      return some(
        rest.map((token) => {
          if (token.text === '*') return originPresent;
          const [, start, middle, end] = /^(\*?)(.*?)(\*?)$/s.exec(token.text)!;
          return origin(start && end ? 'contains' : start ? 'ends-with' : end ? 'starts-with' : 'equals', {
            ...token,
            text: middle!,
          });
        }),
      );
    return name === 'header_regexp' && rest.length > 0 ? pattern(rest.at(-1)!) : unknown();
  }
  function valueOf(token: Token): ServerValue {
    if (token.kind === 'string') return { kind: 'text', text: token.text };
    if (/^\{(http\.request\.)?header\.origin\}$/i.test(token.text)) return { kind: 'origin' };
    return /^\{(http\.request\.)?method\}$/.test(token.text) ? { kind: 'method' } : { kind: 'unknown' };
  }
  function comparison(left: ServerValue, start: number): RequestTest {
    const operator = tokens[at++];
    if (operator?.text === '.') {
      const method = tokens[at++]?.text ?? '';
      const [argument, ...more] = strings();
      if (left.kind !== 'origin' || !argument || more.length > 0) return unknown();
      if (method === 'matches') return pattern(argument);
      const known = ({ startsWith: 'starts-with', endsWith: 'ends-with', contains: 'contains' } as const)[method];
      return known === undefined ? unknown() : origin(known, argument, start);
    }
    if (operator?.text === 'in') {
      return some(strings().map((token) => equalsText(left, token.text, false, written(token))));
    }
    const right = tokens[at++];
    if (!right || (operator?.text !== '==' && operator?.text !== '!=')) return unknown();
    const test =
      right.kind === 'string'
        ? equalsText(left, right.text, false, written(right))
        : left.kind === 'text' && valueOf(right).kind === 'origin'
          ? equalsText({ kind: 'origin' }, left.text, false, place(right))
          : unknown();
    return operator.text === '!=' ? not(test) : test;
  }
  function written(token: Token) {
    const where = place(token);
    if (exact) edits.set(where.range, { replaceText: (text) => [{ range: where.textRange, newText: text }] });
    return where;
  }
  function pattern(token: Token): RequestTest {
    const where = place(token);
    if (exact)
      edits.set(
        where.range,
        patternEdits(where.textRange, (source) => source.replaceAll('\\', '\\\\')),
      );
    return matchesPattern({ kind: 'origin' }, token.text, false, where, 'go');
  }
  function origin(
    operator: Exclude<OriginTest['operator'], 'matches' | 'within'>,
    token: Token,
    start?: number,
  ): RequestTest {
    const where = place(token);
    const end = tokens[at - 1]!.end;
    if (exact) {
      edits.set(where.range, {
        replaceText: (text) => [{ range: where.textRange, newText: text }],
        ...(start !== undefined && {
          replaceTest: (_, origins, placeholder) => [
            {
              range: rangeOf(start, end),
              newText: `{http.request.header.Origin} in [${origins.map((one) => `'${one}'`).join(', ')}]`,
              ...(placeholder !== undefined && { placeholder }),
            },
          ],
        }),
      });
    }
    return {
      kind: 'origin',
      part: 'origin',
      operator,
      text: token.text,
      ignoreCase: false,
      range: where.range,
      textRange: where.textRange,
    };
  }

  const when = readConnectives({ take, operand });
  return at < tokens.length || tokens.length === 0 ? unknown() : when;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  let end = 0;
  for (let match = tokenPattern.exec(text); match; match = tokenPattern.exec(text)) {
    end = match.index + match[0].length;
    const start = end - match[0].trimStart().length;
    const [, single, double, word, sign] = match;
    const quoted = single ?? double;
    const raw = text[start] === 'r';
    const contentStart = quoted === undefined ? start : start + (raw ? 2 : 1);
    const content = quoted === undefined ? (word ?? sign)! : raw ? quoted : quoted.replaceAll(/\\(.)/g, '$1');
    tokens.push({
      kind: quoted !== undefined ? 'string' : word !== undefined ? 'word' : 'sign',
      text: content,
      start,
      end,
      contentStart,
      contentEnd: quoted === undefined ? end : end - 1,
    });
  }
  // A sign that is not read here leaves the rest unknown.
  if (text.slice(end).trim() !== '')
    tokens.push({ kind: 'sign', text: '?', start: end, end: text.length, contentStart: end, contentEnd: text.length });
  return tokens;
}
