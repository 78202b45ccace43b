/** The way of a request and its response through the rules of HAProxy's proxies. */
import type { Directive, Word } from '../../../syntax/directives/directives.ts';
import type { SourceRange } from '../../../syntax/range.ts';
import type { HeaderRule, StatusRule } from '../../../policy/policy.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { always, not, some, unknown } from '../../../policy/request-test.ts';
import { both, except } from '../../../models/servers/server-conditions.ts';
import type { Acls, Held, Sight } from './haproxy-conditions.ts';
import { readAcls, readCondition, sampleValue } from './haproxy-conditions.ts';
import type { TestEdits } from '../../../models/servers/server-header-edits.ts';
import type { Refusal } from '../../../models/servers/refused-preflights.ts';
import type { HeaderStatement } from '../../../models/servers/header-statements.ts';
import type { SentValue, ServerValue } from '../../../models/servers/server-values.ts';

export interface HaproxyStatement extends HeaderStatement {
  readonly directive: Directive;
  /** `answer`: a header of `http-request return`. */
  readonly rule: 'http-response' | 'http-after-response' | 'answer';
  /** The words of its condition, `if` or `unless` first. */
  readonly condition: readonly Word[];
}
export interface HaproxyFlow {
  readonly statements: readonly HaproxyStatement[];
  readonly statuses: readonly StatusRule[];
  readonly answers: readonly { readonly when: RequestTest; readonly status: number; readonly range: SourceRange }[];
  readonly refusals: readonly Refusal[];
}

const operations: ReadonlyMap<string, HeaderRule['operation']> = new Map([
  ['set-header', 'set'],
  ['add-header', 'append'],
  ['del-header', 'remove'],
  ['replace-header', 'set'],
  ['replace-value', 'set'],
]);
const refusals: ReadonlyMap<string, number> = new Map([
  ['return', 200],
  ['deny', 403],
  ['reject', 400],
  ['tarpit', 500],
  ['auth', 401],
  ['redirect', 302],
]);

/** `sections` in the way of a request: the frontend, then the backend. Their response rules run the other way round. */
export function flowOf(sections: readonly (readonly Directive[])[], edits: TestEdits): HaproxyFlow {
  const run = new Run(edits);
  for (const section of sections) run.requestRules(section);
  for (const rule of ['http-response', 'http-after-response'] as const)
    for (const section of [...sections].reverse()) run.responseRules(section, rule);
  const { statements, statuses, answers } = run;
  const refusals = answers
    .filter(({ status }) => status >= 300)
    .map(({ when, status, range }): Refusal => ({ when, range, why: `a preflight is answered with ${status} here` }));
  return { statements, statuses: [...statuses, { when: always, status: null }], answers, refusals };
}

/** One request and its response, for all requests at once. */
class Run {
  readonly statements: HaproxyStatement[] = [];
  readonly statuses: StatusRule[] = [];
  readonly answers: { when: RequestTest; status: number; range: SourceRange }[] = [];
  private readonly variables = new Map<string, readonly Held[]>();
  private readonly captures: ServerValue[] = [];
  /** Requests that no rule has answered yet. */
  private goesOn: RequestTest = always;

  constructor(private readonly edits: TestEdits) {}

  requestRules(section: readonly Directive[]): void {
    // Declared captures are numbered before those of the rules.
    for (const { name, args } of section) {
      if (name === 'capture' && args[0]?.text === 'request' && args[1]?.text === 'header')
        this.captures.push(/^origin$/i.test(args[2]?.text ?? '') ? { kind: 'origin' } : { kind: 'unknown' });
    }
    const acls = readAcls(section);
    const sight = this.sight('request');
    for (const directive of section) {
      if (directive.name !== 'http-request') continue;
      const { words, condition } = split(directive);
      const when = both(this.goesOn, conditionTest(condition, acls, sight, this.edits));
      const [action, ...args] = words;
      this.remember(action?.text ?? '', args[0]?.text ?? '', when);
      const status = refusals.get(action?.text ?? '');
      if (status !== undefined && when.kind !== 'never') this.answer(directive, args, condition, when, status);
    }
  }

  responseRules(section: readonly Directive[], rule: 'http-response' | 'http-after-response'): void {
    const acls = readAcls(section);
    const sight = this.sight('response');
    const reached = rule === 'http-response' ? this.goesOn : always;
    for (const directive of section) {
      const { words, condition } = split(directive);
      const [action, name, value, replacement] = words;
      const operation = operations.get(action?.text ?? '');
      if (directive.name !== rule || !operation || !name || (operation !== 'remove' && !value)) continue;
      const when = both(reached, conditionTest(condition, acls, sight, this.edits));
      if (when.kind === 'never') continue;
      const replaces = action!.text.startsWith('replace');
      const last = (replaces ? replacement : value) ?? name;
      const parts: Parts = {
        directive,
        rule,
        operation,
        name,
        value: last,
        range: { start: directive.nameRange.start, end: last.range.end },
        when: replaces ? both(when, unknown()) : when,
        condition,
        replaces,
      };
      this.statements.push(statementOf(parts, sight));
    }
  }

