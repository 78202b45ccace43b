/** Request matchers of Caddy, as conditions on the request. https://caddyserver.com/docs/caddyfile/matchers */
import type { Directive, Word } from '../../../syntax/directives/directives.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { all, always, never, not, originPresent, some, unknown } from '../../../policy/request-test.ts';
import type { EntryEdits } from '../../../policy/policy.ts';
import { readCaddyExpression, wildcardOperator } from './caddy-expressions.ts';
import type { TestEdits } from '../../../models/servers/server-header-edits.ts';
import { patternEdits } from '../../../models/servers/server-header-edits.ts';
import { equalsText, headerPresent } from '../../../models/servers/server-tests.ts';

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

/** A line of a matcher, for one class of requests. */
type LineTest = (requests: RequestClass) => RequestTest;

/** All of the lines, and one of those that look at the same header. */
function setOf(lines: readonly Directive[], declared: Directive, editor: MatcherEditor): Matcher {
  const textsOf = (name: string): string[] =>
    lines.filter((line) => line.name === name).flatMap(({ args }) => args.map(({ text }) => text));
  const [paths, hosts] = [textsOf('path'), textsOf('host')];
  const headers = new Map<string, RequestTest[]>();
  for (const line of lines.filter(({ name }) => name === 'header')) {
    const field = line.args[0]?.text.toLowerCase() ?? '';
    headers.set(field, [...(headers.get(field) ?? []), headerTest(line, declared, lines, editor)]);
  }
  const tests = lines.flatMap((line) => lineTest(line, declared, editor) ?? []);
  return {
    paths,
    hosts,
    patterns: new Map(
      lines.flatMap((line) => originPattern(line, declared) ?? []).map(({ name, pattern }) => [name, pattern.text]),
    ),
    when: (requests) =>
      all([
        ...(paths.length > 0 ? [pathTest(paths, requests)] : []),
        ...(hosts.length > 0 ? [requests.host !== undefined && hosts.includes(requests.host) ? always : never] : []),
        ...[...headers.values()].map(some),
        ...tests.map((test) => test(requests)),
      ]),
  };
}

/** What a line asks for by itself; undefined for what is joined with other lines, or asks for nothing that counts. */
function lineTest(line: Directive, declared: Directive, editor: MatcherEditor): LineTest | undefined {
  switch (line.name) {
    case 'path':
    case 'host':
    case 'header':
    case 'protocol':
      return undefined;
    case 'method': {
      const methods = line.args.map(({ text }): RequestTest => ({ kind: 'method', name: text.toUpperCase() }));
      return () => some(methods);
    }
    case 'header_regexp': {
      const test = patternTest(line, declared, editor);
      return () => test;
    }
    case 'expression': {
      const word = expressionWord(line.args, editor.text, editor.isOwn(line));
      return (requests) =>
        word ? readCaddyExpression(word, editor.tests, (path) => pathTest(path, requests)) : unknown();
    }
    case 'not': {
      const [first, ...rest] = line.args;
      const inner = setOf(line.block ?? (first ? [{ ...line, name: first.text, args: rest }] : []), declared, editor);
      return (requests) => not(inner.when(requests));
    }
    default:
      return () => unknown();
  }
}

interface NamedPattern {
  readonly name: string;
  readonly pattern: Word;
}

/** `header_regexp [name] Origin pattern`; without a name of its own it has the one of the matcher. */
function originPattern({ name: type, args }: Directive, declared: Directive): NamedPattern | undefined {
  const [field, pattern] = args.slice(-2);
  if (type !== 'header_regexp' || field?.text.toLowerCase() !== 'origin' || !pattern) return undefined;
  return { name: args.length > 2 ? args[0]!.text : declared.name.slice(1), pattern };
}

function patternTest(line: Directive, declared: Directive, editor: MatcherEditor): RequestTest {
  const found = originPattern(line, declared);
  if (!found) return unknown();
  const { name, pattern } = found;
  if (editor.isOwn(line) && pattern.range.end > pattern.range.start)
    editor.tests.set(pattern.range, patternEditsOf(pattern, name, editor));
  return {
    kind: 'origin',
    part: 'origin',
    operator: 'matches',
    pattern: { source: pattern.text, flags: '', dialect: 'go', mode: 'search' },
    range: pattern.range,
    textRange: pattern.contentRange,
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
  if (field?.text.toLowerCase() !== 'origin') return otherHeader(field, value);
  if (!value || value.text === '*') return originPresent;
  if (value.text.includes('{')) return unknown();
  const asWritten = value.contentRange.end - value.contentRange.start === value.text.length;
  if (editor.isOwn(line) && asWritten) editor.tests.set(value.range, headerEdits(line, declared, lines, editor));
  const { operator, text } = wildcardOperator(value.text);
  return {
    kind: 'origin',
    part: 'origin',
    operator,
    text,
    ignoreCase: false,
    range: value.range,
    textRange: value.contentRange,
  };
}

/** `header X-Key *`, `header !X-Key`: what they come to without the header. */
function otherHeader(field: Word | undefined, value: Word | undefined): RequestTest {
  const [, denied, name] = /^(!?)([\w-]+)$/.exec(field?.text ?? '') ?? [];
  if (name === undefined) return unknown();
  if (denied) return not(headerPresent(name));
  if (!value || value.text === '*') return headerPresent(name);
  return /[{*]/.test(value.text)
    ? unknown()
    : equalsText({ kind: 'header', name }, value.text, false, {
        range: value.range,
        textRange: value.contentRange,
      });
}

function headerEdits(
  line: Directive,
  declared: Directive,
  lines: readonly Directive[],
  { text, newline }: MatcherEditor,
): EntryEdits {
  const value = line.args[1]!;
  const statement = { start: line.nameRange.start, end: line.args.at(-1)!.range.end };
  const lineStart = text.lastIndexOf('\n', statement.start - 1) + 1;
  const indentation = /^[ \t]*/.exec(text.slice(lineStart))![0];
  const written = (origins: readonly string[]): string => {
    const tests = origins.map((origin) => `header Origin ${origin}`);
    if (declared.block) return tests.join(newline + indentation);
    if (tests.length === 1) return tests[0]!;
    return `{${tests.map((test) => `${newline}${indentation}\t${test}`).join('')}${newline}${indentation}}`;
  };
  const replaced = (origins: readonly string[], placeholder: string | undefined) => [
    { range: statement, newText: written(origins), ...(placeholder !== undefined && { placeholder }) },
  ];
  const restOfLine = /^[^\n]*\n?/.exec(text.slice(statement.end))![0].length;
  const wholeLine = { start: lineStart, end: Math.min(text.length, statement.end + restOfLine) };
  const several = lines.filter(isOriginHeader).length > 1;
  return {
    replaceText: (replacement) => [{ range: value.contentRange, newText: replacement }],
    replaceByOrigins: replaced,
    replaceByPattern: (source) => [{ range: statement, newText: `header_regexp Origin ${source}` }],
    replaceTest: (_, origins, placeholder) => replaced(origins, placeholder),
    ...(several && { remove: () => [{ range: wholeLine, newText: '' }] }),
  };
}

function isOriginHeader({ name, args }: Directive): boolean {
  return name === 'header' && args[0]?.text.toLowerCase() === 'origin';
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
