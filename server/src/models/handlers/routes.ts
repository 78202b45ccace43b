/** The routes that programs of every language have: what runs around all handlers, a handler of a path, and one of a method. */
import type { RequestTest } from '../../policy/request-test.ts';
import { always, not, optionsMethod } from '../../policy/request-test.ts';
import type { Program } from '../../syntax/programs/program.ts';
import type { PreflightSigns, Route } from './handler-language.ts';

/** A filter, a middleware, a plug: its headers are on the answers of all handlers behind it. */
export const everyRequest: Route = {
  scope: 'every request',
  when: always,
  optionsStatus: null,
  isMiddleware: true,
};

/** What runs around routes of its own file: their router refuses OPTIONS with `refusal` where nothing in the file answers it. */
export function aroundRoutes(
  route: Route,
  { text }: Program,
  { routed, answered }: PreflightSigns,
  refusal: number,
): Route {
  return text.has(routed) && !text.has(answered) ? { ...route, optionsStatus: refusal } : route;
}

/** A handler that gets requests of every method. `optionsStatus` is what it gives to OPTIONS; null where the server around it decides. */
export function routeOfPath(path: string | undefined, optionsStatus: number | null): Route {
  return {
    scope: path === undefined ? 'every request to this handler' : `requests for ${path}`,
    ...(path !== undefined && { path }),
    when: always,
    optionsStatus,
  };
}

/** A handler that gets requests of these methods alone, in upper case. `otherwise` is the status of OPTIONS that is none of them. */
export function routeOfMethods(
  methods: readonly string[],
  path: string | undefined,
  otherwise: number | null = null,
): Route {
  const hasOptions = methods.includes('OPTIONS');
  const when: RequestTest = !hasOptions ? not(optionsMethod) : methods.length === 1 ? optionsMethod : always;
  return {
    scope: `${methods.join(', ')} ${path ?? ''}`.trim(),
    methods,
    ...(path !== undefined && { path }),
    when,
    optionsStatus: hasOptions ? 200 : otherwise,
  };
}

/** A method of a router that knows no route of OPTIONS beside those that are written. */
export function routeOfRouter(method: string, path: string | undefined): Route {
  return { ...routeOfMethods([method], path, 404), unanswered: 'no route answers OPTIONS beside it' };
}
