/** Where a plugin of Fastify is registered: on an instance whose hooks run before it, or in a scope that has no routes. */
import type { Call, Expression, FunctionExpression, Program } from '../../syntax/programs/program.ts';
import type { Fact } from '../../policy/policy.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import { nameOfFunction } from '../../values/function-uses.ts';
import { scriptModules } from '../../values/languages/javascript-modules.ts';
import { folderOf, joined } from '../../values/modules.ts';
import { registrationsOn } from './registrations.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { guardedBefore } from '../../models/libraries/earlier-guards.ts';
import { guardAmong } from './request-guards.ts';

const routes = /^(get|post|put|patch|delete|head|all|route|register)$/;

/** In the order in which a request comes to them: https://fastify.dev/docs/latest/Reference/Lifecycle/. */
const hooks = ['onRequest', 'preParsing', 'preValidation', 'preHandler', 'preSerialization', 'onSend'];

/** What the place of `fastify.register(cors, options)` makes impossible. */
export function placeOfPlugin(call: Call, program: Program, context: ProgramContext): Fact[] {
  const { evaluator } = context;
  const { callee } = call;
  const target =
    callee.kind === 'member' && callee.object.kind === 'identifier' ? program.resolve(callee.object) : undefined;
  if (target === undefined) return [];
  const others = [...registrationsOn(target, program)].filter((one) => one.call.range.start !== call.range.start);
  const own = hookOf(call, evaluator);
  for (const other of others) {
    if (other.method !== 'addHook' || !runsBefore(other.call, call, own)) continue;
    const guard = guardAmong(other.call, program, evaluator);
    if (guard !== undefined) return [guardedBefore(call.range, 'every route', guard.range)];
  }
  const plugin = target.parameterOf;
  if (plugin === undefined || others.some(({ method }) => routes.test(method))) return [];
  if (!isPlugin(plugin, program, context)) return [];
  return [
    {
      kind: 'middleware-order',
      range: call.range,
      earlier: plugin.parameters[0]!.range,
      what: 'the plugin',
      order: 'scope-of-its-own',
    },
  ];
}

/** The plugin's own hook; undefined where it cannot be read. */
function hookOf(call: Call, evaluator: Evaluator): string | undefined {
  const options = call.arguments[1];
  const hook = options && dictEntry(evaluator.evaluate(options.value), 'hook')?.value;
  if (hook === undefined) return 'onRequest';
  return hook.kind === 'text' ? hook.text : undefined;
}

/** Hooks of one name run in the order in which they are added, and the plugin's own is one of them. */
function runsBefore(other: Call, plugin: Call, own: string | undefined): boolean {
  const name = /^['"`](\w+)/.exec(other.arguments[0]?.value.text ?? '')?.[1];
  const [first, second] = [name, own].map((one) => hooks.indexOf(one ?? ''));
  if (first === -1 || second === -1) return false;
  return first === second ? other.range.start < plugin.range.start : first! < second!;
}

/** Handed to `register`, and not taken out of its scope by `fastify-plugin`. */
function isPlugin(fn: FunctionExpression, program: Program, context: ProgramContext): boolean {
  if (program.text.has(/fastify-plugin|skip-override/)) return false;
  const name = nameOfFunction(fn);
  const uses = name === undefined ? [] : program.identifiers(name);
  return [fn, ...uses].some(isRegistered) || isRegisteredElsewhere(fn, program, context);
}

function isRegistered({ parent, range }: Expression): boolean {
  return (
    parent?.kind === 'call' &&
    parent.callee.kind === 'member' &&
    parent.callee.property === 'register' &&
    parent.arguments[0]?.value.range.start === range.start
  );
}

/** A file beside this one, or above it, registers what this one exports, and none does anything else with it. */
function isRegisteredElsewhere(fn: FunctionExpression, program: Program, context: ProgramContext): boolean {
  const name = nameOfFunction(fn);
  const names = [...program.exports].flatMap(([exported, { range, text }]) =>
    range.start === fn.range.start || (name !== undefined && text === name) ? [exported] : [],
  );
  if (names.length === 0) return false;
  const isWhole = names.some((one) => scriptModules.wholeExports.includes(one));
  const uses = neighbours(program, context).flatMap((other) =>
    other.imports
      .filter(({ module, imported, typeOnly }) => {
        const isIt = names.includes(imported) || (isWhole && /^(default|\*)$/.test(imported));
        return isIt && !typeOnly && moduleFrom(other, module) === stemOf(program.path);
      })
      .flatMap(({ binding, call }): readonly Expression[] =>
        binding ? other.references(binding) : call ? [call] : [],
      ),
  );
  return uses.length > 0 && uses.every(isRegistered);
}

/** Most files of one folder that are asked whether they register the plugin of a neighbour. */
const mostNeighbours = 30;

function neighbours({ path }: Program, context: ProgramContext): Program[] {
  const stem = stemOf(path).split('/').at(-1)!;
  return ['.', '..'].flatMap((folder) =>
    (context.listFolder(folder) ?? [])
      .filter((file) => /\.[cm]?[jt]s$/.test(file) && !/\.(test|spec|d)\./.test(file))
      .slice(0, mostNeighbours)
      .map((file) => `${folder}/${file}`)
      .flatMap((file) => {
        const text = context.readFile(file);
        const other = text?.includes('.register(') && text.includes(stem) ? context.document(file) : undefined;
        return other?.shape === 'program' && other.path !== path ? [other] : [];
      }),
  );
}

function moduleFrom({ path }: Program, module: string): string | undefined {
  const found = module.startsWith('.') ? joined(folderOf(path), module) : undefined;
  return found && stemOf(found);
}

/** The path as an import may spell it: `plugins/cors` of `plugins/cors/index.ts`. */
function stemOf(path: string): string {
  return path.replace(/\.[cm]?[jt]s$/, '').replace(/\/index$/, '');
}
