/**
 * Jetty's CrossOriginFilter that a program sets up: `new FilterHolder(CrossOriginFilter.class)` and `servlets().addFilter("CORS",
 * CrossOriginFilter.class)` of Dropwizard, with `setInitParameter`. What the parameters mean is the same as in `web.xml`.
 *
 * https://www.dropwizard.io/en/stable/manual/core.html
 */
import type { Binding, Call, Expression, Node, Program } from '../../syntax/programs/program.ts';
import { sameSpan } from '../../syntax/range.ts';
import type { TreeEntry, TreeScalar } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import { defineFramework } from '../../models/framework.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { settingsOn, unfolded } from '../../models/libraries/block-steps.ts';
import { stepsBehind } from '../../models/libraries/builder-steps.ts';
import type { BuilderStep } from '../../models/libraries/builder-steps.ts';
import { programTree } from '../../models/services/program-tree.ts';
import type { ProgramTree } from '../../models/services/program-tree.ts';
import { jettyPolicy } from './jetty.ts';

export const framework = defineFramework({
  id: 'jetty-filter',
  title: 'Jetty CrossOriginFilter in programs',
  documentation: 'https://www.dropwizard.io/en/stable/manual/core.html',
  reads: '`CrossOriginFilter` in `FilterHolder`, `addFilter` and `setFilter`, with its init parameters',
  mentions: ['crossoriginfilter'],
  shape: 'program',
  languages: ['java', 'kotlin'],
  read(program, context) {
    const module = program.imports.map((one) => one.module).find((one) => servlets.test(one));
    if (module === undefined) return { policies: [], facts: [] };
    const filters = [...program.text.matchAll(/\bCrossOriginFilter\s*(?:\.class|::class|\(\s*\))/g)];
    const tree = programTree(program, () => undefined);
    return {
      policies: filters.flatMap(({ index }) => policyOf(index, module, { program, context, tree }) ?? []),
      facts: [],
    };
  },
});

const servlets = /^org\.eclipse\.jetty\.(?:ee\d+\.)?servlets(?:\.|$)/;
/** Takes the filter, and is what has its parameters, or gives that. */
const holder = /(?:^|\.)(?:FilterHolder|addFilter|setFilter)$/;

interface Reading {
  readonly program: Program;
  readonly context: ProgramContext;
  readonly tree: ProgramTree;
}

/** Undefined where it is not seen who sets the parameters. */
function policyOf(offset: number, module: string, reading: Reading): Policy | undefined {
  const { program, context, tree } = reading;
  const name = program.expressionAt(offset);
  const taker = name && takerOf(name);
  if (name === undefined || taker === undefined) return undefined;
  const steps = stepsOf(taker, program);
  const parameters = steps && parametersOf(steps, taker, reading);
  if (steps === undefined || parameters === undefined) return undefined;
  const className: TreeScalar = { kind: 'scalar', value: module, range: name.range, contentRange: name.range };
  const filter = {
    className,
    parameters: { kind: 'map', range: name.range, entries: parameters } as const,
    scope: scopeOf([taker, ...steps.flatMap(({ call }) => (call.kind === 'call' ? [call] : []))]) ?? 'the application',
    add: () => [],
  };
  const policy = jettyPolicy(filter, tree.document, versionOf(module, context), tree.reference);
  return { ...policy, framework: 'jetty-filter', edits: {} };
}

/** The call that takes the filter; a holder that is made inside of another call is the one. */
function takerOf(name: Expression): Call | undefined {
  let node: Node | undefined = name;
  while (node !== undefined && node.kind !== 'function' && node.kind !== 'block') {
    if (node.kind === 'call' && !sameSpan(node.callee.range, name.range) && holder.test(node.callee.text)) return node;
    node = node.parent;
  }
  return undefined;
}

/** What is called on the holder; undefined where something that is not read has it too. */
function stepsOf(taker: Call, program: Program): BuilderStep[] | undefined {
  const behind = stepsBehind(taker);
  const made = behind.at(-1)?.call ?? taker;
  const bound = boundTo(taker, made, program);
  if (bound === undefined) return isReturned(made) ? undefined : unfolded(behind, program);
  if (program.handedOn(bound).some(mayBeSet)) return undefined;
  return [...unfolded(behind, program), ...unfolded(settingsOn(bound, program), program)];
}

/** The name of the holder: what it is given, or of `bean.setFilter(new CrossOriginFilter())` the bean. */
function boundTo({ callee }: Call, made: Expression, program: Program): Binding | undefined {
  if (callee.kind === 'member' && callee.property === 'setFilter')
    return callee.object.kind === 'identifier' ? program.resolve(callee.object) : undefined;
  const { parent } = made;
  if (parent?.kind === 'declaration') return parent.bindings[0];
  return parent?.kind === 'assignment' && parent.target.kind === 'identifier'
    ? program.resolve(parent.target)
    : undefined;
}

