/** Apache's expressions, of `<If>` and `expr=`, as conditions on the request. https://httpd.apache.org/docs/2.4/expr.html */
import type { SourceRange } from '../../../syntax/range.ts';
import type { Word } from '../../../syntax/directives/directives.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { always, never, not, originPresent, some, unknown } from '../../../policy/request-test.ts';
import { both } from '../../../models/servers/server-conditions.ts';
import { readConnectives } from '../../../models/servers/connectives.ts';
import { equalsText, matchesPattern } from '../../../models/servers/server-tests.ts';
import type { ServerValue } from '../../../models/servers/server-values.ts';
import type { TestEdits } from '../../../models/servers/server-header-edits.ts';
import { exactPattern, patternEdits } from '../../../models/servers/server-header-edits.ts';

export interface ExpressionTest {
  readonly when: RequestTest;
  /** Apache then adds `Vary: Origin` by itself. */ readonly readsOrigin: boolean;
}
interface Token {
  readonly text: string;
  readonly kind: 'word' | 'string' | 'regex' | 'sign';
  readonly start: number;
  readonly end: number;
  readonly flags?: string;
  readonly contentStart: number;
  readonly contentEnd: number;
}

const tokenPattern =
  /\s*(?:(%\{[^}]*\})|m?(?:\/((?:\\.|[^\\/])*)\/|(?<=m)([#,;:!|])((?:\\.|[^\\])*?)\3)(i?)|'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)"|(&&|\|\||=~|!~|==|!=|<=|>=|[!(){},<>=])|(-[a-z]+)|([^\s(){},!=<>&|]+))/gsy;

/** What stands in this word. `unknown()` for what is not read here. */
export function readExpression(word: Word, edits: TestEdits): ExpressionTest {
  const exact = word.contentRange.end - word.contentRange.start === word.text.length;
  const tokens = tokensOf(word.text);
  let readsOrigin = false;
  let at = 0;
  const rangeOf = (start: number, end: number): SourceRange =>
    exact ? { start: word.contentRange.start + start, end: word.contentRange.start + end } : word.range;
  const take = (text: string): boolean =>
    (tokens[at]?.kind === 'sign' || tokens[at]?.kind === 'word') && tokens[at]!.text === text && ++at > 0;

  function operand(): RequestTest {
    if (take('true')) return always;
    if (take('false')) return never;
    const unary = tokens[at]?.kind === 'word' && /^-[nzT]$/.test(tokens[at]!.text) ? tokens[at++]!.text : undefined;
    const left = value();
    if (unary)
      return left.kind === 'origin' && unary !== '-T'
        ? unary === '-n'
          ? originPresent
          : not(originPresent)
        : unknown();
    return comparison(left);
  }
  function value(): ServerValue {
    const token = tokens[at++];
    if (!token) return { kind: 'unknown' };
    if (token.kind === 'string')
      return /^%\{(HTTP|req):Origin\}$/i.test(token.text) ? origin() : { kind: 'text', text: token.text };
    const call =
      tokens[at]?.text === '(' && tokens[at + 2]?.text === ')' && /^(req|http|req_novary|tolower)$/.test(token.text)
        ? tokens[at + 1]!.text
        : undefined;
    if (call !== undefined) at += 3;
    if (
      /^%\{(HTTP|req):Origin\}$/i.test(token.text) ||
      (/^(req|http)$/.test(token.text) && call?.toLowerCase() === 'origin')
    )
      return origin();
    if (token.text === '%{REQUEST_METHOD}') return { kind: 'method' };
    return { kind: 'unknown' };
  }
  function origin(): ServerValue {
    readsOrigin = true;
    return { kind: 'origin' };
  }
  function comparison(left: ServerValue): RequestTest {
    const operator = tokens[at];
    const right = tokens[at + 1];
    if (!operator || !right) return unknown();
    if (operator.text === 'in' || operator.text === '-in') return membership(left);
    at += 2;
    const place = { range: rangeOf(right.start, right.end), textRange: rangeOf(right.contentStart, right.contentEnd) };
    const negated = operator.text.startsWith('!');
    if (/^[=!]~$|^-(re|strmatch)$/.test(operator.text) && right.kind === 'regex') {
      // Between slashes Apache takes no slash, escaped or not.
      const slashes = word.text.slice(right.start).startsWith('/');
      if (exact)
        edits.set(
          place.range,
          slashes ? patternEdits(place.range, (source) => `m#${source}#${right.flags}`) : patternEdits(place.textRange),
        );
      const test = matchesPattern(left, right.text, right.flags === 'i', place);
      return negated ? not(test) : test;
    }
    if (!/^(==?|!=|-eq|-ne)$/.test(operator.text) || (right.kind !== 'string' && right.kind !== 'word'))
      return unknown();
    if (exact && !negated)
      edits.set(place.range, {
        replaceText: (text) => [{ range: place.textRange, newText: text }],
        replaceByOrigins: (origins) => [
          {
            range: { start: rangeOf(operator.start, 0).start, end: place.range.end },
            newText: origins.length === 1 ? `== '${origins[0]}'` : `=~ m#${exactPattern(origins)}#`,
          },
        ],
      });
    const test = equalsText(left, right.text, false, place);
    return negated || operator.text === '-ne' ? not(test) : test;
  }
  /** `in { 'a', 'b' }`. */
  function membership(left: ServerValue): RequestTest {
    at += 1;
    if (!take('{')) return unknown();
    const members: Token[] = [];
    while (at < tokens.length && tokens[at]!.text !== '}') {
      if (tokens[at]!.kind === 'string') members.push(tokens[at]!);
      at++;
    }
    take('}');
    return some(
      members.map((member, index) => {
        const place = {
          range: rangeOf(member.start, member.end),
          textRange: rangeOf(member.contentStart, member.contentEnd),
        };
        const next = members[index + 1];
        const before = members[index - 1];
        if (exact) {
          edits.set(place.range, {
            replaceText: (text) => [{ range: place.textRange, newText: text }],
            ...((next ?? before) && {
              remove: () => [
                { range: next ? rangeOf(member.start, next.start) : rangeOf(before!.end, member.end), newText: '' },
              ],
            }),
          });
        }
        return equalsText(left, member.text, false, place);
      }),
    );
  }

  const when = readConnectives({ take, operand, allOf: (tests) => both(...tests) });
  return { when: at < tokens.length ? unknown() : when, readsOrigin };
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  for (let match = tokenPattern.exec(text); match && match[0] !== ''; match = tokenPattern.exec(text)) {
    const end = match.index + match[0].length;
    const start = end - match[0].trimStart().length;
    const [, variable, slashed, delimiter, delimited, flags, single, double, sign, unary, bare] = match;
    const quoted = single ?? double;
    const regex = slashed ?? delimited;
    const kind = regex !== undefined ? 'regex' : quoted !== undefined ? 'string' : sign !== undefined ? 'sign' : 'word';
    const content = regex ?? quoted ?? variable ?? sign ?? unary ?? bare ?? '';
    const contentStart =
      regex !== undefined || quoted !== undefined
        ? start + (delimiter !== undefined ? 2 : text[start] === 'm' ? 2 : 1)
        : start;
    tokens.push({
      text: content,
      kind,
      start,
      end,
      contentStart,
      contentEnd: contentStart + content.length,
      ...(regex !== undefined && { flags: flags ?? '' }),
    });
    if (end >= text.length) break;
  }
  return tokens;
}
