/** Environment variables of Apache: what SetEnvIf and RewriteRule put into them, and the answers that RewriteRule gives. */
import type { Word } from '../../../syntax/directives/directives.ts';
import type { StatusRule } from '../../../policy/policy.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { always, never, not, originPresent, some, unknown } from '../../../policy/request-test.ts';
import type { Placed } from './apache-sections.ts';
import { both, except } from '../../../models/servers/server-conditions.ts';
import { equalsText, matchesPattern } from '../../../models/servers/server-tests.ts';
import type { ServerValue } from '../../../models/servers/server-values.ts';
import type { TestEdits } from '../../../models/servers/server-header-edits.ts';
import { captured, wholeGroup } from '../../../models/servers/server-captures.ts';
import { exactPattern, patternEdits } from '../../../models/servers/server-header-edits.ts';

export interface VariableOutcome {
  readonly when: RequestTest;
  readonly value: ServerValue;
}
export interface Environment {
  readonly variables: ReadonlyMap<string, readonly VariableOutcome[]>;
  /** Answers that a RewriteRule gives before a handler runs. */
  readonly statuses: readonly StatusRule[];
  /** When a RewriteCond that looked at Origin matched: Apache then adds `Vary: Origin`. */
  readonly varies: RequestTest;
}

/** What the directives leave in the environment, in the order in which they stand. */
export function readEnvironment(placed: readonly Placed[], edits: TestEdits): Environment {
  const variables = new Map<string, VariableOutcome[]>();
  const assign = (name: string, when: RequestTest, value: ServerValue | undefined): void => {
    const before = (variables.get(name) ?? []).map((outcome) => ({ ...outcome, when: except(outcome.when, when) }));
    variables.set(
      name,
      [...before, ...(value ? [{ when, value }] : [])].filter((outcome) => outcome.when.kind !== 'never'),
    );
  };
  const statuses: StatusRule[] = [];
  let varies: RequestTest = never;
  let conditions: { test: RequestTest; or: boolean; readsOrigin: boolean; captures: (digit: string) => ServerValue }[] =
    [];
  let engine: RequestTest = never;
  // SetEnvIf runs before the rewriting.
  for (const {
    directive: { name, args },
    when,
  } of placed) {
    if (/^setenvif(nocase)?$/i.test(name)) setEnvIf(args, /nocase/i.test(name), when, assign, edits);
    else if (/^setenv$/i.test(name) && args[0]) assign(args[0].text, when, { kind: 'text', text: args[1]?.text ?? '' });
    else if (/^unsetenv$/i.test(name) && args[0]) assign(args[0].text, when, undefined);
  }
  for (const {
    directive: { name, args },
    when,
  } of placed) {
    if (/^rewriteengine$/i.test(name)) engine = args[0]?.text.toLowerCase() === 'on' ? always : never;
    if (/^rewritecond$/i.test(name)) conditions.push(rewriteCondition(args, edits));
    if (!/^rewriterule$/i.test(name)) continue;
    const choices = conditions;
    conditions = [];
    const matched = both(engine, when, chain(choices), ruleMatches(args[0]?.text ?? ''));
    if (matched.kind === 'never') continue;
    if (choices.some(({ readsOrigin }) => readsOrigin)) varies = some([varies, matched]);
    const flags = (
      /^\[(.*)\]$/.exec(
        args
          .slice(2)
          .map(({ text }) => text)
          .join(' '),
      )?.[1] ?? ''
    )
      .split(',')
      .map((flag) => flag.trim());
    for (const flag of flags) {
      const environment = /^(?:E|env)=(!?)([^:]+):?(.*)$/i.exec(flag);
      if (environment)
        assign(environment[2]!, matched, environment[1] === '!' ? undefined : rewriteValue(environment[3]!, choices));
      const status = /^(?:R|redirect)(?:=(\d+))?$/i.exec(flag);
      if (status) statuses.push({ when: matched, status: Number(status[1] ?? 302) });
      if (/^(F|forbidden)$/i.test(flag)) statuses.push({ when: matched, status: 403 });
      if (/^(G|gone)$/i.test(flag)) statuses.push({ when: matched, status: 410 });
    }
  }
  return { variables, statuses, varies };
}

