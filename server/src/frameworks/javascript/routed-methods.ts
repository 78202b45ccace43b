/** Routes whose method the CORS settings of the same app do not allow, since nobody chose its methods. */
import type { Binding, Call, FunctionExpression, Program } from '../../syntax/programs/program.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { argumentsText, registrationsOn } from './registrations.ts';
import type { Registration } from './registrations.ts';

const preflighted = /^(put|patch|delete)$/;

/**
 * The first route that no other site can call, of those that are registered on the app itself or in a plugin that is written in its place.
 * What is written for methods is what somebody meant, and one that has CORS of its own needs none of the app's.
 */
export function unallowedRoute(
  { settings: { methods } }: Policy,
  mount: Call,
  library: string,
  program: Program,
  evaluator: Evaluator,
): Fact[] {
  const { callee } = mount;
  const app = callee.kind === 'member' && callee.object.kind === 'identifier' && program.resolve(callee.object);
  if (!app || methods === undefined || methods.written || !Array.isArray(methods.value)) return [];
  const allowed = (methods.value as readonly { readonly text: string }[]).map(({ text }) => text.toLowerCase());
  const registered = [...registeredOn(app, program)].filter(({ call }) => call.range.start !== mount.range.start);
  const isOther = (one: Registration): boolean =>
    one.method === 'options' || argumentsText(one.call, program).has(/cors|access-control|['"`]OPTIONS['"`]/i);
  if (allowed.includes('*') || registered.some(isOther)) return [];
  for (const { call, method } of registered) {
    const path = call.arguments.length > 1 ? evaluator.evaluate(call.arguments[0]!.value) : undefined;
    if (!preflighted.test(method) || allowed.includes(method) || path?.kind !== 'text' || !path.text.startsWith('/'))
      continue;
    const name = method.toUpperCase();
    return [
      {
        kind: 'unhandled-preflight',
        range: mount.range,
        needs: `${name} ${path.text}`,
        why: `${library} allows ${allowed.join(', ').toUpperCase()} where no methods are chosen`,
        instead: `Add ${name} to the methods.`,
        related: call.callee.range,
        relatedMessage: 'This is the route.',
      },
    ];
  }
  return [];
}

/** What is registered on the app, and on the instance that a plugin is handed which is written there. */
function* registeredOn(app: Binding, program: Program, depth = 0): Generator<Registration> {
  for (const one of registrationsOn(app, program)) {
    yield one;
    const plugin = one.method === 'register' && depth < 3 ? one.call.arguments[0]?.value : undefined;
    const instance = plugin?.kind === 'function' ? instanceOf(plugin, program) : undefined;
    if (instance !== undefined) yield* registeredOn(instance, program, depth + 1);
  }
}

function instanceOf({ parameters, range }: FunctionExpression, program: Program): Binding | undefined {
  const name = parameters[0]?.name;
  const use = name === undefined ? undefined : program.identifiers(name).find((one) => one.range.start > range.start);
  const binding = use && program.resolve(use);
  return binding?.parameterOf?.range.start === range.start ? binding : undefined;
}
