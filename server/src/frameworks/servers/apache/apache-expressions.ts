/** Apache's expressions, of `<If>` and `expr=`, as conditions on the request. https://httpd.apache.org/docs/2.4/expr.html */
import type { SourceRange } from '../../../syntax/range.ts';
import type { Word } from '../../../syntax/directives/directives.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { always, never, not, originPresent, some, unknown } from '../../../policy/request-test.ts';
import { both } from '../../../models/servers/server-conditions.ts';
import { readConnectives } from '../../../models/servers/connectives.ts';
import type { TextPlace } from '../../../models/servers/server-tests.ts';
import { equalsText, matchesPattern } from '../../../models/servers/server-tests.ts';
import type { ServerValue } from '../../../models/servers/server-values.ts';
import type { TestEdits } from '../../../models/servers/server-header-edits.ts';
import { exactPattern, patternEdits } from '../../../models/servers/server-header-edits.ts';

export interface ExpressionTest {
  readonly when: RequestTest;
  /** Apache then adds `Vary: Origin` by itself. */
  readonly readsOrigin: boolean;
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

const originVariable = /^%\{(HTTP|req):Origin\}$/i;
const variable = /(%\{[^}]*\})/;
/** Between slashes, or after an `m` between other signs; `i` for letters of either case. */
const regex = /m?(?:\/((?:\\.|[^\\/])*)\/|(?<=m)(?<delimiter>[#,;:!|])((?:\\.|[^\\])*?)\k<delimiter>)(i?)/;
const singleQuoted = /'((?:\\.|[^'\\])*)'/;
const doubleQuoted = /"((?:\\.|[^"\\])*)"/;
const sign = /(&&|\|\||=~|!~|==|!=|<=|>=|[!(){},<>=])/;
const operatorName = /(-[a-z]+)/;
const bareWord = /([^\s(){},!=<>&|]+)/;
const choices = [variable, regex, singleQuoted, doubleQuoted, sign, operatorName, bareWord];
const tokenPattern = new RegExp(`\\s*(?:${choices.map(({ source }) => source).join('|')})`, 'gsy');

/** What stands in this word. `unknown()` for what is not read here. */
export function readExpression(word: Word, edits: TestEdits): ExpressionTest {
  return new ExpressionReader(word, edits).read();
}

class ExpressionReader {
  private readonly tokens: readonly Token[];
  /** Whether positions in the text are positions in the file. */
  private readonly exact: boolean;
  private readsOrigin = false;
  private at = 0;

  constructor(
    private readonly word: Word,
    private readonly edits: TestEdits,
  ) {
    this.tokens = tokensOf(word.text);
    this.exact = word.contentRange.end - word.contentRange.start === word.text.length;
  }

  read(): ExpressionTest {
    const when = readConnectives({
      take: (sign) => this.take(sign),
      operand: () => this.operand(),
      allOf: (tests) => both(...tests),
    });
    return { when: this.at < this.tokens.length ? unknown() : when, readsOrigin: this.readsOrigin };
  }

  private take(text: string): boolean {
    const token = this.tokens[this.at];
    return (token?.kind === 'sign' || token?.kind === 'word') && token.text === text && ++this.at > 0;
  }

  private operand(): RequestTest {
    if (this.take('true')) return always;
    if (this.take('false')) return never;
    const unary = ['-n', '-z', '-T'].find((one) => this.tokens[this.at]?.kind === 'word' && this.take(one));
    const left = this.value();
    if (unary === undefined) return this.comparison(left);
    if (left.kind !== 'origin' || unary === '-T') return unknown();
    return unary === '-n' ? originPresent : not(originPresent);
  }

  private value(): ServerValue {
    const token = this.tokens[this.at++];
    if (!token) return { kind: 'unknown' };
    if (token.kind === 'string')
      return originVariable.test(token.text) ? this.origin() : { kind: 'text', text: token.text };
    const argument = /^(req|http|req_novary|tolower)$/.test(token.text) ? this.argument() : undefined;
    const isOriginCall = /^(req|http)$/.test(token.text) && argument?.toLowerCase() === 'origin';
    if (originVariable.test(token.text) || isOriginCall) return this.origin();
    return token.text === '%{REQUEST_METHOD}' ? { kind: 'method' } : { kind: 'unknown' };
  }

