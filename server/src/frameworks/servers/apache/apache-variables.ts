/** Environment variables of Apache: what SetEnvIf and RewriteRule put into them, and the answers that RewriteRule gives. */
import type { Directive, Word } from '../../../syntax/directives/directives.ts';
import type { StatusRule } from '../../../policy/policy.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { always, never, not, originPresent, some, unknown } from '../../../policy/request-test.ts';
import type { Placed } from './apache-sections.ts';
import { both, unlessLater } from '../../../models/servers/server-conditions.ts';
import type { TextPlace } from '../../../models/servers/server-tests.ts';
import { equalsText, matchesPattern } from '../../../models/servers/server-tests.ts';
import type { ServerValue } from '../../../models/servers/server-values.ts';
import type { TestEdits } from '../../../models/servers/server-header-edits.ts';
import { captured, wholeGroup } from '../../../models/servers/server-captures.ts';
import { exactPattern, patternEdits } from '../../../models/servers/server-header-edits.ts';

export interface VariableOutcome {
  readonly when: RequestTest;
  readonly value: ServerValue;
}
export interface Variable {
  /** What it holds; no two of them at once. */
  readonly outcomes: readonly VariableOutcome[];
  /** It holds anything. Said once over all assignments: all outcomes together would say of each again what came behind it. */
  readonly isSet: RequestTest;
}
export interface Environment {
  readonly variables: ReadonlyMap<string, Variable>;
  /** A program may answer, for which headers of the request are variables too. */
  readonly ofPrograms?: boolean;
  /** Answers that a RewriteRule gives before a handler runs. */
  readonly statuses: readonly StatusRule[];
  /** The rules that give them. */
  readonly rewrites: readonly { readonly directive: Directive; readonly when: RequestTest; readonly status: number }[];
  /** When a RewriteCond that looked at Origin matched: Apache then adds `Vary: Origin`. */
  readonly varies: RequestTest;
}

/** What the directives leave in the environment, in the order in which they stand. */
export function readEnvironment(placed: readonly Placed[], edits: TestEdits): Environment {
  const variables = new Variables();
  // SetEnvIf runs before the rewriting.
  for (const { directive, when } of placed) {
    const { name, args } = directive;
    if (/^setenvif(nocase)?$/i.test(name)) setEnvIf(args, /nocase/i.test(name), when, variables, edits);
    else if (/^setenv$/i.test(name) && args[0])
      variables.assign(args[0].text, when, { kind: 'text', text: args[1]?.text ?? '' });
    else if (/^unsetenv$/i.test(name) && args[0]) variables.assign(args[0].text, when, undefined);
  }
  return { ...rewrite(placed, variables, edits), variables: variables.values() };
}

interface Assignment {
  readonly when: RequestTest;
  /** Without a value the variable is taken away. */
  readonly value: ServerValue | undefined;
}

/** What `name` holds after an assignment is what it held before, except when that was met. */
class Variables {
  private readonly assignments = new Map<string, Assignment[]>();

  assign(name: string, when: RequestTest, value: ServerValue | undefined): void {
    const before = this.assignments.get(name);
    if (before) before.push({ when, value });
    else this.assignments.set(name, [{ when, value }]);
  }

  /** After the last assignment: each is met by those behind it once, and not by each of them in its turn. */
  values(): ReadonlyMap<string, Variable> {
    return new Map(
      [...this.assignments].map(([name, assignments]) => [
        name,
        { outcomes: outcomesOf(assignments), isSet: setAfter(assignments) },
      ]),
    );
  }
}

function outcomesOf(assignments: readonly Assignment[]): VariableOutcome[] {
  return unlessLater(withoutRepetition(assignments)).flatMap(({ when, value }) =>
    value === undefined ? [] : [{ when, value }],
  );
}

