/** Names of CORS headers. The set of response headers that a browser looks for is closed. */
import { nearestName } from '../edits/nearest-name.ts';

/** https://fetch.spec.whatwg.org/#http-responses, and https://wicg.github.io/private-network-access/#headers */
export const corsHeaderNames: readonly string[] = [
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Credentials',
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Headers',
  'Access-Control-Expose-Headers',
  'Access-Control-Max-Age',
  'Access-Control-Allow-Private-Network',
];
const responseNames: ReadonlySet<string> = new Set(corsHeaderNames.map((name) => name.toLowerCase()));
/** Names that look like those, and are no mistake. */
const otherNames: ReadonlySet<string> = new Set([
  'vary',
  'access-control-request-method',
  'access-control-request-headers',
  'access-control-request-private-network',
  'access-control-allow-local-network',
]);

/** Whether a browser looks for this header in a response. Names have no case. */
export function isCorsResponseHeader(name: string): boolean {
  return responseNames.has(name.toLowerCase());
}

/** The name that was probably meant; undefined for names that exist, and for those that are like none. */
export function misspelling(name: string): string | undefined {
  if (isCorsResponseHeader(name) || otherNames.has(name.toLowerCase())) return undefined;
  return nearestName(name, corsHeaderNames);
}
