/**
 * Caddy's CEL expressions, as far as they look at the origin, the method and the path.
 *
 * https://caddyserver.com/docs/caddyfile/matchers#expression
 */
import type { SourceRange } from '../../../syntax/range.ts';
import type { Word } from '../../../syntax/directives/directives.ts';
import type { OriginTest, RequestTest } from '../../../policy/request-test.ts';
import { always, never, not, originPresent, some, unknown } from '../../../policy/request-test.ts';
import { readConnectives } from '../../../models/servers/connectives.ts';
import type { TextPlace } from '../../../models/servers/server-tests.ts';
import { equalsText, matchesPattern } from '../../../models/servers/server-tests.ts';
import type { ServerValue } from '../../../models/servers/server-values.ts';
import type { TestEdits } from '../../../models/servers/server-header-edits.ts';
import { patternEdits } from '../../../models/servers/server-header-edits.ts';
import { caddyPatterns } from './caddy-patterns.ts';

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

/** A condition on the request's path, from a list of path patterns. */
export type PathTest = (patterns: readonly string[]) => RequestTest;

/** What stands in the word. `unknown()` for what is not read here. */
export function readCaddyExpression(word: Word, edits: TestEdits, path: PathTest): RequestTest {
  return new ExpressionReader(word, edits, path).read();
}

/** `*` stands for any letters at the ends of a text only. */
export function wildcardOperator(written: string): { readonly operator: TextOperator; readonly text: string } {
  const [, start, middle, end] = /^(\*?)(.*?)(\*?)$/s.exec(written)!;
  const operator = start && end ? 'contains' : start ? 'ends-with' : end ? 'starts-with' : 'equals';
  return { operator, text: middle! };
}

type TextOperator = Exclude<OriginTest['operator'], 'matches' | 'within'>;
const textMethods: Readonly<Record<string, TextOperator>> = {
  startsWith: 'starts-with',
  endsWith: 'ends-with',
  contains: 'contains',
};

class ExpressionReader {
  private readonly tokens: readonly Token[];
  /** Whether positions in the text are positions in the file. */
  private readonly exact: boolean;
  private at = 0;

  constructor(
    private readonly word: Word,
    private readonly edits: TestEdits,
    private readonly path: PathTest,
  ) {
    this.tokens = tokensOf(word.text);
    this.exact = word.contentRange.end - word.contentRange.start === word.text.length;
  }

  read(): RequestTest {
    const when = readConnectives({ take: (sign) => this.take(sign), operand: () => this.operand() });
    return this.at < this.tokens.length || this.tokens.length === 0 ? unknown() : when;
  }

  private take(text: string): boolean {
    const token = this.tokens[this.at];
    return token?.kind !== 'string' && token?.text === text && ++this.at > 0;
  }

  private operand(): RequestTest {
    if (this.take('true')) return always;
    if (this.take('false')) return never;
    const token = this.tokens[this.at++];
    if (!token) return unknown();
    if (token.kind === 'word' && this.tokens[this.at]?.text === '(') return this.call(token.text, this.strings());
    return this.comparison(valueOf(token), token.start);
  }

  /** The texts between brackets that match. */
  private strings(): Token[] {
    const found: Token[] = [];
    let depth = 0;
    do {
      const token = this.tokens[this.at++];
      if (!token) break;
      if (token.kind === 'string') found.push(token);
      else if ('([{'.includes(token.text)) depth++;
      else if (')]}'.includes(token.text)) depth--;
    } while (depth > 0);
    return found;
  }

  private call(name: string, args: readonly Token[]): RequestTest {
    if (name === 'method')
      return some(args.map(({ text }): RequestTest => ({ kind: 'method', name: text.toUpperCase() })));
    if (name === 'path') return this.path(args.map(({ text }) => text));
    const [header, ...values] = args;
    if (header?.text.toLowerCase() !== 'origin') return unknown();
    if (name === 'header') return some(values.map((token) => this.headerValue(token)));
    return name === 'header_regexp' && values.length > 0 ? this.pattern(values.at(-1)!) : unknown();
  }

  private headerValue(token: Token): RequestTest {
    if (token.text === '*') return originPresent;
    const { operator, text } = wildcardOperator(token.text);
    return this.origin(operator, { ...token, text });
  }

  private comparison(left: ServerValue, start: number): RequestTest {
    const operator = this.tokens[this.at++]?.text;
    if (operator === '.') return this.methodCall(left, start);
    if (operator === 'in')
      return some(this.strings().map((token) => equalsText(left, token.text, false, this.written(token))));
    const right = this.tokens[this.at++];
    if (!right || (operator !== '==' && operator !== '!=')) return unknown();
    const test = this.equality(left, right);
    return operator === '!=' ? not(test) : test;
  }

  private equality(left: ServerValue, right: Token): RequestTest {
    if (right.kind === 'string') return equalsText(left, right.text, false, this.written(right));
    return left.kind === 'text' && valueOf(right).kind === 'origin'
      ? equalsText({ kind: 'origin' }, left.text, false, this.place(right))
      : unknown();
  }

  /** `{…}.startsWith('…')` and its like. */
  private methodCall(left: ServerValue, start: number): RequestTest {
    const method = this.tokens[this.at++]?.text ?? '';
    const [argument, ...more] = this.strings();
    if (left.kind !== 'origin' || !argument || more.length > 0) return unknown();
    if (method === 'matches') return this.pattern(argument);
    const operator = Object.hasOwn(textMethods, method) ? textMethods[method] : undefined;
    return operator === undefined ? unknown() : this.origin(operator, argument, start);
  }

  private written(token: Token): TextPlace {
    const where = this.place(token);
    if (this.exact) this.edits.set(where.range, { replaceText: (text) => [{ range: where.textRange, newText: text }] });
    return where;
  }

  private pattern(token: Token): RequestTest {
    const where = this.place(token);
    if (this.exact)
      this.edits.set(
        where.range,
        patternEdits(where.textRange, (source) => source.replaceAll('\\', '\\\\')),
      );
    return matchesPattern({ kind: 'origin' }, token.text, false, where, caddyPatterns.dialect);
  }

  /** `start`: of the comparison as a whole, where it can be replaced. */
  private origin(operator: TextOperator, token: Token, start?: number): RequestTest {
    const { range, textRange } = this.place(token);
    if (this.exact) {
      const whole = start === undefined ? undefined : this.rangeOf(start, this.tokens[this.at - 1]!.end);
      this.edits.set(range, {
        replaceText: (text) => [{ range: textRange, newText: text }],
        ...(whole && {
          replaceTest: (_, origins, placeholder) => [
            {
              range: whole,
              newText: `{http.request.header.Origin} in [${origins.map((one) => `'${one}'`).join(', ')}]`,
              ...(placeholder !== undefined && { placeholder }),
            },
          ],
        }),
      });
    }
    return { kind: 'origin', part: 'origin', operator, text: token.text, ignoreCase: false, range, textRange };
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

function valueOf(token: Token): ServerValue {
  if (token.kind === 'string') return { kind: 'text', text: token.text };
  if (/^\{(http\.request\.)?header\.origin\}$/i.test(token.text)) return { kind: 'origin' };
  return /^\{(http\.request\.)?method\}$/.test(token.text) ? { kind: 'method' } : { kind: 'unknown' };
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
