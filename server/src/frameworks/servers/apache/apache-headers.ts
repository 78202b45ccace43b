/** `Header` of mod_headers, as statements; and the two tables of headers that Apache keeps. */
import type { Directive, DirectiveDocument, Word } from '../../../syntax/directives/directives.ts';
import type { HeaderRule } from '../../../policy/policy.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { always, not, some, unknown } from '../../../policy/request-test.ts';
import { readExpression } from './apache-expressions.ts';
import type { Placed } from './apache-sections.ts';
import type { Environment, VariableOutcome } from './apache-variables.ts';
import { both } from '../../../models/servers/server-conditions.ts';
import type { TestEdits } from '../../../models/servers/server-header-edits.ts';
import { exactPattern, linesAfter, linesBefore, removeLine } from '../../../models/servers/server-header-edits.ts';
import type { HeaderStatement, HeaderWriter } from '../../../models/servers/header-statements.ts';
import { rulesOf } from '../../../models/servers/server-headers.ts';
import type { SentValue } from '../../../models/servers/server-values.ts';

export interface ApacheStatement extends HeaderStatement {
  readonly directive: Directive;
  /** The table that error answers carry too. */
  readonly always: boolean;
  /** Its own condition looks at Origin, for which Apache sends Vary by itself. */
  readonly varies: boolean;
}

const operations: ReadonlyMap<string, HeaderRule['operation']> = new Map([
  ['set', 'set'],
  ['add', 'append'],
  ['append', 'merge'],
  ['merge', 'merge'],
  ['setifempty', 'default'],
  ['unset', 'remove'],
  ['edit', 'set'],
  ['edit*', 'set'],
]);
/** Nothing of the environment has these names: `%{HTTP_ORIGIN}e` gives "(null)". */
const unsetText = '(null)';
export const neverSet = new Set(['http_origin', 'origin']);

export function readHeader(
  { directive, when, varies }: Placed,
  environment: Environment,
  edits: TestEdits,
): ApacheStatement | undefined {
  if (directive.name.toLowerCase() !== 'header') return undefined;
  const args = [...directive.args];
  const table = /^(always|onsuccess)$/i.test(args[0]?.text ?? '') ? args.shift()!.text.toLowerCase() : 'onsuccess';
  const [action, name, ...rest] = args;
  const operation = operations.get(action?.text.toLowerCase() ?? '');
  if (!operation || !name || (operation !== 'remove' && rest.length === 0)) return undefined;
  const isEdit = /^edit/i.test(action!.text);
  const value = operation === 'remove' ? name : (rest[isEdit ? 1 : 0] ?? rest[0]!);
  const flag = operation === 'remove' ? rest[0] : rest[isEdit ? 2 : 1];
  const condition = conditionOf(flag, environment, edits);
  const holds = both(when, condition.when);
  const base = {
    directive,
    always: table === 'always',
    varies: varies || condition.readsOrigin,
    name: name.text.replace(/:$/, '').toLowerCase(),
    written: name.text,
    nameRange: name.contentRange,
    operation,
    ...(action!.text.toLowerCase() === 'append' && { repeats: true as const }),
    text: value.text,
    dynamic: isEdit || /%|^expr=/.test(value.text),
    valueRange: value.range,
    contentRange: value.contentRange,
    range: { start: directive.nameRange.start, end: directive.args.at(-1)!.range.end },
    when: holds,
    ...(table !== 'always' && { statuses: 'success' as const }),
  };
  const values: readonly VariableOutcome[] = isEdit
    ? [{ when: unknown(), value: { kind: 'unknown' } }]
    : operation === 'remove'
      ? []
      : valuesOf(value.text, flag?.text, environment);
  const around = asksForItself(value.text, flag?.text, environment) ? when : holds;
  const statement: { -readonly [K in keyof ApacheStatement]: ApacheStatement[K] } = { ...base, outcomes: [] };
  statement.outcomes = values.flatMap((outcome) => {
    const sent = both(around, outcome.when);
    return sent.kind === 'never'
      ? []
      : [{ when: sent, value: outcome.value as SentValue, place: { range: value.range, statement } }];
  });
  const meant = statement.outcomes.filter(({ value: sent }) => !(sent.kind === 'text' && sent.text === unsetText));
  if (meant.length > 0) statement.intended = meant;
  return statement;
}

function conditionOf(
  flag: Word | undefined,
  environment: Environment,
  edits: TestEdits,
): { when: RequestTest; readsOrigin: boolean } {
  if (flag === undefined || flag.text === 'early') return { when: always, readsOrigin: false };
  if (flag.text.startsWith('expr=')) {
    const cut = 'expr='.length;
    const content = { start: flag.contentRange.start + cut, end: flag.contentRange.end };
    return readExpression({ ...flag, text: flag.text.slice(cut), contentRange: content }, edits);
  }
  const [, negated, name] = /^env=(!?)(.+)$/.exec(flag.text) ?? [];
  if (name === undefined) return { when: unknown(), readsOrigin: false };
  const variable = environment.variables.get(name);
  const set = variable
    ? variable.isSet
    : neverSet.has(name.toLowerCase()) && !environment.ofPrograms
      ? { kind: 'never' as const }
      : unknown();
  return { when: negated ? not(set) : set, readsOrigin: false };
}

