/** What blocks behind `install(CORS)` say, as options of the table. */
import type { Call, Expression, FunctionExpression, Node, Program } from '../../../syntax/programs/program.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import { bindingOfParameter, settingsOn, stepsWithin } from '../../../models/libraries/block-steps.ts';
import { givenTo } from '../../../models/libraries/builder-steps.ts';
import type { BuilderStep } from '../../../models/libraries/builder-steps.ts';
import type { FoundOptions, OptionsFinder } from '../../../models/libraries/define-cors-library.ts';
import { objectForm } from '../../../models/libraries/options-form.ts';
import { kotlinLiterals } from '../../../edits/kotlin-literals.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { always, never, some } from '../../../policy/request-test.ts';
import type { DictEntry, Value } from '../../../values/value.ts';
import { allowedHost } from './hosts.ts';
import { defaultSchemes, simpleMethods } from './table.ts';

export const packageName = 'io.ktor:ktor-server-cors';
const form = { ...objectForm, literals: kotlinLiterals('collection') };

/** One installation; `stops`: why the server does not start with it. */
export interface Installed extends FoundOptions {
  readonly stops?: string;
}

export const installations: OptionsFinder = (program, context) => {
  const version = versionOf(program, context);
  return {
    options: [...program.text.matchAll(/\binstall\s*\(\s*(?:[\w.]+\.)?CORS\s*[,)]/g)].flatMap(
      ({ index }): Installed[] => {
        const call = callAt(index, program);
        const block = call?.arguments.find(({ value }) => value.kind === 'function')?.value;
        if (call === undefined || isOther(program)) return [];
        return [installed(call, block?.kind === 'function' ? block : undefined, { program, context, version })];
      },
    ),
  };
};