/** Those that give the same value one after the other are one, which is met where any of them is. */
function withoutRepetition(assignments: readonly Assignment[]): Assignment[] {
  const rows: { readonly value: ServerValue | undefined; readonly whens: RequestTest[] }[] = [];
  for (const { when, value } of assignments) {
    const row = rows.at(-1);
    if (row && JSON.stringify(row.value) === JSON.stringify(value)) row.whens.push(when);
    else rows.push({ value, whens: [when] });
  }
  return rows.map(({ value, whens }) => ({ when: some(whens), value }));
}

/** Whether the last assignment that was met gave a value. */
function setAfter(assignments: readonly Assignment[]): RequestTest {
  let given: RequestTest[] = [];
  for (const { when, value } of assignments) {
    if (value === undefined) given = [both(some(given), not(when))];
    else given.push(when);
  }
  return some(given);
}

/** A RewriteCond, before the rule that it is for. */
interface Condition {
  readonly test: RequestTest;
  /** Joined to the next one by "or". */
  readonly or: boolean;
  readonly readsOrigin: boolean;
  /** What `%0` … `%9` then hold. */
  readonly captures: (digit: string) => ServerValue;
}

function rewrite(
  placed: readonly Placed[],
  variables: Variables,
  edits: TestEdits,
): Pick<Environment, 'statuses' | 'rewrites' | 'varies'> {
  const rewrites: { directive: Directive; when: RequestTest; status: number }[] = [];
  let varies: RequestTest = never;
  let conditions: Condition[] = [];
  let engine: RequestTest = never;
  for (const { directive, when } of placed) {
    const { name, args } = directive;
    if (/^rewriteengine$/i.test(name)) engine = args[0]?.text.toLowerCase() === 'on' ? always : never;
    if (/^rewritecond$/i.test(name)) conditions.push(rewriteCondition(args, edits));
    if (!/^rewriterule$/i.test(name)) continue;
    const choices = conditions;
    conditions = [];
    const matched = both(engine, when, chain(choices), ruleMatches(args[0]?.text ?? ''));
    if (matched.kind === 'never') continue;
    if (choices.some(({ readsOrigin }) => readsOrigin)) varies = some([varies, matched]);
    for (const flag of flagsOf(args)) {
      const [, unset, variable, text] = /^(?:E|env)=(!?)([^:]+):?(.*)$/i.exec(flag) ?? [];
      if (variable !== undefined)
        variables.assign(variable, matched, unset === '!' ? undefined : rewriteValue(text!, choices));
      const status = statusOfFlag(flag);
      if (status !== undefined) rewrites.push({ directive, when: matched, status });
    }
  }
  return { statuses: rewrites.map(({ when, status }) => ({ when, status })), rewrites, varies };
}

/** `[L,R=302,E=name:value]`, the last words of a RewriteRule. */
function flagsOf(args: readonly Word[]): string[] {
  const words = args.slice(2).map(({ text }) => text);
  return (/^\[(.*)\]$/.exec(words.join(' '))?.[1] ?? '').split(',').map((flag) => flag.trim());
}

function statusOfFlag(flag: string): number | undefined {
  const redirect = /^(?:R|redirect)(?:=(\d+))?$/i.exec(flag);
  if (redirect) return Number(redirect[1] ?? 302);
  if (/^(F|forbidden)$/i.test(flag)) return 403;
  return /^(G|gone)$/i.test(flag) ? 410 : undefined;
}

