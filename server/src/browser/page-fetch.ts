/**
 * A page's whole `fetch()`: modes, credentials modes and redirects around the CORS check. https://fetch.spec.whatwg.org/#fetching
 *
 * Left out, since no CORS header has a say in it: Cross-Origin-Resource-Policy, mixed content, service workers, private networks,
 * Content-Security-Policy, and the cache of preflights, so that each call is the first one.
 */
import { combinedValue } from '../policy/answer.ts';
import type { Answer } from '../policy/request.ts';
import type { Blocked, FetchOutcome, FetchRequest, PageFetch } from './decision.ts';
import { checkCors, checkPreflight } from './fetch-cors.ts';
import { readableHeaders } from './header-names.ts';
import {
  isForbiddenHeader,
  isForbiddenMethod,
  isNoCorsSafelistedHeader,
  isSafelistedMethod,
  normaliseMethod,
  unsafeHeaderNames,
} from './safelist.ts';
import { blocked } from './steps.ts';

/** https://fetch.spec.whatwg.org/#redirect-status */
const redirectStatuses = new Set([301, 302, 303, 307, 308]);
/** https://fetch.spec.whatwg.org/#request-body-header-name */
const bodyHeaders = new Set(['content-encoding', 'content-language', 'content-location', 'content-type']);
const maximumRedirects = 20;

interface State {
  readonly urls: readonly URL[];
  readonly method: string;
  readonly headers: PageFetch['headers'];
  /** Once `cors`, always `cors`: a redirect back to the page's own origin is checked too. */
  readonly tainting: 'basic' | 'cors' | 'opaque';
}

/** What a page gets when the servers respond in this way; `respond` is asked for each request that goes out, preflights included. */
export function decidePageFetch(page: PageFetch, respond: (request: FetchRequest) => Answer): FetchOutcome {
  const method = normaliseMethod(page.method);
  if (isForbiddenMethod(method)) return failed(blocked('forbidden-method', `A page cannot send the method ${method}.`));
  const mode = page.mode ?? 'cors';
  if (mode === 'no-cors' && !isSafelistedMethod(method))
    return failed(blocked('no-cors-method', `Mode "no-cors" cannot send the method ${method}.`));
  const headers = page.headers.filter(
    ([name, value]) =>
      !isForbiddenHeader(name, value) && (mode !== 'no-cors' || isNoCorsSafelistedHeader(name.toLowerCase(), value)),
  );
  let state: State = { urls: [new URL(page.url)], method, headers, tainting: 'basic' };
  for (;;) {
    const next = fetchOnce(page, mode, state, respond);
    if ('type' in next) return next;
    state = next;
  }
}

/** Main fetch and HTTP fetch for one URL; a state is the next URL to go to. https://fetch.spec.whatwg.org/#concept-main-fetch */
function fetchOnce(
  page: PageFetch,
  mode: string,
  before: State,
  respond: (request: FetchRequest) => Answer,
): FetchOutcome | State {
  const url = before.urls.at(-1)!;
  const tainting = taintingOf(page, mode, before);
  if (typeof tainting !== 'string') return failed(tainting);
  const state: State = { ...before, tainting };
  const origin = serializedOrigin(page.origin, state.urls);
  const withCookies = page.credentials === 'include';
  const unsafe = unsafeHeaderNames(state.headers);
  if (tainting === 'cors' && (!isSafelistedMethod(state.method) || unsafe.length > 0)) {
    const asked = {
      url: url.href,
      origin,
      method: 'OPTIONS',
      preflight: { method: state.method, headers: unsafe },
      headers: [],
      cookie: false,
    };
    const preflight = checkPreflight(origin, state.method, unsafe, withCookies, respond(asked));
    if (preflight !== undefined) return preflight === 'unknown' ? { type: 'unknown' } : failed(preflight);
  }
  const answer = respond({
    url: url.href,
    origin: sentOrigin(page, mode, state, origin),
    method: state.method,
    headers: [...new Set(state.headers.map(([name]) => name.toLowerCase()))].sort(),
    cookie: withCookies || (page.credentials === 'same-origin' && tainting === 'basic'),
  });
  if (tainting === 'cors') {
    const check = checkCors(origin, withCookies, answer);
    if (check !== undefined) return check === 'unknown' ? { type: 'unknown' } : failed(check);
  }
  if (answer.status === null) return { type: 'unknown' };
  if (redirectStatuses.has(answer.status)) {
    const next = redirected(page, mode, state, answer);
    if (next !== undefined) return next;
  }
  if (tainting === 'opaque') return { type: 'opaque' };
  return {
    type: tainting,
    url: url.href,
    status: answer.status,
    redirected: state.urls.length > 1,
    headers: readableHeaders(answer, tainting, withCookies),
  };
}

