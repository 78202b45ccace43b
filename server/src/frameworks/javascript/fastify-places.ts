/** Where a plugin of Fastify is registered: on an instance whose hooks run before it, or in a scope that has no routes. */
import type { Call, FunctionExpression, Program } from '../../syntax/programs/program.ts';
import type { Fact } from '../../policy/policy.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import { nameOfFunction } from '../../values/function-uses.ts';
import { registrationsOn } from './registrations.ts';
import { guardedBefore } from '../../models/libraries/earlier-guards.ts';
import { guardAmong } from './request-guards.ts';

const routes = /^(get|post|put|patch|delete|head|all|route|register)$/;

/** In the order in which a request comes to them: https://fastify.dev/docs/latest/Reference/Lifecycle/. */
const hooks = ['onRequest', 'preParsing', 'preValidation', 'preHandler', 'preSerialization', 'onSend'];

/** What the place of `fastify.register(cors, options)` makes impossible. */
export function placeOfPlugin(call: Call, program: Program, evaluator: Evaluator): Fact[] {
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
  if (plugin === undefined || others.some(({ method }) => routes.test(method)) || !isPlugin(plugin, program)) return [];
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

/** Handed to `register` in this file, and not taken out of its scope by `fastify-plugin`. */
function isPlugin(fn: FunctionExpression, program: Program): boolean {
  if (program.text.has(/fastify-plugin|skip-override/)) return false;
  const name = nameOfFunction(fn);
  const uses = name === undefined ? [] : program.identifiers(name);
  return [fn, ...uses].some(
    ({ parent, range }) =>
      parent?.kind === 'call' &&
      parent.callee.kind === 'member' &&
      parent.callee.property === 'register' &&
      parent.arguments[0]?.value.range.start === range.start,
  );
}
