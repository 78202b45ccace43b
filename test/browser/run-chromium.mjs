/**
 * `npm run test:browser [-- --write] [-- --only=<id>]`: the second judge. Headless Chromium must give a page exactly what `decidePageFetch`
 * says: the type of the response, its status and URL, the headers that can be read, and the requests that arrive on the way, preflights
 * included. `--write` writes RESULTS.md beside this. Last line: `N passed, N failed`.
 */
import fs from 'node:fs';
import { chromium } from 'playwright-core';
import { judgeByStandard, linesOf, originOf, ownedByBrowser, pages, plain, urlOf, wireOf } from './cases.ts';
import { departures } from './departures.mjs';
import { openPage } from './pages.mjs';
import { generateCases } from './generated-cases.mjs';
import { startRawServer } from './raw-server.mjs';
import { wptCases } from './wpt-vectors.ts';

const executablePath =
  process.env.CHROMIUM ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) => fs.existsSync(file));
if (!executablePath) {
  console.log('NOT RUN: there is no Chromium on this machine; set CHROMIUM to its path.');
  process.exit(1);
}
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length);
const cases = new Map(
  [...wptCases(), ...generateCases()]
    .filter(({ id }) => only === undefined || id === only)
    .map((each) => [each.id, each]),
);

/** What arrived, by case. */
const arrived = new Map();
const server = await startRawServer(({ method, path, host, headers }) => {
  const [, id, at] = path.split('/');
  const each = cases.get(id);
  const hop = each?.hops[Number(at)];
  const asked = headers.get('access-control-request-method');
  const preflight = method === 'OPTIONS' && asked !== undefined;
  if (each !== undefined) {
    arrived.set(id, [
      ...(arrived.get(id) ?? []),
      wireOf(each, {
        cookie: headers.has('cookie'),
        method,
        url: `http://${host}${path}`,
        origin: headers.get('origin') ?? null,
        asked: preflight && {
          method: asked,
          headers: (headers.get('access-control-request-headers') ?? '').split(',').filter(Boolean),
        },
        headers: [...headers.keys()].filter((name) => !name.startsWith('sec-')).sort(),
      }),
    ]);
  }
  if (hop === undefined || !host.startsWith(`${hop.host}:`))
    return {
      status: 404,
      lines: [
        ['Content-Length', '0'],
        ['Connection', 'close'],
      ],
    };
  const reply = preflight ? hop.preflight : hop.actual;
  return { status: reply.status, lines: linesOf(each, Number(at), reply, server.port) };
});
const { port } = server;

const browser = await chromium.launch({
  executablePath,
  args: [
    '--no-sandbox',
    '--host-resolver-rules=MAP * 127.0.0.1',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests,PrivateNetworkAccessSendPreflights',
  ],
});
const browserVersion = `Chromium ${browser.version()}`;
const titles = {
  wpt: 'what web-platform-tests asks of CORS, in our own words',
  checks: 'the CORS check',
  exposures: 'headers that a page can read',
  preflights: 'the preflight',
  safelists: 'request headers on both sides of the safelist',
  modes: 'modes and credentials modes',
  redirects: 'redirects, one to three in a row',
};
const count = { agreed: 0 };
const departed = new Map(departures.map(({ id }) => [id, 0]));
const byFamily = new Map();
const mismatches = [];
try {
  for (const name of pages) {
    const { frame, close } = await openPage(browser, name, originOf(name, port), port);
    const mine = [...cases.values()].filter(({ page }) => page === name);
    for (let at = 0; at < mine.length; at += 40) {
      const batch = mine
        .slice(at, at + 40)
        .map((each) => ({ id: each.id, url: urlOf(each, 0, port), init: each.init }));
      for (const [id, got] of await frame.evaluate(fetchAll, batch)) judge(cases.get(id), got);
    }
    await close();
  }
} finally {
  await browser.close();
  await server.close();
}
report();

