/**
 * What a case is: a page's call, and how each server on its way answers. Both judges are asked here: `decidePageFetch`, and Chromium's
 * result and the requests that arrived, in the same words.
 *
 * @typedef {{ status: number, lines: readonly (readonly [name: string, value: string])[] }} Reply
 * @typedef {{ host: string, actual: Reply, preflight: Reply }} Hop where a request arrives; its `Location` leads to the next hop
 * @typedef {{ id: string, page: 'app' | 'evil' | 'sandbox' | 'data', init: object, hops: readonly Hop[], name?: string }} Case
 */
import { decidePageFetch } from '../../server/src/browser/page-fetch.ts';

/** Whose page asks; the last two have an opaque origin, `null`. */
export const pages = ['app', 'evil', 'sandbox', 'data'];
const hostsOfPages = { app: 'app.example.com', evil: 'evil.example', sandbox: 'null', data: 'null' };

export const originOf = (page, port) => (hostsOfPages[page] === 'null' ? 'null' : `http://${hostsOfPages[page]}:${port}`);
export const urlOf = ({ id, hops }, at, port) => `http://${hops[at].host}:${port}/${id}/${at}`;

/** Both are on every answer, so that a connection carries one request and nothing is kept. */
export const framing = [['Content-Length', '0'], ['Connection', 'close'], ['Cache-Control', 'no-store']];

/** In the texts of a case: `{origin}` is the page's own origin, `{port}` the server's, `{next}` the URL of the next hop, `{id}` the case's own name. */
export function linesOf(each, at, reply, port) {
  const next = at + 1 < each.hops.length ? urlOf(each, at + 1, port) : '';
  const fill = (value) => value.replaceAll('{origin}', originOf(each.page, port)).replaceAll('{ORIGIN}', originOf(each.page, port).toUpperCase()).replaceAll('{next}', next).replaceAll('{port}', String(port)).replaceAll('{id}', each.id);
  return [...reply.lines.map(([name, value]) => [name, fill(value)]), ...framing];
}

/** What our decision says of a case, and the requests that it expects to arrive. */
export function judgeByStandard(each, port) {
  const wire = [];
  const { method = 'GET', headers = [], credentials = 'same-origin', mode, redirect } = each.init;
  const page = { origin: originOf(each.page, port), method, headers, credentials, mode, redirect, url: urlOf(each, 0, port) };
  const outcome = decidePageFetch(page, (request) => {
    wire.push(wireOf({ ...request, asked: request.preflight }));
    const url = new URL(request.url);
    const at = Number(url.pathname.split('/')[2]);
    const hop = each.hops[at];
    if (hop === undefined || url.hostname !== hop.host) return { status: 404, headers: new Map() };
    const reply = request.preflight ? hop.preflight : hop.actual;
    return { status: reply.status, headers: headerMap(linesOf(each, at, reply, port)) };
  });
  return { outcome: plain(outcome), wire, reason: outcome.reason };
}

function headerMap(lines) {
  const map = new Map();
  for (const [name, value] of lines) map.set(name.toLowerCase(), [...(map.get(name.toLowerCase()) ?? []), value]);
  return map;
}

/** In the words that both judges share. An opaque response tells nothing but its type. */
export function plain({ type, url, status, redirected, headers }) {
  return type === 'basic' || type === 'cors' ? { type, url, status, redirected, headers } : { type };
}

/** One line a request: `OPTIONS /case/0 from https://… for PUT with x-test`. `asked` is what a preflight asks for. */
export function wireOf({ method, url, origin, asked, headers }) {
  const { host, pathname } = new URL(url);
  const own = headers.filter((name) => !ownedByBrowser.has(name));
  return `${method} ${host}${pathname} from ${origin ?? '-'}${asked ? ` for ${asked.method} with ${asked.headers.join(',') || '-'}` : own.length > 0 ? ` with ${own.join(',')}` : ''}`;
}

/** Headers that a browser sends by itself; that a page may set some of them too does not show on the wire. */
export const ownedByBrowser = new Set(['accept', 'accept-language', 'accept-encoding', 'host', 'connection', 'origin', 'referer', 'user-agent', 'content-length', 'cache-control', 'pragma', 'cookie', 'purpose', 'priority']);
