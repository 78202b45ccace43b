/** The npm package `cors` in Express, connect, polka and plain Node programs. */
import type { SourceRange } from '../syntax/range.ts';
import type { Argument, Call, Expression, Node, Program } from '../syntax/program.ts';
import type { Fact, Policy } from '../policy/policy.ts';
import { always } from '../policy/request-test.ts';
import type { Value } from '../values/value.ts';
import type { ProgramContext } from './framework.ts';
import { defineFramework } from './framework.ts';
import { mountFacts, mountOf } from './express-mounts.ts';
import type { CorsPackagePolicy } from './cors-package.ts';
import { readCorsPackageOptions } from './cors-package.ts';
import type { ProgramText } from './origin-entries.ts';
import { preferredQuote } from './program-edits.ts';

const middlewareMethods = new Set(['use', 'all', 'options', 'get', 'head', 'post', 'put', 'patch', 'delete']);

export const framework = defineFramework({
  id: 'express-cors',
  title: 'cors (Express)',
  documentation: 'https://expressjs.com/en/resources/middleware/cors.html',
  reads: '`cors(options)`, per app, router or route; options delegates and origin callbacks',
  mentions: ['cors'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const text: ProgramText = {
      quote: preferredQuote(program.text),
      textOf: (range) => (range.path === undefined || range.path === program.path ? program.text : context.readFile(range.path)),
    };
    const policies: Policy[] = [];
    const facts: Fact[] = [];
    for (const use of usesOfCors(program)) {
      if (use.call) policies.push(readCall(use.call, program, context, text));
      else if (use.uncalled) facts.push({ kind: 'middleware-not-called', range: use.uncalled, call: () => [{ range: { start: use.uncalled!.end, end: use.uncalled!.end }, newText: '()' }] });
    }
    return { policies, facts };
  },
});

/** Every call of the package's function, and every place where it is handed on without being called. */
function usesOfCors(program: Program): { call?: Call; uncalled?: SourceRange }[] {
  const callees: Expression[] = [];
  for (const imported of program.imports) {
    if (imported.module !== 'cors' || imported.typeOnly || !['default', '*'].includes(imported.imported)) continue;
    if (imported.binding) callees.push(...program.references(imported.binding));
    else if (imported.call) callees.push(imported.call);
  }
  return callees.flatMap((callee): { call?: Call; uncalled?: SourceRange }[] => {
    const target = isDefaultMember(callee.parent) ? (callee.parent as Expression) : callee;
    const parent = target.parent;
    if (parent?.kind !== 'call') return [];
    if (sameRange(parent.callee.range, target.range)) return parent.isNew ? [] : [{ call: parent }];
    const mounted = parent.callee.kind === 'member' && middlewareMethods.has(parent.callee.property) && parent.arguments.some((argument) => sameRange(argument.value.range, target.range));
    return mounted ? [{ uncalled: target.range }] : [];
  }).sort((a, b) => (a.call?.range ?? a.uncalled!).start - (b.call?.range ?? b.uncalled!).start);
}

function isDefaultMember(node: Node | undefined): boolean {
  return node?.kind === 'member' && node.property === 'default';
}

function sameRange(a: SourceRange, b: SourceRange): boolean {
  return a.start === b.start && a.end === b.end;
}

function readCall(call: Call, program: Program, context: ProgramContext, text: ProgramText): Policy {
  const version = context.version('cors');
  const mount = mountOf(call, program, context.evaluator);
  const parts = readArgument(call, call.arguments[0], context, text);
  return {
    framework: 'express-cors',
    title: version === undefined ? 'cors' : `cors ${version}`,
    version,
    range: call.range,
    scope: mount.scope,
    purpose: 'application',
    settings: parts.settings,
    headers: parts.headers,
    statuses: parts.statuses,
    facts: [...parts.facts, ...mountFacts(mount, call, program, context.evaluator)],
    edits: parts.edits,
  };
}

function readArgument(call: Call, argument: Argument | undefined, context: ProgramContext, text: ProgramText): CorsPackagePolicy {
  const place = { range: call.range, argumentsRange: call.argumentsRange };
  const { evaluator } = context;
  if (argument === undefined) return readCorsPackageOptions({ ...place, value: undefined }, evaluator, text);
  const value: Value = argument.spread ? { kind: 'unknown', range: argument.range } : evaluator.evaluate(argument.value);
  if (value.kind !== 'function') return readCorsPackageOptions({ ...place, value }, evaluator, text);
  return readDelegate(value, call, context, text);
}

/** `cors((req, callback) => callback(null, options))`: the options of each outcome apply under its condition. */
function readDelegate(value: Value & { kind: 'function' }, call: Call, context: ProgramContext, text: ProgramText): CorsPackagePolicy {
  const { evaluator } = context;
  const outcomes = evaluator.outcomes(value.function, ['request', 'callback']).filter((outcome) => outcome.kind === 'call' && outcome.values[1] !== undefined);
  const unreadable = { value: { kind: 'unknown', range: value.range } as const, range: call.range, argumentsRange: call.argumentsRange };
  const parts = outcomes.map((outcome) => readCorsPackageOptions({ value: outcome.values[1], range: outcome.node?.range ?? value.range, argumentsRange: call.argumentsRange }, evaluator, text, outcome.when));
  const [first] = parts;
  if (first === undefined) return readCorsPackageOptions(unreadable, evaluator, text, always);
  return {
    settings: { ...first.settings, origins: { ...first.settings.origins, value: parts.flatMap((part) => part.settings.origins.value) }, credentials: parts.find((part) => part.settings.credentials.value === true)?.settings.credentials ?? first.settings.credentials },
    headers: parts.flatMap((part) => part.headers),
    statuses: parts.flatMap((part) => part.statuses),
    facts: parts.flatMap((part) => part.facts),
    edits: parts.length === 1 ? first.edits : {},
  };
}