function isReturned({ parent }: Node): boolean {
  return parent?.kind === 'return' || parent?.kind === 'function';
}

/** A function of the program may set parameters; a method of the server takes the holder as it is. */
function mayBeSet({ parent }: Node): boolean {
  if (parent?.kind !== 'call' || parent.isNew) return false;
  const { callee } = parent;
  return callee.kind === 'identifier' || (callee.kind === 'member' && callee.object.text === 'this');
}

const setting = /^(?:setInitParameter|addInitParameter)$/;

/** Undefined where it depends on something which of them are set, or what they are called. */
function parametersOf(steps: readonly BuilderStep[], taker: Call, { context, tree }: Reading): TreeEntry[] | undefined {
  const entries = new Map<string, TreeEntry>();
  for (const { name, call } of steps) {
    if (/^(?:setInitParameters|initParameters)$/.test(name)) return undefined;
    if (!setting.test(name) || call.kind !== 'call') continue;
    const [key, value] = call.arguments;
    const text = key && parameterName(key.value, context);
    if (text === undefined || value === undefined || conditionOf(call) !== conditionOf(taker)) return undefined;
    const node = tree.node(context.evaluator.evaluate(value.value));
    entries.set(text, { key: text, keyRange: key!.range, value: node, range: { ...key!.range, end: value.range.end } });
  }
  return [...entries.values()];
}

/** `CrossOriginFilter.ALLOWED_ORIGINS_PARAM`, and the text itself. */
function parameterName(expression: Expression, { evaluator }: ProgramContext): string | undefined {
  const constant = /^(?:[\w.]+\.)?([A-Z_]+)$/.exec(expression.text)?.[1];
  if (constant !== undefined && Object.hasOwn(constants, constant)) return constants[constant];
  const value = evaluator.evaluate(expression);
  return value.kind === 'text' ? value.text : undefined;
}

const constants: Readonly<Record<string, string>> = {
  ALLOWED_ORIGINS_PARAM: 'allowedOrigins',
  ALLOWED_TIMING_ORIGINS_PARAM: 'allowedTimingOrigins',
  ALLOWED_METHODS_PARAM: 'allowedMethods',
  ALLOWED_HEADERS_PARAM: 'allowedHeaders',
  PREFLIGHT_MAX_AGE_PARAM: 'preflightMaxAge',
  ALLOW_CREDENTIALS_PARAM: 'allowCredentials',
  EXPOSED_HEADERS_PARAM: 'exposedHeaders',
  OLD_CHAIN_PREFLIGHT_PARAM: 'forwardPreflight',
  CHAIN_PREFLIGHT_PARAM: 'chainPreflight',
  // Names of headers are no parameters, though they are often set as ones.
  ACCESS_CONTROL_ALLOW_ORIGIN_HEADER: 'Access-Control-Allow-Origin',
  ACCESS_CONTROL_ALLOW_METHODS_HEADER: 'Access-Control-Allow-Methods',
  ACCESS_CONTROL_ALLOW_HEADERS_HEADER: 'Access-Control-Allow-Headers',
  ACCESS_CONTROL_ALLOW_CREDENTIALS_HEADER: 'Access-Control-Allow-Credentials',
};

const conditions: ReadonlySet<Node['kind']> = new Set(['if', 'loop', 'switch', 'conditional', 'try']);

/** Where the innermost condition of the function begins under which this is reached. */
function conditionOf(node: Node): number | undefined {
  let current: Node | undefined = node;
  while (current !== undefined && !conditions.has(current.kind)) {
    if (current.kind === 'class') return undefined;
    current = current.parent;
  }
  return current?.range.start;
}

/** The first text that begins as a path does. */
function scopeOf(calls: readonly Call[]): string | undefined {
  const texts = calls.flatMap((call) => call.arguments.map(({ value }) => value));
  const path = texts.find((value) => value.kind === 'string' && value.value.startsWith('/'));
  return path?.kind === 'string' ? path.value : undefined;
}

/** Jetty's version in numbers, as the build files say it. */
function versionOf(module: string, { version }: ProgramContext): readonly number[] | undefined {
  if (/\bee\d/.test(module)) return [12];
  const found = ['servlets', 'server', 'servlet', 'bom'].map((name) => version(`org.eclipse.jetty:jetty-${name}`));
  const numbers = /^\d+(?:\.\d+)*/.exec(found.find((one) => one !== undefined) ?? '')?.[0];
  return numbers?.split('.').map(Number);
}
