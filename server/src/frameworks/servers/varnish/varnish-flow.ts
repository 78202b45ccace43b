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

/** What the file's subroutines do with the requests for one place. */
export function flowOf(directives: readonly Directive[], place: string | undefined, edits: TestEdits): VarnishFlow {
  const run = new Run(directives, place, edits);
  run.request();
  const synthetic = some(run.answers.map(({ when }) => when));
  run.response('vcl_backend_response', not(synthetic));
  run.response('vcl_deliver', not(synthetic));
  run.response('vcl_synth', synthetic);
  const { statements, statuses, answers } = run;
  return { statements, statuses: [...statuses, { when: always, status: null }], answers };
}

/** Goes through the subroutines, for all requests at once. */
class Run {
  readonly statements: VarnishStatement[] = [];
  readonly statuses: StatusRule[] = [];
  readonly answers: { when: RequestTest; status: number; reason: string; range: SourceRange }[] = [];
  private readonly subroutines: ReadonlyMap<string, readonly Directive[]>;
  private readonly variables = new Map<string, readonly Held[]>();
  /** Requests that no `return` has taken out of the subroutine. */
  private goesOn: RequestTest = always;
  private sight: Sight;

  constructor(
    directives: readonly Directive[],
    place: string | undefined,
    private readonly edits: TestEdits,
  ) {
    this.subroutines = subroutinesOf(directives);
    this.sight = { variables: this.variables, place, includes: directives.some(({ name }) => name === 'include') };
  }

  request(): void {
    this.block(this.subroutines.get('vcl_recv') ?? [], always, 'vcl_recv', 0);
  }

  response(subroutine: 'vcl_backend_response' | 'vcl_deliver' | 'vcl_synth', when: RequestTest): void {
    this.goesOn = when;
    if (subroutine === 'vcl_synth')
      this.sight = {
        ...this.sight,
        answeredWith: (part, text) =>
          some(this.answers.filter((answer) => String(answer[part]) === text).map((answer) => answer.when)),
      };
    if (when.kind !== never.kind) this.block(this.subroutines.get(subroutine) ?? [], when, subroutine, 0);
  }

  private block(list: readonly Directive[], outer: RequestTest, subroutine: string, depth: number): void {
    // What no earlier branch of the chain has taken.
    let rest: RequestTest = always;
    for (const directive of list) {
      const { name, args, block } = directive;
      const here = both(outer, this.goesOn);
      if (here.kind === 'never') return;
      if (block && /^(if|else|elsif|elseif|elif)$/.test(name)) {
        if (name === 'if') rest = always;
        const condition = this.condition(directive);
        const when = both(outer, rest, condition);
        rest = except(rest, condition);
        if (when.kind !== 'never') this.block(block, when, subroutine, depth);
      } else if (name === 'call' && args[0] && depth < deepestCall)
        this.block(this.subroutines.get(args[0].text) ?? [], outer, subroutine, depth + 1);
      else this.statement(directive, here, subroutine);
    }
  }

  /** Of `if (…)`, `else if (…)` or `else`. */
  private condition({ name, args }: Directive): RequestTest {
    if (name !== 'else') return readCondition(args, this.sight, this.edits);
    return args[0]?.text === 'if' ? readCondition(args.slice(1), this.sight, this.edits) : always;
  }

  private statement(directive: Directive, here: RequestTest, subroutine: string): void {
    const { name, args } = directive;
    if (name === 'return') this.return(directive, here);
    else if ((name === 'set' || name === 'unset' || name === 'remove') && args[0])
      this.assign(directive, args[0], here, subroutine);
    else if (name === 'header.append' && isResponseHeader(args[1]) && args[3])
      this.write({
        directive,
        target: args[1]!,
        value: args.slice(3, -1),
        operation: 'append',
        when: here,
        subroutine,
      });
  }

