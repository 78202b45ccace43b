/** Where a middleware stands among those of Hono and of Koa, which run in the order of their registration. */
import type { Call, Program } from '../../syntax/programs/program.ts';
import type { Fact } from '../../policy/policy.ts';
import { lazily } from '../../policy/lazily.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { OptionsFinder } from '../../models/libraries/define-cors-library.ts';
import type { ImportedFunction } from '../../models/libraries/imported-calls.ts';
import { middlewareArgument } from '../../models/libraries/option-finders.ts';
import type { Mount } from './express-mounts.ts';
import { mountOf, mountedWhen } from './express-mounts.ts';
import type { Registration } from './registrations.ts';
import { registrationsOn } from './registrations.ts';
import { guardFacts } from './request-guards.ts';

/** What differs between the two. */
export interface Registering {
  /** Whether the call registers what answers requests. */
  isRoute(registration: Registration): boolean;
  /** A router runs its middlewares for methods only that have a route. */
  readonly routers?: RegExp;
}

/** The argument of the function that makes the middleware, and what its place makes impossible. */
export function registeredArgument(imported: ImportedFunction, registering: Registering): OptionsFinder {
  return (program, context) => {
    const { evaluator } = context;
    const { options, facts } = middlewareArgument(imported)(program, context);
    return {
      facts,
      options: options.map((one) => {
        const mount = lazily(() => mountOf(one.call, program, evaluator));
        return {
          ...one,
          get reach() {
            return mountedWhen(mount(), one.call, evaluator);
          },
          get purpose() {
            return mount().servesAssets ? ('static' as const) : undefined;
          },
          get facts() {
            return placeFacts(mount(), one.call, registering, program, evaluator);
          },
        };
      }),
    };
  };
}

function placeFacts(
  mount: Mount,
  made: Call,
  registering: Registering,
  program: Program,
  evaluator: Evaluator,
): Fact[] {
  const { target, call, method } = mount;
  if (call === undefined || method !== 'use') return [];
  const guarded = guardFacts({ ...mount, scope: 'every route' }, made, program, evaluator);
  if (guarded.length > 0 || target === undefined) return guarded;
  const registrations = [...registrationsOn(target, program)];
  if (registering.routers?.test(target.value?.text ?? '')) return ofRouter(registrations, made);
  return tooLate(mount, made, registrations, registering, program);
}

/** `router.use(cors())` of Koa's router: OPTIONS has no route, so that nothing of the router runs for it. */
function ofRouter(registrations: readonly Registration[], made: Call): Fact[] {
  const methods = registrations.map(({ method }) => method);
  const preflighted = methods.find((method) => /^(put|patch|delete|del|post)$/.test(method));
  if (preflighted === undefined || methods.some((method) => /^(options|all)$/.test(method))) return [];
  return [
    {
      kind: 'unhandled-preflight',
      range: made.range,
      needs: `a ${preflighted.replace(/^del$/, 'delete').toUpperCase()} route of this router`,
      why: 'a router runs its middlewares for methods only that have a route, and OPTIONS has none',
    },
  ];
}

function tooLate(
  { path, call }: Mount,
  made: Call,
  registrations: readonly Registration[],
  { isRoute }: Registering,
  program: Program,
): Fact[] {
  if (path !== undefined && !/^\/?\*?$/.test(path)) return [];
  const isCors = ({ call: other }: Registration) =>
    program.text.part(other.range.start, other.range.end).has(/cors|access-control/i);
  const routes = registrations.filter(isRoute);
  const [first] = routes;
  const isLast = routes.every((one) => one.call.range.end <= call!.range.start);
  const earlier = registrations.filter((one) => one.call.range.end <= call!.range.start);
  if (first === undefined || !isLast || earlier.some(isCors)) return [];
  return [
    {
      kind: 'middleware-order',
      range: made.range,
      earlier: first.call.callee.range,
      what: `"${first.call.callee.text}"`,
    },
  ];
}