/** `SetEnvIf attribute pattern name=value …`. */
function setEnvIf(
  args: readonly Word[],
  noCase: boolean,
  when: RequestTest,
  variables: Variables,
  edits: TestEdits,
): void {
  const [attribute, pattern, ...settings] = args;
  if (!attribute || !pattern) return;
  const subject = attributeValue(attribute.text);
  const literal = literalText(pattern.text);
  const test =
    literal === undefined || subject.kind !== 'origin'
      ? matchesPattern(subject, pattern.text, noCase, { range: pattern.range, textRange: pattern.contentRange })
      : containsText(literal, noCase, pattern);
  // What a group caught is sent, so that the origins have to stand in it.
  const sendsGroup = settings.some(({ text }) => /=\$[1-9]/.test(text));
  edits.set(
    pattern.range,
    sendsGroup
      ? { replaceByOrigins: (origins) => [{ range: pattern.contentRange, newText: `^(${choicesOf(origins)})$` }] }
      : patternEdits(pattern.contentRange, (source) => source.replaceAll('"', '\\"')),
  );
  const isOfAddress = /^(host|request_uri|request_protocol|remote_host|remote_addr|server_addr)$/i.test(attribute.text);
  const matched = both(when, isOfAddress ? circumstance(attribute.text, pattern.text) : test);
  for (const { text } of settings) {
    const [, negated, name, value] = /^(!?)([^=]+)(?:=(.*))?$/s.exec(text) ?? [];
    if (name === undefined) continue;
    if (negated) variables.assign(name, matched, undefined);
    else if (value === undefined || !/\$\d/.test(value) || literal !== undefined)
      variables.assign(name, matched, { kind: 'text', text: value ?? '1' });
    else if (subject.kind === 'origin' && (value === '$0' || (value === '$1' && wholeGroup(pattern.text))))
      for (const part of captured(
        { source: pattern.text, flags: noCase ? 'i' : '', dialect: 'pcre', mode: 'search' },
        matched,
      ))
        variables.assign(name, part.when, part.value);
    else variables.assign(name, matched, { kind: 'unknown' });
  }
}

function attributeValue(attribute: string): ServerValue {
  if (/^origin$/i.test(attribute)) return { kind: 'origin' };
  return /^request_method$/i.test(attribute) ? { kind: 'method' } : { kind: 'unknown' };
}

function containsText(text: string, ignoreCase: boolean, { range, contentRange }: Word): RequestTest {
  if (text === '') return always;
  return {
    kind: 'origin',
    part: 'origin',
    operator: 'contains',
    text: ignoreCase ? text.toLowerCase() : text,
    ignoreCase,
    range,
    textRange: contentRange,
  };
}

/** The origins as the choices of a pattern. */
function choicesOf(origins: readonly string[]): string {
  return origins.map((origin) => exactPattern([origin]).slice(1, -1)).join('|');
}

/** A pattern without any sign of a pattern is searched as text, and its `$0` is not filled in (mod_setenvif.c). */
function literalText(source: string): string | undefined {
  return /^(?:\\[.*?+|()[\]{}^$\\]|[^.*?+|()[\]{}^$\\])*$/.test(source) ? source.replace(/\\(.)/g, '$1') : undefined;
}

/** `RewriteCond subject pattern [flags]`. */
function rewriteCondition(args: readonly Word[], edits: TestEdits): Condition {
  const [subjectWord, pattern, flagWord] = args;
  const flags = flagWord?.text.toUpperCase().split(/[[\],\s]+/) ?? [];
  const or = flags.includes('OR') || flags.includes('ORNEXT');
  const noCase = flags.includes('NC') || flags.includes('NOCASE');
  const subject = testedValue(subjectWord?.text ?? '');
  const readsOrigin = subject.kind === 'origin';
  if (!pattern) return { test: unknown(), or, readsOrigin, captures: () => ({ kind: 'unknown' }) };
  const negated = pattern.text.startsWith('!');
  const written = negated ? pattern.text.slice(1) : pattern.text;
  const content = { start: pattern.contentRange.start + (negated ? 1 : 0), end: pattern.contentRange.end };
  const test = saysNothingOfOrigin(subjectWord!.text)
    ? circumstance(subjectWord!.text, written)
    : conditionTest(subject, written, noCase, { range: pattern.range, textRange: content });
  if (!negated && !written.startsWith('=')) edits.set(pattern.range, patternEdits(content));
  const wholeText = /^\^.*\$$/s.test(written) && !/\|/.test(written.replace(/\([^()]*\)/g, ''));
  return {
    test: negated ? not(test) : test,
    or,
    readsOrigin,
    captures: (digit) =>
      readsOrigin && wholeText && (digit === '0' || wholeGroup(written)) ? { kind: 'origin' } : { kind: 'unknown' },
  };
}

