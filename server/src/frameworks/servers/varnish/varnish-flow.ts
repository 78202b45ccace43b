/** The way of a request through the subroutines of VCL: what is stored, what is delivered, and what Varnish answers itself. */
import type { Directive, Word } from '../../../syntax/directives/directives.ts';
import type { SourceRange } from '../../../syntax/range.ts';
import type { HeaderRule, StatusRule } from '../../../policy/policy.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { always, never, not, some } from '../../../policy/request-test.ts';
import { both, except } from '../../../models/servers/server-conditions.ts';
import type { TestEdits } from '../../../models/servers/server-header-edits.ts';
import type { HeaderStatement } from '../../../models/servers/header-statements.ts';
import type { SentValue } from '../../../models/servers/server-values.ts';
import type { Held, Sight } from './varnish-conditions.ts';
import { placeOf, readCondition, valuesOf } from './varnish-conditions.ts';

export interface VarnishStatement extends HeaderStatement {
  readonly directive: Directive;
  /** `resp` or `beresp`. */
  readonly message: string;
  /** `vcl_deliver` and `vcl_synth` give different answers. */
  readonly subroutine: string;
}
export interface VarnishFlow {
  readonly statements: readonly VarnishStatement[];
  readonly statuses: readonly StatusRule[];
  readonly answers: readonly { readonly when: RequestTest; readonly status: number; readonly range: SourceRange }[];
}

const deepestCall = 8;

/** The conditions on host and path around a CORS header. */
export function placesOf(directives: readonly Directive[]): (string | undefined)[] {
  const found = new Set<string | undefined>([undefined]);
  const walk = (list: readonly Directive[], outer: string | undefined): void => {
    for (const { name, args, block } of list) {
      const place = /^(if|else|elsif|elseif|elif)$/.test(name)
        ? args.map((_, index) => placeOf(args.slice(index, index + 3))).find((one) => one !== undefined)
        : undefined;
      if (block) walk(block, place ?? outer);
      else if (args.some(({ text }) => /\.http\.access-control-allow-origin$/i.test(text))) found.add(outer);
    }
  };
  walk(directives, undefined);
  return [...found];
}

