/** The Fetch standard's CORS check and CORS-preflight fetch, step by step. https://fetch.spec.whatwg.org/#cors-check */
import { combinedValue } from '../policy/answer.ts';
import type { Answer, CorsRequest } from '../policy/request.ts';
import type { Blocked, Decision, PageRequest } from './decision.ts';
import { nameList } from './header-names.ts';
import { isSafelistedMethod, normaliseMethod, unsafeHeaderNames } from './safelist.ts';
import { blocked } from './steps.ts';

/** Undefined: the step is passed. `unknown`: it depends on a header or status that is not known. */
export type StepResult = Blocked | 'unknown' | undefined;

/** Whether a page's cross-origin request is made and its answer readable, when the server responds in this way. */
export function decidePageRequest(page: PageRequest, respond: (request: CorsRequest) => Answer): Decision {
  const method = normaliseMethod(page.method);
  const headers = unsafeHeaderNames(page.headers);
  const withCookies = page.credentials === 'include';
  const needsPreflight = !isSafelistedMethod(method) || headers.length > 0;
  let preflight: StepResult;
  if (needsPreflight) {
    // A preflight never carries cookies, whatever the request will.
    const asked = { origin: page.origin, method: 'OPTIONS', preflight: { method, headers }, cookie: false };
    preflight = checkPreflight(page.origin, method, headers, withCookies, respond(asked));
    if (preflight !== undefined && preflight !== 'unknown') return { readable: false, needsPreflight, ...preflight };
  }
  const check = checkCors(page.origin, withCookies, respond({ origin: page.origin, method, cookie: withCookies }));
  if (check !== undefined && check !== 'unknown') return { readable: false, needsPreflight, ...check };
  if (preflight === 'unknown' || check === 'unknown') return { readable: null, needsPreflight };
  return { readable: true, needsPreflight };
}

/** Whether a preflight for such a request is answered with yes; null where a header or status that decides is not known. */
export function passesPreflight(
  page: {
    readonly origin: string;
    readonly method: string;
    readonly headers: readonly string[];
    readonly credentials: boolean;
  },
  respond: (request: CorsRequest) => Answer,
): boolean | null {
  const asked = {
    origin: page.origin,
    method: 'OPTIONS',
    preflight: { method: page.method, headers: page.headers },
    cookie: false,
  };
  const result = checkPreflight(page.origin, page.method, page.headers, page.credentials, respond(asked));
  return result === 'unknown' ? null : result === undefined;
}

/** https://fetch.spec.whatwg.org/#cors-check; `origin` is the serialized request origin, `null` after some redirects. */
export function checkCors(origin: string, withCookies: boolean, answer: Answer): StepResult {
  const allowed = combinedValue(answer, 'access-control-allow-origin');
  if (allowed === null) return 'unknown';
  if (allowed === undefined) {
    return blocked('no-allow-origin', 'The answer has no Access-Control-Allow-Origin header.');
  }
  if (allowed === '*' && !withCookies) return undefined;
  if (allowed !== origin) return refusedOrigin(origin, allowed);
  if (!withCookies) return undefined;
  const credentials = combinedValue(answer, 'access-control-allow-credentials');
  if (credentials === null) return 'unknown';
  if (credentials === 'true') return undefined;
  const found = credentials === undefined ? 'is missing' : `is "${credentials}"`;
  return blocked(
    'credentials-not-true',
    `The request carries cookies, and Access-Control-Allow-Credentials ${found} instead of exactly "true".`,
  );
}

function refusedOrigin(origin: string, allowed: string): Blocked {
  if (allowed === '*') {
    return blocked(
      'wildcard-with-credentials',
      'The request carries cookies, and "*" does not stand for any origin then.',
    );
  }
  if (allowed.includes(',') || /\S\s+\S/.test(allowed)) {
    return blocked(
      'multiple-allow-origin',
      `Access-Control-Allow-Origin holds several values, "${allowed}", and only one is allowed.`,
    );
  }
  return blocked(
    'origin-mismatch',
    `Access-Control-Allow-Origin is "${allowed}", which is not the page's origin "${origin}".`,
  );
}

/** https://fetch.spec.whatwg.org/#cors-preflight-fetch-0 */
export function checkPreflight(
  origin: string,
  method: string,
  headers: readonly string[],
  withCookies: boolean,
  answer: Answer,
): StepResult {
  const steps = [
    inPreflight(checkCors(origin, withCookies, answer)),
    checkStatus(answer.status),
    checkMethod(method, withCookies, answer),
    checkHeaders(headers, withCookies, answer),
  ];
  // The first step that certainly fails is the reason, even if an earlier one is not known.
  return steps.find((step) => step !== undefined && step !== 'unknown') ?? steps.find((step) => step === 'unknown');
}

/** The same check fails in a preflight as in the request itself: the reason says which of them it was. */
function inPreflight(step: StepResult): StepResult {
  if (step === undefined || step === 'unknown') return step;
  return { ...step, explanation: `The preflight fails: ${step.explanation.replace(/^The\b/, 'the')}` };
}

function checkStatus(status: number | null): StepResult {
  if (status === null) return 'unknown';
  if (status >= 200 && status <= 299) return undefined;
  if (status >= 300 && status <= 399) {
    return blocked(
      'preflight-redirect',
      `The preflight is answered with the redirect ${status}, and browsers do not follow it.`,
    );
  }
  return blocked('preflight-status', `The preflight is answered with status ${status} instead of 200 to 299.`);
}

function checkMethod(method: string, withCookies: boolean, answer: Answer): StepResult {
  const allowed = nameList(answer, 'access-control-allow-methods');
  if (allowed === 'unknown') return isSafelistedMethod(method) ? undefined : 'unknown';
  if (allowed === 'invalid') return invalidList('Access-Control-Allow-Methods');
  // Methods are compared with their case: `patch` is not `PATCH`.
  if (isSafelistedMethod(method) || allowed.includes(method)) return undefined;
  if (allowed.includes('*') && !withCookies) return undefined;
  return blocked('preflight-method', `The preflight does not allow the method ${method}.`);
}

function checkHeaders(headers: readonly string[], withCookies: boolean, answer: Answer): StepResult {
  const list = nameList(answer, 'access-control-allow-headers');
  if (list === 'unknown') return headers.length === 0 ? undefined : 'unknown';
  if (list === 'invalid') return invalidList('Access-Control-Allow-Headers');
  const allowed = list.map((name) => name.toLowerCase());
  const coveredByWildcard = (name: string): boolean =>
    allowed.includes('*') && !withCookies && name !== 'authorization';
  const refused = headers.find((name) => !allowed.includes(name) && !coveredByWildcard(name));
  if (refused === undefined) return undefined;
  const why = refused === 'authorization' && allowed.includes('*') ? ' "*" never covers it.' : '';
  return blocked('preflight-header', `The preflight does not allow the header ${refused}.${why}`);
}

function invalidList(header: string): Blocked {
  return blocked(
    'preflight-headers-invalid',
    `The preflight's answer holds an ${header} that is not a comma-separated list of names.`,
  );
}
