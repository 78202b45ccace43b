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
}

const operations: Readonly<Record<string, HeaderRule['operation']>> = {
  'set-header': 'set',
  'add-header': 'append',
  'del-header': 'remove',
  'replace-header': 'set',
  'replace-value': 'set',
};
const refusals: Readonly<Record<string, number>> = {
  return: 200,
  deny: 403,
  reject: 400,
  tarpit: 500,
  auth: 401,
  redirect: 302,
};

/** `sections` in the way of a request: the frontend, then the backend. Their response rules run the other way round. */
export function flowOf(sections: readonly (readonly Directive[])[], edits: TestEdits): HaproxyFlow {
  const variables = new Map<string, readonly Held[]>();
  const captures: ServerValue[] = [];
  const statements: HaproxyStatement[] = [];
  const statuses: StatusRule[] = [];
  const answers: { when: RequestTest; status: number; range: SourceRange }[] = [];
  let goesOn: RequestTest = always;
  for (const section of sections) {
    const acls = readAcls(section);
    // Declared captures are numbered before those of the rules.
    for (const { name, args } of section) {
      if (name === 'capture' && args[0]?.text === 'request' && args[1]?.text === 'header')
        captures.push(/^origin$/i.test(args[2]?.text ?? '') ? { kind: 'origin' } : { kind: 'unknown' });
    }
    for (const directive of section) {
      if (directive.name !== 'http-request') continue;
      const sight: Sight = { phase: 'request', variables, captures };
      const { words, condition } = split(directive);
      const when = both(goesOn, conditionTest(condition, acls, sight, edits));
      const [action, ...args] = words;
      const variable = /^set-var(?:-fmt)?\(([^),]+)/.exec(action?.text ?? '')?.[1];
      if (variable !== undefined) {
        const values = action!.text.startsWith('set-var-fmt')
          ? formatValue(args[0]?.text ?? '', sight)
          : sampleValue(args[0]?.text ?? '', sight);
        const before = variables.get(variable) ?? [];
        variables.set(
          variable,
          [
            ...before.map((held) => ({ ...held, when: except(held.when, when) })),
            ...values.map((held) => ({ ...held, when: both(when, held.when) })),
          ].filter((held) => held.when.kind !== 'never'),
        );
      } else if (/^unset-var\(/.test(action?.text ?? '')) variables.delete(/\(([^)]*)/.exec(action!.text)![1]!);
      else if (action?.text === 'capture')
        captures.push(sampleValue(args[0]?.text ?? '', sight)[0]?.value ?? { kind: 'unknown' });
      const status = refusals[action?.text ?? ''];
      if (status === undefined || when.kind === 'never') continue;
      const given = args.findIndex(({ text }) => /^(status|deny_status|code)$/.test(text));
      const code = given >= 0 ? Number(args[given + 1]?.text) || status : status;
      statuses.push({ when, status: code });
      answers.push({ when, status: code, range: directive.range });
      for (const [index, word] of args.entries()) {
        const [name, value] = args.slice(index + 1);
        if (word.text === 'hdr' && name && value)
          statements.push(
            statementOf(
              {
                directive,
                rule: 'answer',
                operation: 'append',
                name,
                value,
                range: { start: word.range.start, end: value.range.end },
                when,
                condition,
              },
              sight,
            ),
          );
      }
      goesOn = except(goesOn, when);
    }
  }
  for (const rule of ['http-response', 'http-after-response'] as const) {
    for (const section of [...sections].reverse()) {
      const acls = readAcls(section);
      const sight: Sight = { phase: 'response', variables, captures };
      for (const directive of section) {
        if (directive.name !== rule) continue;
        const { words, condition } = split(directive);
        const [action, name, value, replacement] = words;
        const operation = operations[action?.text ?? ''];
        if (!operation || !name || (operation !== 'remove' && !value)) continue;
        const when = both(rule === 'http-response' ? goesOn : always, conditionTest(condition, acls, sight, edits));
        if (when.kind === 'never') continue;
        const replaces = action!.text.startsWith('replace');
        const last = (replaces ? replacement : value) ?? name;
        statements.push(
          statementOf(
            {
              directive,
              rule,
              operation,
              name,
              value: last,
              range: { start: directive.nameRange.start, end: last.range.end },
              when: replaces ? both(when, unknown()) : when,
              condition,
              replaces,
            },
            sight,
          ),
        );
      }
    }
  }
  return { statements, statuses: [...statuses, { when: always, status: null }], answers };
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
