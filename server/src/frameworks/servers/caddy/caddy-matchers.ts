/** Request matchers of Caddy, as conditions on the request. https://caddyserver.com/docs/caddyfile/matchers */
import type { Directive, Word } from '../../../syntax/directives/directives.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { all, always, never, not, originPresent, some, unknown } from '../../../policy/request-test.ts';
import { readCaddyExpression } from './caddy-expressions.ts';
import type { TestEdits } from '../../../models/servers/server-header-edits.ts';
import { patternEdits } from '../../../models/servers/server-header-edits.ts';

/** Which requests a policy is about: those of one host or path that the file names, or all others. */
export interface RequestClass {
  readonly host?: string;
  readonly path?: string;
}
export interface Matcher {
  readonly when: (requests: RequestClass) => RequestTest;
  readonly paths: readonly string[];
  readonly hosts: readonly string[];
  /** Its patterns of the Origin header by name, for `{re.name.0}`. */
  readonly patterns: ReadonlyMap<string, string>;
}
/** Writes edits of a matcher's lines. */
export interface MatcherEditor {
  readonly tests: TestEdits;
  readonly text: string;
  readonly isOwn: (directive: Directive) => boolean;
  readonly newline: string;
}

export const everything: Matcher = { when: () => always, paths: [], hosts: [], patterns: new Map() };
const unreadable: Matcher = { ...everything, when: () => unknown() };

/** Named matchers of one block, by `@name`. */
export function readMatchers(directives: readonly Directive[], editor: MatcherEditor): Map<string, Matcher> {
  const found = new Map<string, Matcher>();
  for (const directive of directives) {
    if (!directive.name.startsWith('@')) continue;
    const [first, ...rest] = directive.args;
    const lines =
      directive.block && directive.args.length === 0
        ? directive.block
        : first
          ? [
              {
                ...directive,
                name: first.text,
                nameRange: first.range,
                args: rest,
                ...(first.quote === '`' && { name: 'expression', args: [first] }),
              },
            ]
          : [];
    found.set(directive.name, setOf(lines, directive, editor));
  }
  return found;
}

/** The matcher that a directive's first argument is; undefined where it is none. */
export function matcherOf(word: Word | undefined, named: ReadonlyMap<string, Matcher>): Matcher | undefined {
  if (!word || word.quote !== '') return undefined;
  if (word.text === '*') return everything;
  if (word.text.startsWith('/'))
    return { ...everything, paths: [word.text], when: (requests) => pathTest([word.text], requests) };
  return word.text.startsWith('@') ? (named.get(word.text) ?? unreadable) : undefined;
}

/** All of the lines, and one of those that look at the same header. */
function setOf(lines: readonly Directive[], declared: Directive, editor: MatcherEditor): Matcher {
  const tests: ((requests: RequestClass) => RequestTest)[] = [];
  const headers = new Map<string, RequestTest[]>();
  const paths: string[] = [];
  const hosts: string[] = [];
  const patterns = new Map<string, string>();
  for (const line of lines) {
    const texts = line.args.map(({ text }) => text);
    switch (line.name) {
      case 'path':
        paths.push(...texts);
        break;
      case 'host':
        hosts.push(...texts);
        break;
      case 'method':
        tests.push(() => some(texts.map((name): RequestTest => ({ kind: 'method', name: name.toUpperCase() }))));
        break;
      case 'header': {
        const field = texts[0]?.toLowerCase() ?? '';
        headers.set(field, [...(headers.get(field) ?? []), headerTest(line, declared, lines, editor)]);
        break;
      }
      case 'header_regexp': {
        const [field, pattern] = line.args.slice(-2);
        const name = line.args.length > 2 ? texts[0]! : declared.name.slice(1);
        if (field?.text.toLowerCase() === 'origin' && pattern) {
          patterns.set(name, pattern.text);
          if (editor.isOwn(line) && pattern.range.end > pattern.range.start)
            editor.tests.set(pattern.range, patternEditsOf(pattern, name, editor));
          tests.push(() => ({
            kind: 'origin',
            part: 'origin',
            operator: 'matches',
            pattern: { source: pattern.text, flags: '', dialect: 'go', mode: 'search' },
            range: pattern.range,
            textRange: pattern.contentRange,
          }));
        } else tests.push(() => unknown());
        break;
      }
      case 'expression': {
        const word = expressionWord(line.args, editor.text, editor.isOwn(line));
        tests.push((requests) =>
          word ? readCaddyExpression(word, editor.tests, (path) => pathTest(path, requests)) : unknown(),
        );
        break;
      }
      case 'not': {
        const [first, ...rest] = line.args;
        const inner = setOf(line.block ?? (first ? [{ ...line, name: first.text, args: rest }] : []), declared, editor);
        tests.push((requests) => not(inner.when(requests)));
        break;
      }
      case 'protocol':
        break;
      default:
        tests.push(() => unknown());
    }
  }
  return {
    paths,
    hosts,
    patterns,
    when: (requests) =>
      all([
        ...(paths.length > 0 ? [pathTest(paths, requests)] : []),
        ...(hosts.length > 0 ? [requests.host !== undefined && hosts.includes(requests.host) ? always : never] : []),
        ...[...headers.values()].map(some),
        ...tests.map((test) => test(requests)),
      ]),
  };
}