function taintingOf(page: PageFetch, mode: string, { urls, tainting }: State): State['tainting'] | Blocked {
  const url = urls.at(-1)!;
  if (url.origin === page.origin && tainting === 'basic') return 'basic';
  if (mode === 'same-origin')
    return blocked('same-origin-mode', `Mode "same-origin" does not let the request go to ${url.origin}.`);
  if (mode !== 'no-cors') return 'cors';
  if ((page.redirect ?? 'follow') !== 'follow')
    return blocked(
      'no-cors-redirect-mode',
      'Mode "no-cors" goes to another origin only with the redirect mode "follow".',
    );
  return 'opaque';
}

/**
 * The origin becomes `null` once the request was sent from another origin than the page's to a third.
 * https://fetch.spec.whatwg.org/#concept-request-tainted-origin
 */
function serializedOrigin(origin: string, urls: readonly URL[]): string {
  const tainted = urls.some(
    (url, at) => at > 0 && url.origin !== urls[at - 1]!.origin && urls[at - 1]!.origin !== origin,
  );
  return tainted ? 'null' : origin;
}

/** The `Origin` header, with the default referrer policy. https://fetch.spec.whatwg.org/#append-a-request-origin-header */
function sentOrigin(page: PageFetch, mode: string, { urls, method, tainting }: State, origin: string): string | null {
  if (tainting === 'cors') return origin;
  if (method === 'GET' || method === 'HEAD') return null;
  return mode !== 'cors' && origin.startsWith('https:') && urls.at(-1)!.protocol !== 'https:' ? 'null' : origin;
}

/** https://fetch.spec.whatwg.org/#concept-http-redirect-fetch; undefined: the response is no redirect after all. */
function redirected(page: PageFetch, mode: string, state: State, answer: Answer): FetchOutcome | State | undefined {
  if (page.redirect === 'error')
    return failed(
      blocked('redirect-refused', `The answer is the redirect ${answer.status}, and the page refuses redirects.`),
    );
  if (page.redirect === 'manual') return { type: 'opaqueredirect' };
  const location = combinedValue(answer, 'location');
  if (location === null) return { type: 'unknown' };
  if (location === undefined) return undefined;
  const from = state.urls.at(-1)!;
  const to = URL.canParse(location, from) ? new URL(location, from) : undefined;
  if (to === undefined || !/^https?:$/.test(to.protocol))
    return failed(
      blocked(
        'redirect-location',
        `The redirect's Location "${location}" is no address that a page's request can go to.`,
      ),
    );
  if (state.urls.length > maximumRedirects)
    return failed(blocked('too-many-redirects', `There are more than ${maximumRedirects} redirects.`));
  const userinfo = to.username !== '' || to.password !== '';
  if (userinfo && (state.tainting === 'cors' || (mode === 'cors' && to.origin !== page.origin))) {
    return failed(
      blocked(
        'redirect-userinfo',
        'The redirect goes to an address with a user name or password, which is not allowed across origins.',
      ),
    );
  }
  const { status } = answer;
  const becomesGet =
    ((status === 301 || status === 302) && state.method === 'POST') ||
    (status === 303 && state.method !== 'GET' && state.method !== 'HEAD');
  const dropped = (name: string): boolean =>
    (becomesGet && bodyHeaders.has(name)) || (to.origin !== from.origin && name === 'authorization');
  return {
    ...state,
    urls: [...state.urls, to],
    method: becomesGet ? 'GET' : state.method,
    headers: state.headers.filter(([name]) => !dropped(name.toLowerCase())),
  };
}

function failed(why: Blocked): FetchOutcome {
  return { type: 'error', ...why };
}