  /** The one argument of a function, with its parentheses. */
  private argument(): string | undefined {
    const [open, argument, close] = this.tokens.slice(this.at, this.at + 3);
    if (open?.text !== '(' || close?.text !== ')') return undefined;
    this.at += 3;
    return argument!.text;
  }

  private origin(): ServerValue {
    this.readsOrigin = true;
    return { kind: 'origin' };
  }

  private comparison(left: ServerValue): RequestTest {
    const [operator, right] = this.tokens.slice(this.at, this.at + 2);
    if (!operator || !right) return unknown();
    if (operator.text === 'in' || operator.text === '-in') return this.membership(left);
    this.at += 2;
    if (/^[=!]~$|^-(re|strmatch)$/.test(operator.text) && right.kind === 'regex')
      return this.match(left, operator, right);
    const isEquality = /^(==?|!=|-eq|-ne)$/.test(operator.text);
    return isEquality && (right.kind === 'string' || right.kind === 'word')
      ? this.equality(left, operator, right)
      : unknown();
  }

  private match(left: ServerValue, operator: Token, right: Token): RequestTest {
    const place = this.place(right);
    // Between slashes Apache takes no slash, escaped or not.
    const slashes = this.word.text.slice(right.start).startsWith('/');
    if (this.exact)
      this.edits.set(
        place.range,
        slashes ? patternEdits(place.range, (source) => `m#${source}#${right.flags}`) : patternEdits(place.textRange),
      );
    const test = matchesPattern(left, right.text, right.flags === 'i', place);
    return operator.text.startsWith('!') ? not(test) : test;
  }

  private equality(left: ServerValue, operator: Token, right: Token): RequestTest {
    const place = this.place(right);
    const negated = operator.text.startsWith('!');
    if (this.exact && !negated)
      this.edits.set(place.range, {
        replaceText: (text) => [{ range: place.textRange, newText: text }],
        replaceByOrigins: (origins) => [
          {
            range: { start: this.rangeOf(operator.start, 0).start, end: place.range.end },
            newText: origins.length === 1 ? `== '${origins[0]}'` : `=~ m#${exactPattern(origins)}#`,
          },
        ],
      });
    const test = equalsText(left, right.text, false, place);
    return negated || operator.text === '-ne' ? not(test) : test;
  }

  /** `in { 'a', 'b' }`. */
  private membership(left: ServerValue): RequestTest {
    this.at += 1;
    if (!this.take('{')) return unknown();
    const members: Token[] = [];
    for (; this.at < this.tokens.length && this.tokens[this.at]!.text !== '}'; this.at++) {
      const token = this.tokens[this.at]!;
      if (token.kind === 'string') members.push(token);
    }
    this.take('}');
    return some(members.map((_, index) => this.member(left, members, index)));
  }

  private member(left: ServerValue, members: readonly Token[], index: number): RequestTest {
    const [before, member, next] = [members[index - 1], members[index]!, members[index + 1]];
    const place = this.place(member);
    const removed = next ? this.rangeOf(member.start, next.start) : before && this.rangeOf(before.end, member.end);
    if (this.exact)
      this.edits.set(place.range, {
        replaceText: (text) => [{ range: place.textRange, newText: text }],
        ...(removed && { remove: () => [{ range: removed, newText: '' }] }),
      });
    return equalsText(left, member.text, false, place);
  }

  private place(token: Token): TextPlace {
    return {
      range: this.rangeOf(token.start, token.end),
      textRange: this.rangeOf(token.contentStart, token.contentEnd),
    };
  }

  private rangeOf(start: number, end: number): SourceRange {
    const { contentRange, range } = this.word;
    return this.exact ? { start: contentRange.start + start, end: contentRange.start + end } : range;
  }
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