export function flowOf(directives: readonly Directive[], place: string | undefined, edits: TestEdits): VarnishFlow {
  const subroutines = new Map<string, Directive[]>();
  for (const { name, args, block } of directives) {
    if (name === 'sub' && args[0] && block)
      subroutines.set(args[0].text, [...(subroutines.get(args[0].text) ?? []), ...block]);
  }
  const variables = new Map<string, readonly Held[]>();
  const statements: VarnishStatement[] = [];
  const statuses: StatusRule[] = [];
  const answers: { when: RequestTest; status: number; reason: string; range: SourceRange }[] = [];
  let goesOn: RequestTest = always;
  const includes = directives.some(({ name }) => name === 'include');
  let sight: Sight = { variables, place, includes };

  const run = (list: readonly Directive[], outer: RequestTest, subroutine: string, depth: number): void => {
    // What no earlier branch of the chain has taken.
    let rest: RequestTest = always;
    for (const directive of list) {
      const { name, args, block } = directive;
      const here = both(outer, goesOn);
      if (here.kind === 'never') return;
      if (block && /^(if|else|elsif|elseif|elif)$/.test(name)) {
        if (name === 'if') rest = always;
        const condition =
          name === 'else' && args[0]?.text !== 'if'
            ? always
            : readCondition(name === 'else' ? args.slice(1) : args, sight, edits);
        const when = both(outer, rest, condition);
        rest = except(rest, condition);
        if (when.kind !== 'never') run(block, when, subroutine, depth);
      } else if (name === 'call' && args[0] && depth < deepestCall)
        run(subroutines.get(args[0].text) ?? [], outer, subroutine, depth + 1);
      else if (name === 'return') returned(directive, here);
      else if ((name === 'set' || name === 'unset' || name === 'remove') && args[0])
        assigned(directive, here, subroutine);
      else if (name === 'header.append' && /^(be)?resp\.http\./i.test(args[1]?.text ?? '') && args[3])
        statements.push(statementOf(directive, args[1]!, args.slice(3, -1), 'append', here, subroutine));
    }
  };
  const returned = (directive: Directive, here: RequestTest): void => {
    const words = directive.args.map(({ text }) => text);
    const synth = words.indexOf('synth');
    if (synth >= 0) {
      const status = Number(words[synth + 2]) || 200;
      statuses.push({ when: here, status });
      answers.push({
        when: here,
        status,
        reason: words[synth + 3] === ',' ? (words[synth + 4] ?? '') : '',
        range: directive.range,
      });
    }
    goesOn = except(goesOn, here);
  };
  const assigned = (directive: Directive, here: RequestTest, subroutine: string): void => {
    const [target, equals, ...value] = directive.args;
    const variable = /^(?:be)?req\.http\.(.+)$/i.exec(target!.text)?.[1]?.toLowerCase();
    if (variable !== undefined) {
      const before = valuesOf(target!.text, sight).map((held) => ({ ...held, when: except(held.when, here) }));
      const after =
        directive.name === 'set'
          ? expressionValues(value, sight)
          : [{ when: always, value: { kind: 'text' as const, text: '' } }];
      variables.set(
        variable,
        [...before, ...after.map((held) => ({ ...held, when: both(here, held.when) }))].filter(
          (held) => held.when.kind !== 'never',
        ),
      );
    } else if (/^(be)?resp\.http\./i.test(target!.text)) {
      if (directive.name !== 'set') statements.push(statementOf(directive, target!, [], 'remove', here, subroutine));
      else if (equals?.text === '=' && value.length > 0)
        statements.push(statementOf(directive, target!, value, 'set', here, subroutine));
    }
  };
  const statementOf = (
    directive: Directive,
    target: Word,
    value: readonly Word[],
    operation: HeaderRule['operation'],
    when: RequestTest,
    subroutine: string,
  ): VarnishStatement => {
    const cut = target.text.indexOf('.http.') + '.http.'.length;
    const written = target.text.slice(cut);
    // What adds to the header's own value keeps it.
    const addition = value.some(({ text, quote }) => quote === '' && text.toLowerCase() === target.text.toLowerCase())
      ? value.find(({ quote }) => quote !== '')?.text.replace(/^[\s,]+/, '')
      : undefined;
    const only = value.length === 1 ? value[0]! : undefined;
    const valueRange = value.length > 0 ? { start: value[0]!.range.start, end: value.at(-1)!.range.end } : target.range;
    const statement: { -readonly [K in keyof VarnishStatement]: VarnishStatement[K] } = {
      directive,
      subroutine,
      message: target.text.slice(0, target.text.indexOf('.')),
      name: written.toLowerCase(),
      written,
      nameRange: { start: target.range.start + cut, end: target.range.end },
      operation: addition === undefined ? operation : 'merge',
      text: addition ?? (only ? only.text : ''),
      dynamic: addition === undefined && (only === undefined || only.quote === ''),
      valueRange,
      contentRange: only?.contentRange ?? valueRange,
      range: { start: directive.range.start, end: Math.max(valueRange.end, target.range.end) },
      when,
      outcomes: [],
    };
    const held =
      operation === 'remove'
        ? []
        : addition === undefined
          ? expressionValues(value, sight)
          : [{ when: always, value: { kind: 'text' as const, text: addition } }];
    statement.outcomes = held.flatMap((one) => {
      const sent = both(when, one.when);
      return sent.kind === 'never'
        ? []
        : [
            {
              when: sent,
              value: (one.value.kind === 'method' ? { kind: 'unknown' } : one.value) as SentValue,
              place: { range: valueRange, statement },
            },
          ];
    });
    return statement;
  };

  run(subroutines.get('vcl_recv') ?? [], always, 'vcl_recv', 0);
  const synthetic = some(answers.map(({ when }) => when));
  for (const [subroutine, when] of [
    ['vcl_backend_response', not(synthetic)],
    ['vcl_deliver', not(synthetic)],
    ['vcl_synth', synthetic],
  ] as const) {
    goesOn = when;
    sight = {
      variables,
      place,
      includes,
      ...(subroutine === 'vcl_synth' && {
        answeredWith: (part: 'status' | 'reason', text: string) =>
          some(answers.filter((answer) => String(answer[part]) === text).map((answer) => answer.when)),
      }),
    };
    if (when.kind !== never.kind) run(subroutines.get(subroutine) ?? [], when, subroutine, 0);
  }
  return { statements, statuses: [...statuses, { when: always, status: null }], answers };
}

function expressionValues(value: readonly Word[], sight: Sight): readonly Held[] {
  const [only] = value;
  if (value.length !== 1 || !only) return [{ when: always, value: { kind: 'unknown' } }];
  return only.quote === '' ? valuesOf(only.text, sight) : [{ when: always, value: { kind: 'text', text: only.text } }];
}
