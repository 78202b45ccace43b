/** Where the Fetch standard refuses: the one table of steps, by reason. */
import type { Blocked, BlockedReason } from './decision.ts';

const check = 'https://fetch.spec.whatwg.org/#cors-check';
const preflight = 'https://fetch.spec.whatwg.org/#cors-preflight-fetch-0';
const request = 'https://fetch.spec.whatwg.org/#dom-request';
const main = 'https://fetch.spec.whatwg.org/#concept-main-fetch';
const http = 'https://fetch.spec.whatwg.org/#concept-http-fetch';
const redirect = 'https://fetch.spec.whatwg.org/#concept-http-redirect-fetch';

/** The step in the standard's terms, and its section. Sections are linked and steps are described, since their numbers change. */
export const blockedSteps: Readonly<Record<BlockedReason, { readonly step: string; readonly specification: string }>> =
  {
    'no-allow-origin': { step: 'CORS check: the value of Access-Control-Allow-Origin is null', specification: check },
    'multiple-allow-origin': {
      step: 'CORS check: the combined value of Access-Control-Allow-Origin is not the serialized request origin',
      specification: check,
    },
    'origin-mismatch': {
      step: 'CORS check: Access-Control-Allow-Origin is not the serialized request origin',
      specification: check,
    },
    'wildcard-with-credentials': {
      step: 'CORS check: "*" succeeds only if the credentials mode is not "include"',
      specification: check,
    },
    'credentials-not-true': {
      step: 'CORS check: Access-Control-Allow-Credentials is not `true`',
      specification: check,
    },
    'preflight-status': { step: 'CORS-preflight fetch: the response has no ok status', specification: preflight },
    'preflight-redirect': {
      step: 'CORS-preflight fetch: the response has no ok status; redirects are not followed',
      specification: preflight,
    },
    'preflight-headers-invalid': {
      step: 'CORS-preflight fetch: extracting header list values is a failure',
      specification: preflight,
    },
    'preflight-method': {
      step: 'CORS-preflight fetch: the method is not in methods, not safelisted, and no "*" covers it',
      specification: preflight,
    },
    'preflight-header': {
      step: 'CORS-preflight fetch: an unsafe or non-wildcard request-header name is not in header names, and no "*" covers it',
      specification: preflight,
    },
    'forbidden-method': { step: 'Request constructor: the method is a forbidden method', specification: request },
    'no-cors-method': {
      step: 'Request constructor: the mode is "no-cors" and the method is not safelisted',
      specification: request,
    },
    'same-origin-mode': {
      step: 'Main fetch: the mode is "same-origin" and the current URL is of another origin',
      specification: main,
    },
    'no-cors-redirect-mode': {
      step: 'Main fetch: the mode is "no-cors" and the redirect mode is not "follow"',
      specification: main,
    },
    'redirect-refused': {
      step: 'HTTP fetch: a redirect status, and the redirect mode is "error"',
      specification: http,
    },
    'redirect-location': {
      step: 'HTTP-redirect fetch: the location URL is a failure or not an HTTP(S) URL',
      specification: redirect,
    },
    'too-many-redirects': { step: 'HTTP-redirect fetch: the redirect count is 20', specification: redirect },
    'redirect-userinfo': {
      step: 'HTTP-redirect fetch: the location URL includes credentials',
      specification: redirect,
    },
  };

export function blocked(reason: BlockedReason, explanation: string): Blocked {
  return { reason, explanation, specification: blockedSteps[reason].specification };
}
