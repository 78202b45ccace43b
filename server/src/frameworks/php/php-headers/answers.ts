/** What becomes of a request that a script or a handler in PHP gets, and what answers its preflights. */
import type { FunctionExpression, Program } from '../../../syntax/programs/program.ts';
import { always } from '../../../policy/request-test.ts';
import type { Evaluator } from '../../../values/evaluator.ts';
import type { PreflightSigns, Route, WaysOfAnswering } from '../../../models/handlers/handler-language.ts';
import { aroundRoutes } from '../../../models/handlers/routes.ts';
import { calledByScript } from './called-functions.ts';
import { routeOf } from './routes.ts';

/** Names of statuses in Symfony's and PSR's classes. */
const names = {
  HTTP_OK: 200,
  HTTP_NO_CONTENT: 204,
  HTTP_BAD_REQUEST: 400,
  HTTP_UNAUTHORIZED: 401,
  HTTP_FORBIDDEN: 403,
  HTTP_NOT_FOUND: 404,
  HTTP_METHOD_NOT_ALLOWED: 405,
  STATUS_NO_CONTENT: 204,
  STATUS_FORBIDDEN: 403,
};

/** What stands before a status. */
const statusBefore = [
  /\b(?:http_response_code|setStatusCode|withStatus|status_header|abort|noContent|set_status)\(\s*/,
  /\bHTTP\/[\d.]+\s+/,
  /\b(?:response|json|new \w*Response)\((?:[^()\n]|\([^()\n]*\))*,\s*/,
];

/** The server runs it for every method, and gives 200 where it says nothing else. */
const script: Route = { scope: 'every request to this script', when: always, optionsStatus: 200 };

export const answers: WaysOfAnswering = {
  route: routeAmong,
  script: () => script,
  called: calledByScript,
  statuses: {
    before: new RegExp(statusBefore.map(({ source }) => source).join('|')),
    names,
  },
  // What was written before an exception is sent with the page that says so.
  isLostOnError: () => false,
};

export const preflights: PreflightSigns = {
  readsJson: [{ body: /php:\/\/input|->json\(\)|getParsedBody\(|->getJSON\(|->getContent\(/ }],
  routed: /(?:Route::|->)(put|patch|delete)\(\s*['"]\//i,
  answered:
    /['"]OPTIONS['"]|METHOD_OPTIONS|->options\(|(?:Route::|->)any\(\s*['"]|Route::(?:options|match)|HandleCors|CorsMiddleware|nelmio/i,
};

/** A middleware of Slim runs around the routes of its file, whose router refuses methods that none of them has. */
function routeAmong(handler: FunctionExpression, evaluator: Evaluator, program: Program): Route | undefined {
  const route = routeOf(handler, evaluator);
  const isSlim = route?.isMiddleware && program.text.has(/\bAppFactory\b|\bSlim\\App\b/);
  return isSlim ? aroundRoutes(route, program, preflights, 405) : route;
}