function valuesOf(
  text: string,
  flag: string | undefined,
  { variables, ofPrograms }: Environment,
): readonly VariableOutcome[] {
  if (/^expr=%\{(HTTP|req):Origin\}$/i.test(text)) return [{ when: always, value: { kind: 'origin' } }];
  const input = /^expr=%\{(?:HTTP|req):(Access-Control-Request-[\w-]+)\}$/i.exec(text)?.[1];
  if (input !== undefined) return [{ when: always, value: { kind: 'header', name: input.toLowerCase() } }];
  if (text.startsWith('expr=')) return [{ when: always, value: { kind: 'unknown' } }];
  const name = variableOf(text);
  if (name === undefined)
    return [{ when: always, value: /%/.test(text) ? { kind: 'unknown' } : { kind: 'text', text } }];
  const variable = variables.get(name);
  if (!variable)
    return [
      {
        when: always,
        value:
          neverSet.has(name.toLowerCase()) && !ofPrograms ? { kind: 'text', text: unsetText } : { kind: 'unknown' },
      },
    ];
  if (asksForItself(text, flag, { variables })) return variable.outcomes;
  return [...variable.outcomes, { when: not(variable.isSet), value: { kind: 'text', text: unsetText } }];
}

/** `"%{name}e" env=name`: what the variable holds says already that it is set. */
function asksForItself(text: string, flag: string | undefined, { variables }: Pick<Environment, 'variables'>): boolean {
  const name = variableOf(text);
  return name !== undefined && flag === `env=${name}` && variables.has(name);
}

/** The name in `%{name}e`. */
function variableOf(text: string): string | undefined {
  return /^%\{([^}]+)\}e$/.exec(text)?.[1];
}

/**
 * `Header always` and `Header` write two tables, and both are sent: a `set` in one replaces nothing in the other. Where a name is in
 * both, what the second table holds in the end is added to the first. A RewriteRule's own answer carries only the first.
 */
export function headerRules(statements: readonly ApacheStatement[], environment: Environment): HeaderRule[] {
  const answered = some(environment.statuses.map(({ when }) => when));
  const rules: HeaderRule[] = [];
  for (const name of new Set(statements.map((statement) => statement.name))) {
    const [first, second] = [true, false].map((table) =>
      statements.filter((statement) => statement.name === name && statement.always === table),
    ) as [ApacheStatement[], ApacheStatement[]];
    const reached = second.map((statement) => ({
      ...statement,
      when: both(statement.when, not(answered)),
      outcomes: statement.outcomes.map((outcome) => ({ ...outcome, when: both(outcome.when, not(answered)) })),
    }));
    rules.push(
      ...first.flatMap(rulesOf),
      ...(first.length === 0
        ? reached.flatMap(rulesOf)
        : reached.flatMap((statement, index) => added(statement, reached.slice(0, index), reached.slice(index + 1)))),
    );
  }
  const vary = (when: RequestTest, range: HeaderRule['range']): HeaderRule => ({
    name: 'vary',
    operation: 'merge',
    value: { kind: 'text', text: 'Origin' },
    when: both(when, not(answered)),
    range,
    statuses: 'success',
  });
  const [own] = statements.filter(({ varies }) => varies);
  if (own) rules.push(vary(always, own.range));
  if (environment.varies.kind !== 'never' && statements[0]) rules.push(vary(environment.varies, statements[0].range));
  return rules;
}

function added(
  statement: ApacheStatement,
  earlier: readonly ApacheStatement[],
  later: readonly ApacheStatement[],
): HeaderRule[] {
  const replaced = some(
    later.filter(({ operation }) => operation === 'set' || operation === 'remove').map(({ when }) => when),
  );
  const taken =
    statement.operation === 'default'
      ? some(earlier.filter(({ operation }) => operation !== 'remove').map(({ when }) => when))
      : { kind: 'never' as const };
  return rulesOf({ ...statement, operation: 'append' }).flatMap((rule) => {
    const when = both(rule.when, not(replaced), not(taken));
    return statement.operation === 'remove' || when.kind === 'never' ? [] : [{ ...rule, when }];
  });
}

export interface ApacheWriter extends HeaderWriter {
  /** Puts the statement into the table that every answer carries. */
  always(statement: ApacheStatement): ReturnType<HeaderWriter['vary']>;
}

export function createWriter({ text }: DirectiveDocument, tests: TestEdits): ApacheWriter {
  const isAlways = (statement: HeaderStatement): boolean =>
    /^header\s+always\b/i.test(text.slice(statement.range.start, statement.range.end));
  const word = (value: string): string => (/^[\w*:/.-]+$/.test(value) ? value : `"${value.replaceAll('"', '\\"')}"`);
  const variable = /\bCORS_ORIGIN\b/.test(text) ? 'ALLOWED_ORIGIN' : 'CORS_ORIGIN';
  return {
    word,
    ofTest: (test) => tests.of(test),
    remove: (statement) => removeLine(text, statement.range),
    vary: (statement) =>
      linesAfter(text, statement.range, [`Header ${isAlways(statement) ? 'always ' : ''}merge Vary Origin`]),
    allowlist(statement, origins, placeholder) {
      const pattern = exactPattern(origins);
      const line = `SetEnvIf Origin "${pattern}" ${variable}=$0`;
      return [
        ...linesBefore(text, statement.range, [line], placeholder === undefined ? undefined : pattern.slice(1, -1)),
        {
          range: { start: statement.valueRange.start, end: statement.range.end },
          newText: `"%{${variable}}e" env=${variable}`,
        },
      ];
    },
    always: ({ directive }) => {
      const first = directive.args[0]!;
      return first.text.toLowerCase() === 'onsuccess'
        ? [{ range: first.range, newText: 'always' }]
        : [{ range: { start: directive.nameRange.end, end: directive.nameRange.end }, newText: ' always' }];
    },
  };
}