/** Runs in the page. */
async function fetchAll(batch) {
  return Promise.all(
    batch.map(async ({ id, url, init }) => {
      try {
        const body = /^(?:get|head)$/i.test(init.method ?? 'GET') ? undefined : new Blob(['x']);
        const response = await fetch(url, { ...init, body });
        return [
          id,
          {
            type: response.type,
            url: response.url,
            status: response.status,
            redirected: response.redirected,
            headers: [...new Set([...response.headers].map(([header]) => header))].sort(),
          },
        ];
      } catch {
        return [id, { type: 'error' }];
      }
    }),
  );
}

function judge(each, got) {
  const unchanged = (value) => value;
  const same = (expected, departure = {}) =>
    JSON.stringify([expected.outcome, expected.wire]) ===
    JSON.stringify([
      (departure.got ?? unchanged)(plain(got)),
      (arrived.get(each.id) ?? []).map(departure.seen ?? unchanged),
    ]);
  const expected = judgeByStandard(each, port);
  const family = each.name === undefined ? each.id.replace(/\d+$/, '') : 'wpt';
  byFamily.set(family, (byFamily.get(family) ?? 0) + 1);
  if (each.expected !== undefined && each.expected !== (expected.reason ?? expected.outcome.type))
    mismatches.push(
      `${each.id} ${each.name}: the table says ${each.expected}, the decision ${expected.reason ?? expected.outcome.type}`,
    );
  if (same(expected)) {
    count.agreed += 1;
    return;
  }
  // A departure is known exactly: Chromium does with this case what the standard says of the changed one.
  const departure = departures.find(
    (candidate) => candidate.applies(each) && same(judgeByStandard(candidate.changed(each), port), candidate),
  );
  if (departure) departed.set(departure.id, departed.get(departure.id) + 1);
  else
    mismatches.push(
      `${each.id} ${each.name ?? ''}\n   Chromium: ${JSON.stringify(plain(got))} ` +
        `${JSON.stringify(arrived.get(each.id) ?? [])}\n   decision: ${JSON.stringify(expected)}\n   ` +
        `${JSON.stringify(each)}`,
    );
}

function report() {
  const total = [...departed.values()].reduce((sum, one) => sum + one, 0);
  for (const mismatch of mismatches.slice(0, 30)) console.log(`MISMATCH ${mismatch}`);
  for (const [family, number] of byFamily) console.log(`${family}: ${number} cases`);
  for (const { id, reason } of departures) console.log(`DEPARTURE ${id}: ${departed.get(id)} cases. ${reason}`);
  // A departure that no case shows any more is written down for nothing.
  if (only === undefined)
    for (const [id, number] of departed)
      if (number === 0) mismatches.push(`the departure ${id} does not occur any more`);
  console.log(`${count.agreed + total} passed, ${mismatches.length} failed`);
  const failed = mismatches.length > 0 || count.agreed === 0;
  if (process.argv.includes('--write') && !failed) {
    const number = (value) => value.toLocaleString('en-US');
    fs.writeFileSync(
      new URL('RESULTS.md', import.meta.url),
      [
        '# What the real browser says',
        '',
        "Written by `npm run test:browser -- --write`. A case is a page's call and how every server on its way answers; Chromium runs it,",
        'and so does `decidePageFetch`.',
        '',
        `${browserVersion}: ${number(count.agreed + total)} cases, ${number(count.agreed)} of them with the ` +
          `same response, readable headers and requests`,
        `on the network as \`decidePageFetch\` says, ${number(total)} in a departure written down.`,
        '',
        '| cases about | number |',
        '|---|---|',
        ...[...byFamily].map(([family, cases]) => `| ${titles[family]} | ${number(cases)} |`),
        '',
        '| Chromium departs from the standard | cases |',
        '|---|---|',
        ...departures.map(({ id, reason }) => `| ${reason} | ${departed.get(id)} |`),
        '',
      ].join('\n'),
    );
  }
  process.exitCode = failed ? 1 : 0;
}