function setEnvIf(
  args: readonly Word[],
  noCase: boolean,
  when: RequestTest,
  assign: (name: string, when: RequestTest, value: ServerValue | undefined) => void,
  edits: TestEdits,
): void {
  const [attribute, pattern, ...settings] = args;
  if (!attribute || !pattern) return;
  const subject: ServerValue = /^origin$/i.test(attribute.text)
    ? { kind: 'origin' }
    : /^request_method$/i.test(attribute.text)
      ? { kind: 'method' }
      : { kind: 'unknown' };
  const place = { range: pattern.range, textRange: pattern.contentRange };
  const literal = literalText(pattern.text);
  const test =
    literal === undefined || subject.kind !== 'origin'
      ? matchesPattern(subject, pattern.text, noCase, place)
      : literal === ''
        ? always
        : {
            kind: 'origin' as const,
            part: 'origin' as const,
            operator: 'contains' as const,
            text: noCase ? literal.toLowerCase() : literal,
            ignoreCase: noCase,
            range: place.range,
            textRange: place.textRange,
          };
  // What a group caught is sent, so that the origins have to stand in it.
  const sendsGroup = settings.some(({ text }) => /=\$[1-9]/.test(text));
  edits.set(
    pattern.range,
    sendsGroup
      ? {
          replaceByOrigins: (origins) => [
            {
              range: pattern.contentRange,
              newText: `^(${origins.map((origin) => exactPattern([origin]).slice(1, -1)).join('|')})$`,
            },
          ],
        }
      : patternEdits(pattern.contentRange, (source) => source.replaceAll('"', '\\"')),
  );
  const matched = both(when, test);
  for (const { text } of settings) {
    const [, negated, name, value] = /^(!?)([^=]+)(?:=(.*))?$/s.exec(text) ?? [];
    if (name === undefined) continue;
    if (negated) assign(name, matched, undefined);
    else if (value === undefined || !/\$\d/.test(value) || literal !== undefined)
      assign(name, matched, { kind: 'text', text: value ?? '1' });
    else if (subject.kind === 'origin' && (value === '$0' || (value === '$1' && wholeGroup(pattern.text))))
      for (const { when: part, value: held } of captured(
        { source: pattern.text, flags: noCase ? 'i' : '', dialect: 'pcre', mode: 'search' },
        matched,
      ))
        assign(name, part, held);
    else assign(name, matched, { kind: 'unknown' });
  }
}

/** A pattern without any sign of a pattern is searched as text, and its `$0` is not filled in (mod_setenvif.c). */
function literalText(source: string): string | undefined {
  return /^(?:\\[.*?+|()[\]{}^$\\]|[^.*?+|()[\]{}^$\\])*$/.test(source) ? source.replace(/\\(.)/g, '$1') : undefined;
}

function rewriteCondition(
  args: readonly Word[],
  edits: TestEdits,
): { test: RequestTest; or: boolean; readsOrigin: boolean; captures: (digit: string) => ServerValue } {
  const [subjectWord, pattern, flagWord] = args;
  const flags = flagWord?.text.toUpperCase().split(/[[\],\s]+/) ?? [];
  const or = flags.includes('OR') || flags.includes('ORNEXT');
  const noCase = flags.includes('NC') || flags.includes('NOCASE');
  const subject: ServerValue = /^%\{HTTP:Origin\}$/i.test(subjectWord?.text ?? '')
    ? { kind: 'origin' }
    : subjectWord?.text === '%{REQUEST_METHOD}'
      ? { kind: 'method' }
      : { kind: 'unknown' };
  if (!pattern)
    return { test: unknown(), or, readsOrigin: subject.kind === 'origin', captures: () => ({ kind: 'unknown' }) };
  const negated = pattern.text.startsWith('!');
  const written = negated ? pattern.text.slice(1) : pattern.text;
  const content = { start: pattern.contentRange.start + (negated ? 1 : 0), end: pattern.contentRange.end };
  const place = { range: pattern.range, textRange: content };
  let test: RequestTest;
  if (written.startsWith('=')) test = equalsText(subject, written.slice(1).replace(/^"(.*)"$/, '$1'), noCase, place);
  else if (/^-\w|^[<>]/.test(written)) test = unknown();
  else if (subject.kind === 'origin' && written === '.') test = originPresent;
  else test = matchesPattern(subject, written, noCase, place);
  if (!negated && !written.startsWith('=')) edits.set(pattern.range, patternEdits(content));
  const captures = (digit: string): ServerValue =>
    subject.kind === 'origin' &&
    (digit === '0' || wholeGroup(written)) &&
    /^\^.*\$$/s.test(written) &&
    !/\|/.test(written.replace(/\([^()]*\)/g, ''))
      ? { kind: 'origin' }
      : { kind: 'unknown' };
  return { test: negated ? not(test) : test, or, readsOrigin: subject.kind === 'origin', captures };
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

/** Only patterns that every path matches are decided. */
function ruleMatches(pattern: string): RequestTest {
  return /^(\^|\$|\.\*|\(\.\*\)|\^\.\*\$|\^\(\.\*\)\$|\^\.\*|\^\(\.\*\)|\.\?|\^\/)$/.test(pattern) ? always : unknown();
}

function rewriteValue(text: string, conditions: readonly { captures: (digit: string) => ServerValue }[]): ServerValue {
  if (/^%\{HTTP:Origin\}$/i.test(text)) return { kind: 'origin' };
  const digit = /^%(\d)$/.exec(text)?.[1];
  if (digit !== undefined) return conditions.at(-1)?.captures(digit) ?? { kind: 'unknown' };
  return /[%$]/.test(text) ? { kind: 'unknown' } : { kind: 'text', text };
}