/** What is asked for, of which host and on which way; other headers of the request could be told by the page that asks. */
const addressVariables = new Set([
  'REQUEST_URI',
  'REQUEST_FILENAME',
  'REQUEST_SCHEME',
  'THE_REQUEST',
  'SCRIPT_FILENAME',
  'PATH_INFO',
  'QUERY_STRING',
  'DOCUMENT_ROOT',
  'HTTP_HOST',
  'HTTP:HOST',
  'HTTPS',
  'HTTP:X-FORWARDED-PROTO',
  'HTTP:X-FORWARDED-HOST',
  'HTTP:X-FORWARDED-SSL',
  'SERVER_NAME',
  'SERVER_PORT',
  'SERVER_ADDR',
  'REMOTE_ADDR',
  'REMOTE_HOST',
]);

/** `%1` may hold what an earlier condition caught of the origin. */
function saysNothingOfOrigin(subject: string): boolean {
  const names = [...subject.matchAll(/%\{([^}]+)\}/g)].map(([, name]) => name!.toUpperCase());
  return !/%\d/.test(subject) && names.every((name) => addressVariables.has(name));
}

/** Some requests meet it, whichever page they come from. */
function circumstance(subject: string, value: string): RequestTest {
  return { kind: 'circumstance', subject, value };
}

function testedValue(subject: string): ServerValue {
  if (/^%\{HTTP:Origin\}$/i.test(subject)) return { kind: 'origin' };
  const header =
    /^%\{HTTP:([\w-]+)\}$/i.exec(subject)?.[1] ?? (/^%\{HTTP_COOKIE\}$/i.test(subject) ? 'cookie' : undefined);
  if (header !== undefined) return { kind: 'header', name: header };
  return subject === '%{REQUEST_METHOD}' ? { kind: 'method' } : { kind: 'unknown' };
}

/** `=text`, a test of files or numbers, or a pattern. */
function conditionTest(subject: ServerValue, written: string, noCase: boolean, place: TextPlace): RequestTest {
  if (written.startsWith('=')) return equalsText(subject, written.slice(1).replace(/^"(.*)"$/, '$1'), noCase, place);
  if (/^-\w|^[<>]/.test(written)) return unknown();
  if (subject.kind === 'origin' && written === '.') return originPresent;
  return matchesPattern(subject, written, noCase, place);
}

/** Conditions are joined by "and", neighbours with [OR] first. */
function chain(conditions: readonly { test: RequestTest; or: boolean }[]): RequestTest {
  let whole: RequestTest = always;
  let group: RequestTest[] = [];
  for (const { test, or } of conditions) {
    group.push(test);
    if (or) continue;
    whole = both(whole, some(group));
    group = [];
  }
  return group.length > 0 ? both(whole, some(group)) : whole;
}

/** Patterns that every path matches hold always; others hold for some paths, whichever page asks for them. */
function ruleMatches(pattern: string): RequestTest {
  return /^(\^|\$|\.\*|\(\.\*\)|\^\.\*\$|\^\(\.\*\)\$|\^\.\*|\^\(\.\*\)|\.\?|\^\/)$/.test(pattern)
    ? always
    : circumstance('path', pattern);
}

function rewriteValue(text: string, conditions: readonly { captures: (digit: string) => ServerValue }[]): ServerValue {
  if (/^%\{HTTP:Origin\}$/i.test(text)) return { kind: 'origin' };
  const digit = /^%(\d)$/.exec(text)?.[1];
  if (digit !== undefined) return conditions.at(-1)?.captures(digit) ?? { kind: 'unknown' };
  return /[%$]/.test(text) ? { kind: 'unknown' } : { kind: 'text', text };
}