  private return({ args, range }: Directive, here: RequestTest): void {
    const words = args.map(({ text }) => text);
    const synth = words.indexOf('synth');
    if (synth >= 0) {
      const status = Number(words[synth + 2]) || 200;
      const reason = words[synth + 3] === ',' ? (words[synth + 4] ?? '') : '';
      this.statuses.push({ when: here, status });
      this.answers.push({ when: here, status, reason, range });
    }
    this.goesOn = except(this.goesOn, here);
  }

  private assign(directive: Directive, target: Word, here: RequestTest, subroutine: string): void {
    const [, equals, ...value] = directive.args;
    const sets = directive.name === 'set';
    const variable = /^(?:be)?req\.http\.(.+)$/i.exec(target.text)?.[1]?.toLowerCase();
    if (variable !== undefined) {
      const before = valuesOf(target.text, this.sight).map((held) => ({ ...held, when: except(held.when, here) }));
      const after = (sets ? expressionValues(value, this.sight) : [textHeld('')]).map((held) => ({
        ...held,
        when: both(here, held.when),
      }));
      this.variables.set(
        variable,
        [...before, ...after].filter((held) => held.when.kind !== 'never'),
      );
    } else if (isResponseHeader(target)) {
      if (!sets) this.write({ directive, target, value: [], operation: 'remove', when: here, subroutine });
      else if (equals?.text === '=' && value.length > 0)
        this.write({ directive, target, value, operation: 'set', when: here, subroutine });
    }
  }

  private write(written: WrittenHeader): void {
    this.statements.push(statementOf(written, this.sight));
  }
}

function subroutinesOf(directives: readonly Directive[]): Map<string, Directive[]> {
  const found = new Map<string, Directive[]>();
  for (const { name, args, block } of directives) {
    // Subroutines of one name are joined.
    if (name === 'sub' && args[0] && block) found.set(args[0].text, [...(found.get(args[0].text) ?? []), ...block]);
  }
  return found;
}

/** A header that a statement writes, takes away or adds to. */
interface WrittenHeader {
  readonly directive: Directive;
  readonly target: Word;
  readonly value: readonly Word[];
  readonly operation: HeaderRule['operation'];
  readonly when: RequestTest;
  readonly subroutine: string;
}

function statementOf(header: WrittenHeader, sight: Sight): VarnishStatement {
  const { directive, target, value, operation, when, subroutine } = header;
  const cut = target.text.indexOf('.http.') + '.http.'.length;
  const written = target.text.slice(cut);
  const addition = additionOf(header);
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
  const held = addition === undefined ? expressionValues(value, sight) : [textHeld(addition)];
  statement.outcomes = (operation === 'remove' ? [] : held)
    .map((one) => ({ when: both(when, one.when), value: sentValue(one), place: { range: valueRange, statement } }))
    .filter((outcome) => outcome.when.kind !== 'never');
  return statement;
}

/** What a statement adds to the header's own value, which stays; undefined where it does not. */
function additionOf({ target, value }: WrittenHeader): string | undefined {
  const keepsOwn = value.some(({ text, quote }) => quote === '' && text.toLowerCase() === target.text.toLowerCase());
  return keepsOwn ? value.find(({ quote }) => quote !== '')?.text.replace(/^[\s,]+/, '') : undefined;
}

function sentValue({ value }: Held): SentValue {
  return value.kind === 'method' ? { kind: 'unknown' } : value;
}

function textHeld(text: string): Held {
  return { when: always, value: { kind: 'text', text } };
}

function isResponseHeader(target: Word | undefined): boolean {
  return /^(be)?resp\.http\./i.test(target?.text ?? '');
}

function expressionValues(value: readonly Word[], sight: Sight): readonly Held[] {
  const [only] = value;
  if (value.length !== 1 || !only) return [{ when: always, value: { kind: 'unknown' } }];
  return only.quote === '' ? valuesOf(only.text, sight) : [{ when: always, value: { kind: 'text', text: only.text } }];
}
