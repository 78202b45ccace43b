/**
 * The second judge: headless Chromium must read or refuse exactly what `decidePageRequest` says.
 *
 * Pages are opened from several origins, all of them loopback under other names, and fetch from a server that answers each
 * case with its own header lines. `null` is a sandboxed frame. The cases come from a seeded generator, so that a run can be
 * repeated. Last line: `N passed, N failed`.
 */
import http from 'node:http';
import fs from 'node:fs';
import { chromium } from 'playwright-core';
import { decidePageRequest } from '../../server/src/browser/fetch-cors.ts';

const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) => fs.existsSync(file));
if (!executablePath) {
  console.log('NOT RUN: there is no Chromium on this machine; set CHROMIUM to its path.');
  process.exit(1);
}
const casesWanted = Number(process.env.CASES ?? 3000);

/** A small seeded generator (mulberry32): the same cases in every run. */
let state = 20261124;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const pick = (list) => list[Math.floor(random() * list.length)];

const cases = new Map();
const server = http.createServer((request, response) => {
  const url = new URL(request.url, 'http://x');
  if (url.pathname === '/page') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>page</title>');
    return;
  }
  const found = cases.get(url.pathname);
  if (!found) {
    response.writeHead(404).end();
    return;
  }
  const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
  const { status, lines } = isPreflight ? found.preflight : found.actual;
  response.writeHead(status, [...lines.flatMap(([name, values]) => values.flatMap((value) => [name, value])), 'cache-control', 'no-store', 'content-length', '0']);
  response.end();
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address();
const origins = [`http://app.example.com:${port}`, `http://evil.example:${port}`, 'null'];

function headerLines(origin) {
  const other = `http://other.example:${port}`;
  const allowOrigin = pick([[], ['*'], [origin], [origin], [origin], [other], ['null'], [`${origin}/`], [origin.toUpperCase()], [origin, origin], [`${origin}, ${origin}`], [''], [` ${origin} `], ['http://*.example.com'], [`${origin},`], ['*', '*'], ['* ']]);
  const allowCredentials = pick([[], ['true'], ['true'], ['True'], ['false'], ['true', 'true'], [' true '], ['']]);
  return [['Access-Control-Allow-Origin', allowOrigin], ['Access-Control-Allow-Credentials', allowCredentials]];
}

function preflightLines(origin) {
  const methods = pick([[], ['*'], ['PUT'], ['put'], ['GET, PUT, PATCH, DELETE'], ['PUT,'], [',PUT'], ['PUT', 'DELETE, PATCH'], ['PUT PATCH'], ['patch'], [''], ['PUT, PATCH, patch, DELETE, PROPFIND']]);
  const headers = pick([[], ['*'], ['x-test'], ['X-Test, Content-Type'], ['authorization, x-test, content-type'], ['x test'], ['*, authorization'], ['content-type', 'x-test'], [''], ['x-test,,content-type']]);
  // Most preflights get past the origin, so that methods and headers are looked at too.
  const base = random() < 0.7 ? [['Access-Control-Allow-Origin', [origin]], ['Access-Control-Allow-Credentials', ['true']]] : headerLines(origin);
  return [...base, ['Access-Control-Allow-Methods', methods], ['Access-Control-Allow-Headers', headers]];
}

for (let i = 0; i < casesWanted; i++) {
  const origin = pick(origins);
  const headers = pick([[], [], [['x-test', '1']], [['authorization', 'Bearer x']], [['content-type', 'application/json']], [['content-type', 'text/plain']], [['content-type', 'TEXT/PLAIN; charset=utf-8']], [['accept', 'application/json']], [['x-test', '1'], ['content-type', 'application/json']], [['accept-language', 'de']], [['range', 'bytes=0-1']]]);
  // Node's own parser knows no method `patch` in lower case, so that no server here could answer it.
  const method = pick(['GET', 'GET', 'GET', 'HEAD', 'POST', 'POST', 'PUT', 'put', 'PATCH', 'DELETE', 'delete', 'PROPFIND']);
  cases.set(`/case${i}`, {
    origin, method, headers, credentials: pick(['include', 'omit', 'same-origin']),
    actual: { status: pick([200, 200, 404, 500]), lines: headerLines(origin) },
    preflight: { status: pick([200, 204, 204, 204, 299, 403, 404, 500]), lines: preflightLines(origin) },
  });
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--host-resolver-rules=MAP * 127.0.0.1', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests,PrivateNetworkAccessSendPreflights'] });
let agreed = 0;
let departures = 0;
/** The standard says that `*` never covers Authorization; Chromium still lets it, with a warning on its console. */
const departs = ({ headers, preflight }, decision, readable) => readable && decision.reason === 'preflight-header' && headers.some(([name]) => name === 'authorization') && preflight.lines.some(([name, values]) => name === 'Access-Control-Allow-Headers' && values.join().includes('*'));
const mismatches = [];
try {
  for (const origin of origins) {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`http://${origin === 'null' ? 'frame.example' : new URL(origin).hostname}:${port}/page`);
    let frame = page.mainFrame();
    if (origin === 'null') {
      await page.evaluate(() => new Promise((resolve) => {
        const element = document.createElement('iframe');
        element.sandbox = 'allow-scripts';
        element.srcdoc = '<!doctype html><title>frame</title>';
        element.onload = resolve;
        document.body.append(element);
      }));
      frame = page.frames().find((candidate) => candidate !== page.mainFrame());
    }
    const mine = [...cases].filter(([, each]) => each.origin === origin).map(([name, { method, headers, credentials }]) => ({ name, method, headers, credentials }));
    for (let at = 0; at < mine.length; at += 50) {
      const results = await frame.evaluate(async ({ batch, base }) => Promise.all(batch.map(async ({ name, method, headers, credentials }) => {
        try {
          await fetch(base + name, { method, headers, credentials, ...(!/^(get|head)$/i.test(method) && { body: new Blob(['x']) }) });
          return [name, true];
        } catch {
          return [name, false];
        }
      })), { batch: mine.slice(at, at + 50), base: `http://api.example:${port}` });
      for (const [name, readable] of results) {
        const each = cases.get(name);
        const respond = (request) => {
          const { status, lines } = request.preflight ? each.preflight : each.actual;
          return { status, headers: new Map(lines.filter(([, values]) => values.length > 0).map(([header, values]) => [header.toLowerCase(), values])) };
        };
        const decision = decidePageRequest({ origin, method: each.method, headers: each.headers, credentials: each.credentials }, respond);
        if (decision.readable === readable) agreed += 1;
        else if (departs(each, decision, readable)) departures += 1;
        else mismatches.push(`${name} Chromium ${readable ? 'reads' : 'refuses'}, the model ${decision.readable ? 'reads' : `refuses (${decision.reason})`}: ${JSON.stringify({ origin, method: each.method, headers: each.headers, credentials: each.credentials, actual: each.actual, preflight: each.preflight })}`);
      }
    }
    await page.context().close();
  }
} finally {
  await browser.close();
  await new Promise((resolve) => server.close(resolve));
}
for (const mismatch of mismatches.slice(0, 30)) console.log(mismatch);
console.log(`${departures} cases in which Chromium departs from the standard as written down here`);
console.log(`${agreed} passed, ${mismatches.length} failed`);
process.exitCode = mismatches.length > 0 || agreed === 0 ? 1 : 0;