  private sight(phase: Sight['phase']): Sight {
    return { phase, variables: this.variables, captures: this.captures };
  }

  /** What rules keep of the request for later ones: variables and captures. */
  private remember(action: string, text: string, when: RequestTest): void {
    const sight = this.sight('request');
    const variable = /^set-var(?:-fmt)?\(([^),]+)/.exec(action)?.[1];
    if (variable !== undefined) {
      const values = action.startsWith('set-var-fmt') ? formatValue(text, sight) : sampleValue(text, sight);
      const before = this.variables.get(variable) ?? [];
      const after = [
        ...before.map((held) => ({ ...held, when: except(held.when, when) })),
        ...values.map((held) => ({ ...held, when: both(when, held.when) })),
      ];
      this.variables.set(
        variable,
        after.filter((held) => held.when.kind !== 'never'),
      );
    } else if (/^unset-var\(/.test(action)) this.variables.delete(/\(([^)]*)/.exec(action)![1]!);
    else if (action === 'capture') this.captures.push(sampleValue(text, sight)[0]?.value ?? { kind: 'unknown' });
  }

  /** `return`, `deny` and their like, with the headers that the answer has. */
  private answer(
    directive: Directive,
    args: readonly Word[],
    condition: readonly Word[],
    when: RequestTest,
    usual: number,
  ): void {
    const given = args.findIndex(({ text }) => /^(status|deny_status|code)$/.test(text));
    const status = given >= 0 ? Number(args[given + 1]?.text) || usual : usual;
    this.statuses.push({ when, status });
    this.answers.push({ when, status, range: directive.range });
    for (const [index, word] of args.entries()) {
      const [name, value] = args.slice(index + 1);
      if (word.text !== 'hdr' || !name || !value) continue;
      const range = { start: word.range.start, end: value.range.end };
      const parts: Parts = { directive, rule: 'answer', operation: 'append', name, value, range, when, condition };
      this.statements.push(statementOf(parts, this.sight('request')));
    }
    this.goesOn = except(this.goesOn, when);
  }
}

function split({ args }: Directive): { words: readonly Word[]; condition: readonly Word[] } {
  const at = args.findIndex(({ text, quote }) => quote === '' && (text === 'if' || text === 'unless'));
  return at < 0 ? { words: args, condition: [] } : { words: args.slice(0, at), condition: args.slice(at) };
}

function conditionTest([word, ...rest]: readonly Word[], acls: Acls, sight: Sight, edits: TestEdits): RequestTest {
  if (!word) return always;
  const test = readCondition(rest, acls, sight, edits);
  return word.text === 'unless' ? not(test) : test;
}

/** A log-format string: one sample, or text. */
function formatValue(text: string, sight: Sight): readonly Held[] {
  if (!text.includes('%')) return [{ when: always, value: { kind: 'text', text } }];
  const sample = /^%\[([^\]]*)\]$/.exec(text)?.[1];
  return sample === undefined ? [{ when: always, value: { kind: 'unknown' } }] : sampleValue(sample, sight);
}

interface Parts {
  readonly directive: Directive;
  readonly rule: HaproxyStatement['rule'];
  readonly operation: HeaderRule['operation'];
  readonly name: Word;
  readonly value: Word;
  readonly range: SourceRange;
  readonly when: RequestTest;
  readonly condition: readonly Word[];
  readonly replaces?: boolean;
}

function statementOf(
  { directive, rule, operation, name, value, range, when, condition, replaces }: Parts,
  sight: Sight,
): HaproxyStatement {
  const base = {
    directive,
    rule,
    condition,
    name: name.text.toLowerCase(),
    written: name.text,
    nameRange: name.contentRange,
    operation,
    text: value.text,
    dynamic: replaces === true || value.text.includes('%'),
    valueRange: value.range,
    contentRange: value.contentRange,
    range,
    when,
  };
  const statement: { -readonly [K in keyof HaproxyStatement]: HaproxyStatement[K] } = { ...base, outcomes: [] };
  if (operation === 'remove') return statement;
  const held = replaces ? [{ when: always, value: { kind: 'unknown' as const } }] : formatValue(value.text, sight);
  // A variable that was not set is empty.
  const empty = not(some(held.map((one) => one.when)));
  statement.outcomes = [...held, { when: empty, value: { kind: 'text' as const, text: '' } }].flatMap((one) => {
    const sent = both(when, one.when);
    return sent.kind === 'never'
      ? []
      : [
          {
            when: sent,
            value: (one.value.kind === 'method' ? { kind: 'unknown' } : one.value) as SentValue,
            place: { range: value.range, statement },
          },
        ];
  });
  return statement;
}