/** `header Origin text`: `*` is a wildcard at the ends of the text only. */
function headerTest(
  line: Directive,
  declared: Directive,
  lines: readonly Directive[],
  editor: MatcherEditor,
): RequestTest {
  const [field, value] = line.args;
  if (field?.text.toLowerCase() === '!origin') return not(originPresent);
  if (field?.text.toLowerCase() !== 'origin') return unknown();
  if (!value || value.text === '*') return originPresent;
  if (value.text.includes('{')) return unknown();
  const own = editor.isOwn(line) && value.contentRange.end - value.contentRange.start === value.text.length;
  if (own) {
    const several =
      lines.filter((other) => other.name === 'header' && other.args[0]?.text.toLowerCase() === 'origin').length > 1;
    const statement = { start: line.nameRange.start, end: line.args.at(-1)!.range.end };
    const lineStart = editor.text.lastIndexOf('\n', statement.start - 1) + 1;
    const indentation = /^[ \t]*/.exec(editor.text.slice(lineStart))![0];
    const written = (origins: readonly string[]): string =>
      declared.block
        ? origins.map((origin) => `header Origin ${origin}`).join(editor.newline + indentation)
        : origins.length === 1
          ? `header Origin ${origins[0]}`
          : `{${origins.map((origin) => `${editor.newline}${indentation}\theader Origin ${origin}`).join('')}${editor.newline}${indentation}}`;
    editor.tests.set(value.range, {
      replaceText: (text) => [{ range: value.contentRange, newText: text }],
      replaceByOrigins: (origins, placeholder) => [
        { range: statement, newText: written(origins), ...(placeholder !== undefined && { placeholder }) },
      ],
      replaceByPattern: (source) => [{ range: statement, newText: `header_regexp Origin ${source}` }],
      replaceTest: (_, origins, placeholder) => [
        { range: statement, newText: written(origins), ...(placeholder !== undefined && { placeholder }) },
      ],
      ...(several && {
        remove: () => [
          {
            range: {
              start: lineStart,
              end: Math.min(
                editor.text.length,
                statement.end + /^[^\n]*\n?/.exec(editor.text.slice(statement.end))![0].length,
              ),
            },
            newText: '',
          },
        ],
      }),
    });
  }
  const [, start, middle, end] = /^(\*?)(.*?)(\*?)$/s.exec(value.text)!;
  const operator = start && end ? 'contains' : start ? 'ends-with' : end ? 'starts-with' : 'equals';
  return {
    kind: 'origin',
    part: 'origin',
    operator,
    text: middle!,
    ignoreCase: false,
    range: value.range,
    textRange: value.contentRange,
  };
}

/** Where a group is sent on, the origins have to stand in it. */
function patternEditsOf(pattern: Word, name: string, { text }: MatcherEditor) {
  const write = (source: string): string => (pattern.quote === '"' ? source.replaceAll('"', '\\"') : source);
  const edits = patternEdits(pattern.contentRange, write);
  return new RegExp(`\\{(re|http\\.regexp)\\.(${name.replaceAll(/\W/g, '\\$&')}\\.)?[1-9]`).test(text)
    ? { replacePattern: edits.replacePattern! }
    : edits;
}

/** An expression may be several words: its text is that of the line. */
function expressionWord(args: readonly Word[], text: string, own: boolean): Word | undefined {
  const [first] = args;
  const last = args.at(-1);
  if (!first || !last || args.length === 1 || !own) return args.length > 1 ? undefined : first;
  const range = { start: first.range.start, end: last.range.end };
  return { text: text.slice(range.start, range.end), range, contentRange: range, quote: '' };
}

function pathTest(patterns: readonly string[], { path }: RequestClass): RequestTest {
  return patterns.some(
    (pattern) => pattern === '*' || pattern === '/*' || (path !== undefined && covers(pattern, path)),
  )
    ? always
    : never;
}

function covers(pattern: string, path: string): boolean {
  if (pattern === path) return true;
  if (pattern.startsWith('*')) return path.endsWith(pattern.slice(1));
  return pattern.endsWith('*') && path.startsWith(pattern.slice(0, -1));
}
