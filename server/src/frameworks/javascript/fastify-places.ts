/** Where a plugin of Fastify is registered: on an instance whose hooks run before it, or in a scope that has no routes. */
import type { Call, FunctionExpression, Program } from '../../syntax/programs/program.ts';
import type { Fact } from '../../policy/policy.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { nameOfFunction } from '../../values/function-uses.ts';
import { registrationsOn } from './express-mounts.ts';
import { guardedBefore } from './request-guards.ts';

const routes = /^(get|post|put|patch|delete|head|all|route|register)$/;

/** What the place of `fastify.register(cors, options)` makes impossible. */
export function placeOfPlugin(call: Call, program: Program, evaluator: Evaluator): Fact[] {
  const { callee } = call;
  const target =
    callee.kind === 'member' && callee.object.kind === 'identifier' ? program.resolve(callee.object) : undefined;
  if (target === undefined) return [];
  const others = [...registrationsOn(target, program)].filter((one) => one.call.range.start !== call.range.start);
  // Hooks run in the order in which they are added, and the plugin's own is one of them.
  const hooks = others
    .filter(
      (other) =>
        other.method === 'addHook' &&
        /^['"`]onRequest/.test(other.call.arguments[0]?.value.text ?? '') &&
        other.call.range.start <= call.range.start,
    )
    .map((other) => other.call);
  const guarded = guardedBefore(hooks, call.range, 'every route', program, evaluator);
  if (guarded.length > 0) return guarded;
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

/** Handed to `register` in this file, and not taken out of its scope by `fastify-plugin`. */
function isPlugin(fn: FunctionExpression, program: Program): boolean {
  if (/fastify-plugin|skip-override/.test(program.text)) return false;
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
