/** What becomes of a request that a handler in Python gets, and what answers its preflights. */
import type { PreflightSigns, WaysOfAnswering } from '../../../models/handlers/handler-language.ts';
import { classOf } from '../../../models/handlers/handler-parts.ts';
import { methodsTogether, routeOf } from './routes.ts';

/** Hooks whose headers are on the answer to an error, too. */
const hookOnErrors = /^(end_headers|set_default_headers|process_response|__call__)$/;

/** What stands before a status. */
const statusBefore = [
  /\b(?:send_response|set_status|abort|HttpResponse)\s*\(\s*/,
  /\bstatus(?:_code|Code)?["']?\s*[:=]\s*/,
  /\b(?:make_response|Response)\((?:[^(),\n]|\([^()\n]*\))*,\s*/,
  /\breturn\b[^\n]*,\s*/,
  // `raise falcon.HTTPUnauthorized(…)`
  /\braise\s+/,
];

/** Exceptions of Falcon, aiohttp, Pyramid, Werkzeug and Django by their names. */
const raised = {
  HTTPUnauthorized: 401,
  HTTPForbidden: 403,
  HTTPMethodNotAllowed: 405,
  Unauthorized: 401,
  Forbidden: 403,
  PermissionDenied: 403,
};

export const answers: WaysOfAnswering = {
  route: routeOf,
  together: methodsTogether,
  statuses: {
    before: new RegExp(statusBefore.map(({ source }) => source).join('|')),
    names: {
      OK: 200,
      CREATED: 201,
      ACCEPTED: 202,
      NO_CONTENT: 204,
      FORBIDDEN: 403,
      METHOD_NOT_ALLOWED: 405,
      ...raised,
    },
  },
  sends: /^(self)\.end_headers\(/,
  /** Flask's `after_request` and Django's middlewares see the answer to an error; `http.server` has sent the headers. Others begin anew. */
  isLostOnError: (_, handler) =>
    handler !== undefined &&
    !hookOnErrors.test(handler.name ?? '') &&
    !handler.decorators.some(({ text }) => /after(_app)?_request\b/.test(text)) &&
    !/HTTPRequestHandler\b/.test(/^class[^\n]*/.exec(classOf(handler)?.text ?? '')?.[0] ?? ''),
};

export const preflights: PreflightSigns = {
  readsJson: [{ body: /\brequest\.(get_json\(|json\b)|\bjson\.loads\(|\brequest\.data\b/ }],
  routed: /(?:@\w+\.|\.add_|\bweb\.|\.add_route\(\s*['"])(put|patch|delete)\b(?=\s*\(|['"])/i,
  hooks: /^process_request$/,
  answered:
    /['"]OPTIONS['"]|\bdo_OPTIONS\b|\bdef\s+(on_)?options\b|\bCORS\(|\bCORSMiddleware\b|\bcorsheaders\b|\bcross_origin\b/,
};

/** What is to know of answers to tell whether a preflight is refused. */
export const signs = { answers, preflights };