/** The plugin's own package, or the server's; before release 2 all was one. */
export function versionOf(_program: Program, { version }: ProgramContext): string | undefined {
  for (const artifact of ['ktor-server-cors', 'ktor-server-cors-jvm', 'ktor-server-core', 'ktor-server-core-jvm']) {
    const found = version(`io.ktor:${artifact}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A name `CORS` of somebody else. */
function isOther(program: Program): boolean {
  const own = program.imports.find(({ local }) => local === 'CORS');
  return own !== undefined && !own.module.startsWith('io.ktor.');
}

function callAt(offset: number, program: Program): Call | undefined {
  let node: Node | undefined = program.expressionAt(offset);
  while (node && node.kind !== 'call') node = node.parent;
  return node;
}

interface Reading {
  readonly program: Program;
  readonly context: ProgramContext;
  readonly version: string | undefined;
}

function installed(call: Call, block: FunctionExpression | undefined, reading: Reading): Installed {
  const { context, program } = reading;
  const steps = block ? [...stepsWithin(block), ...stepsOnParameter(block, program)] : [];
  const made = steps.map((step) => ({ step, ...entriesOf(step, reading) }));
  const stops = made.find((one) => one.stops !== undefined)?.stops;
  const entries = merged(made.flatMap((one) => one.entries));
  const isOpen = block === undefined ? call.arguments.length > 1 : hasOther(steps);
  const guard = context.evaluator.guard(call);
  const value: Value = { kind: 'dict', entries, open: isOpen, range: block?.range ?? call.range };
  return {
    call,
    place: { value, range: call.callee.range, argumentsRange: call.argumentsRange, form },
    scope: 'every route',
    ...(guard !== always && { reach: guard }),
    ...(stops !== undefined && { stops }),
  };
}

/** `install(CORS) { it.anyHost() }` is rare, and the same. */
function stepsOnParameter(block: FunctionExpression, program: Program): BuilderStep[] {
  const binding = bindingOfParameter(block, program);
  return binding?.parameterOf?.range.start === block.range.start ? settingsOn(binding, program) : [];
}

/** Calls of functions of the program, which may set something. */
function hasOther(steps: readonly BuilderStep[]): boolean {
  return steps.some(({ name }) => !known.has(name));
}

const known = new Set(
  [
    'anyHost allowHost host allowOrigins allowOriginsMatching allowCredentials allowMethod method anyMethod',
    'allowHeader header allowHeaders allowHeadersPrefixed allowXHttpMethodOverride exposeHeader',
    'maxAgeInSeconds maxAgeDuration maxAge allowSameOrigin allowNonSimpleContentTypes println print log',
    'require check forEach',
  ].flatMap((row) => row.split(' ')),
);

interface Entries {
  readonly entries: readonly DictEntry[];
  readonly stops?: string;
}

function entriesOf(step: BuilderStep, reading: Reading): Entries {
  const { name, call } = step;
  const [first] = givenTo(call);
  const only = (key: string, value: Value): Entries => ({ entries: [entry(key, value, step)] });
  switch (name) {
    case 'anyHost':
      return only('anyHost', switched(conditionOf(call, reading), step));
    case 'allowHost':
    case 'host':
      return allowedHost(step, { ...reading, schemes: defaultSchemes(reading.version) });
    case 'allowOrigins':
      return first ? only('allowOrigins', reading.context.evaluator.evaluate(first.value)) : { entries: [] };
    case 'allowOriginsMatching':
      return only('allowOrigins', { kind: 'unknown', range: call.range });
    case 'allowCredentials':
      return first ? only('allowCredentials', underCondition(first.value, step, reading)) : { entries: [] };
    case 'allowMethod':
    case 'method':
      return only('allowMethod', listed(step, reading, methodOf));
    case 'anyMethod':
      return only('allowMethod', textsAt([...simpleMethods, 'DELETE', 'OPTIONS', 'PATCH', 'PUT'], step));
    case 'allowHeader':
    case 'header':
      return only('allowHeader', listed(step, reading, headerOf));
    case 'allowHeaders':
      return only(
        'allowHeader',
        allowsAll(first?.value) ? textsAt(['*'], step) : { kind: 'unknown', range: call.range },
      );
    case 'allowHeadersPrefixed':
      return only('allowHeader', { kind: 'unknown', range: call.range });
    case 'allowXHttpMethodOverride':
      return only('allowHeader', textsAt(['X-Http-Method-Override'], step));
    case 'exposeHeader':
      return only('exposeHeader', listed(step, reading, headerOf));
    case 'allowNonSimpleContentTypes':
      return isTrue(first?.value) ? only('allowHeader', textsAt(['Content-Type'], step)) : { entries: [] };
    case 'maxAgeInSeconds':
      return first ? only(name, underCondition(first.value, step, reading)) : { entries: [] };
    case 'maxAgeDuration':
    case 'maxAge':
      return only('maxAgeInSeconds', { kind: 'unknown', range: call.range });
    default:
      return { entries: [] };
  }
}

export function entry(key: string, value: Value, { nameRange, call }: BuilderStep): DictEntry {
  return { key, keyRange: nameRange, value, range: { ...nameRange, end: call.range.end } };
}

/** The condition under which the step is taken, seen from the block. */
export function conditionOf(call: BuilderStep['call'], { context }: Pick<Reading, 'context'>): RequestTest {
  return some(context.evaluator.rounds(call, undefined).map(({ when }) => when));
}

function switched(when: RequestTest, { call: { range } }: BuilderStep): Value {
  return when === always ? { kind: 'boolean', value: true, range } : { kind: 'predicate', test: when, range };
}

function underCondition(expression: Expression, { call }: BuilderStep, reading: Reading): Value {
  const when = conditionOf(call, reading);
  const value = reading.context.evaluator.evaluate(expression);
  if (when === always) return value;
  const otherwise: Value = { kind: 'nothing', range: call.range };
  return {
    kind: 'one-of',
    choices: [
      { when, value },
      { when: always, value: otherwise },
    ],
    range: call.range,
  };
}

/** What the step adds in each round of the loops around it. */
function listed(
  { call }: BuilderStep,
  { context }: Reading,
  textOf: (expression: Expression, value: Value | undefined) => Value,
): Value {
  const [first] = givenTo(call);
  const rounds = first ? context.evaluator.rounds(call, first.value) : [];
  const items = rounds.filter(({ when }) => when !== never).map(({ value }) => textOf(first!.value, value));
  return { kind: 'list', type: 'list', items, open: false, range: call.range };
}

function methodOf(expression: Expression, value: Value | undefined): Value {
  const made = /^HttpMethod\(\s*"(\w+)"\s*\)$/.exec(expression.text)?.[1];
  if (made !== undefined) return { kind: 'text', text: made, range: expression.range };
  return value ?? { kind: 'unknown', range: expression.range };
}

/** `HttpHeaders.XRequestedWith`. */
function headerOf(expression: Expression, value: Value | undefined): Value {
  const constant = /^HttpHeaders\.(\w+)$/.exec(expression.text)?.[1];
  if (value?.kind === 'text' || constant === undefined) return value ?? { kind: 'unknown', range: expression.range };
  const text = constant.replaceAll(/(?<=[a-z])(?=[A-Z])|(?<=^X)(?=[A-Z])/g, '-');
  return { kind: 'text', text, range: expression.range };
}

function textsAt(texts: readonly string[], { call: { range } }: BuilderStep): Value {
  const items = texts.map((text): Value => ({ kind: 'text', text, range }));
  return { kind: 'list', type: 'list', items, open: false, range };
}

function allowsAll(expression: Expression | undefined): boolean {
  return expression?.kind === 'function' && /^\{\s*(?:\w+\s*->\s*)?true\s*\}$/.test(expression.text);
}

function isTrue(expression: Expression | undefined): boolean {
  return expression?.kind === 'boolean' && expression.value;
}

/** One entry an option: lists one behind the other, of all else what is said last; each check is one of its own. */
function merged(entries: readonly DictEntry[]): DictEntry[] {
  const found = new Map<string, DictEntry>();
  let checks = 0;
  for (const one of entries) {
    if (one.key === 'allowOrigins') {
      checks += 1;
      found.set(checks === 1 ? one.key : one.key + checks, { ...one, key: checks === 1 ? one.key : one.key + checks });
      continue;
    }
    const before = found.get(one.key);
    found.set(one.key, before ? { ...one, value: together(before.value, one.value), keyRange: before.keyRange } : one);
  }
  // Methods that need no listing are among them.
  const methods = found.get('allowMethod');
  if (methods?.value.kind === 'list') found.set('allowMethod', { ...methods, value: withSimple(methods.value) });
  const hosts = found.get('allowHost');
  const [host, ...others] = hosts?.value.kind === 'list' ? hosts.value.items : [];
  // A variable by itself may be open without a value, which a list of it would hide.
  if (hosts && host?.kind === 'environment' && others.length === 0) found.set('allowHost', { ...hosts, value: host });
  return [...found.values()];
}

function together(before: Value, value: Value): Value {
  if (value.kind === 'unknown' || before.kind === 'unknown') return { kind: 'unknown', range: value.range };
  if (before.kind !== 'list' || value.kind !== 'list') return value;
  return { ...value, items: [...before.items, ...value.items], open: before.open || value.open };
}

function withSimple(list: Value & { kind: 'list' }): Value {
  const names = new Set(simpleMethods);
  const others = list.items.filter((item) => item.kind !== 'text' || !names.has(item.text));
  const added = simpleMethods.map((text): Value => ({ kind: 'text', text, range: list.range }));
  return { ...list, items: [...added, ...others] };
}
