/**
 * What a case is: a page's call, and how each server on its way answers. Both judges are asked here: `decidePageFetch`, and Chromium's
 * result and the requests that arrived, in the same words.
 */
import type { FetchOutcome, PageFetch } from '../../server/src/browser/decision.ts';
import { decidePageFetch } from '../../server/src/browser/page-fetch.ts';

export type Line = readonly [name: string, value: string];
export interface Reply {
  readonly status: number;
  readonly lines: readonly Line[];
}
/** Where a request arrives; its `Location` leads to the next hop. */
export interface Hop {
  readonly host: string;
  readonly actual: Reply;
  readonly preflight: Reply;
}
export interface Case {
  readonly id: string;
  readonly page: PageName;
  readonly init: Partial<PageFetch>;
  readonly hops: readonly Hop[];
  readonly name?: string;
  /** Type of the response, or reason of the refusal. */ readonly expected?: string;
}
export type PageName = 'app' | 'evil' | 'sandbox' | 'data';
/** One request as both judges see it. */
interface Seen {
  readonly method: string;
  readonly url: string;
  readonly origin: string | null;
  /** What a preflight asks for. */ readonly asked?: { readonly method: string; readonly headers: readonly string[] };
  readonly headers: readonly string[];
  readonly cookie: boolean;
}

/**
 * Whether cookies can be compared: the page of app.example.com has one for all of example.com. Without TLS no cookie goes to another
 * site, and after a redirect that comes from one it is a matter of SameSite and not of CORS.
 */
const comparesCookies = (each: Case, url: URL): boolean =>
  each.page === 'app' && each.hops.length === 1 && url.hostname.endsWith('.example.com');
export const cookie = { name: 'session', value: '1', domain: '.example.com', path: '/', sameSite: 'Lax' } as const;

/** Whose page asks; the last two have an opaque origin, `null`. */
export const pages: readonly PageName[] = ['app', 'evil', 'sandbox', 'data'];
const hostsOfPages = { app: 'app.example.com', evil: 'evil.example', sandbox: 'null', data: 'null' };

export const originOf = (page: PageName, port: number) =>
  hostsOfPages[page] === 'null' ? 'null' : `http://${hostsOfPages[page]}:${port}`;
export const urlOf = ({ id, hops }: Case, at: number, port: number) => `http://${hops[at]!.host}:${port}/${id}/${at}`;

/** Both are on every answer, so that a connection carries one request and nothing is kept. */
export const framing: readonly Line[] = [
  ['Content-Length', '0'],
  ['Connection', 'close'],
  ['Cache-Control', 'no-store'],
];

/**
 * In the texts of a case: `{origin}` is the page's own origin, `{port}` the server's, `{next}` the URL of the next hop, `{id}` the
 * case's own name.
 */
export function linesOf(each: Case, at: number, reply: Reply, port: number): Line[] {
  const next = at + 1 < each.hops.length ? urlOf(each, at + 1, port) : '';
  const fill = (value: string) =>
    value
      .replaceAll('{origin}', originOf(each.page, port))
      .replaceAll('{ORIGIN}', originOf(each.page, port).toUpperCase())
      .replaceAll('{next}', next)
      .replaceAll('{port}', String(port))
      .replaceAll('{id}', each.id);
  return [...reply.lines.map(([name, value]): Line => [name, fill(value)]), ...framing];
}

/** What our decision says of a case, and the requests that it expects to arrive. */
export function judgeByStandard(each: Case, port: number) {
  const wire: string[] = [];
  const { method = 'GET', headers = [], credentials = 'same-origin' } = each.init;
  const page: PageFetch = {
    ...each.init,
    origin: originOf(each.page, port),
    method,
    headers,
    credentials,
    url: urlOf(each, 0, port),
  };
  const outcome = decidePageFetch(page, (request) => {
    wire.push(wireOf(each, { ...request, ...(request.preflight && { asked: request.preflight }) }));
    const url = new URL(request.url);
    const at = Number(url.pathname.split('/')[2]);
    const hop = each.hops[at];
    if (hop === undefined || url.hostname !== hop.host) return { status: 404, headers: new Map() };
    const reply = request.preflight ? hop.preflight : hop.actual;
    return { status: reply.status, headers: headerMap(linesOf(each, at, reply, port)) };
  });
  return { outcome: plain(outcome), wire, reason: outcome.type === 'error' ? outcome.reason : undefined };
}

function headerMap(lines: readonly Line[]): Map<string, string[]> {
  const map = new Map<string, string[]>();
  for (const [name, value] of lines) map.set(name.toLowerCase(), [...(map.get(name.toLowerCase()) ?? []), value]);
  return map;
}

/** In the words that both judges share. An opaque response tells nothing but its type. */
export function plain(outcome: FetchOutcome) {
  if (outcome.type !== 'basic' && outcome.type !== 'cors') return { type: outcome.type };
  const { type, url, status, redirected, headers } = outcome;
  return { type, url, status, redirected, headers };
}

/** One line a request: `OPTIONS /case/0 from https://… for PUT with x-test`. `asked` is what a preflight asks for. */
export function wireOf(each: Case, { method, url, origin, asked, headers, cookie }: Seen): string {
  const { host, pathname } = new URL(url);
  const carried = cookie && comparesCookies(each, new URL(url)) ? ' with cookies' : '';
  const own = headers.filter((name) => !ownedByBrowser.has(name));
  const ownWords = own.length > 0 ? ` with ${own.join(',')}` : '';
  const words = asked ? ` for ${asked.method} with ${asked.headers.join(',') || '-'}` : ownWords;
  return `${method} ${host}${pathname}${carried} from ${origin ?? '-'}${words}`;
}

/** Headers that a browser sends by itself; that a page may set some of them too does not show on the wire. */
export const ownedByBrowser = new Set([
  'accept',
  'accept-language',
  'accept-encoding',
  'host',
  'connection',
  'origin',
  'referer',
  'user-agent',
  'content-length',
  'cache-control',
  'pragma',
  'cookie',
  'purpose',
  'priority',
]);
