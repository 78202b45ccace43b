/**
 * Which characters beside letters, digits, hyphens and dots Chromium keeps in the host of a page, and sends in `Origin`. The
 * list in `policy/host-characters.ts` must be the same. Last line: `N passed, N failed`.
 */
import http from 'node:http';
import fs from 'node:fs';
import { chromium } from 'playwright-core';
import { specialHostCharacters } from '../../server/src/policy/host-characters.ts';

const executablePath =
  process.env.CHROMIUM ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) => fs.existsSync(file));
if (!executablePath) {
  console.log('NOT RUN: there is no Chromium on this machine; set CHROMIUM to its path.');
  process.exit(1);
}
const candidates = Array.from({ length: 0x7f - 0x21 }, (_, index) => String.fromCharCode(0x21 + index)).filter(
  (character) => !/[A-Za-z0-9.-]/.test(character),
);

const seen = new Map();
const server = http.createServer((request, response) => {
  const found = /^\/saw\/(\d+)$/.exec(request.url);
  if (found) seen.set(Number(found[1]), request.headers.origin);
  response
    .writeHead(200, { 'content-type': 'text/html', 'access-control-allow-origin': '*' })
    .end('<!doctype html><title>page</title>');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address();
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
const sends = [];
const notes = [];
try {
  const page = await browser.newPage();
  await page.goto(`http://start.example:${port}/`);
  const serialised = await page.evaluate(
    (characters) =>
      characters.map((character) =>
        ['https', 'http'].map((scheme) => {
          try {
            return new URL(`${scheme}://evil${character}x.example`).origin;
          } catch {
            return null;
          }
        }),
      ),
    candidates,
  );
  for (const [index, character] of candidates.entries()) {
    const kept = serialised[index].every(
      (origin, at) => origin === `${['https', 'http'][at]}://evil${character}x.example`,
    );
    if (!kept) {
      if (serialised[index].some((origin) => origin !== null))
        notes.push(`${character} becomes ${serialised[index][0]}`);
      continue;
    }
    // The page itself is opened from that host, and asks a server under another name.
    await page
      .goto(`http://evil${character}x.example:${port}/`)
      .catch((error) => notes.push(`${character}: ${String(error).split('\n')[0]}`));
    await page
      .evaluate(
        ([url]) => fetch(url).catch(() => undefined),
        [`http://api.example:${port}/saw/${character.charCodeAt(0)}`],
      )
      .catch(() => undefined);
    const origin = seen.get(character.charCodeAt(0));
    if (origin === `http://evil${character}x.example:${port}`) sends.push(character);
    else notes.push(`${character} is kept by URL, and sends ${origin ?? 'nothing'}`);
  }
  console.log(`Chromium ${browser.version()} keeps and sends ${sends.join(' ')}`);
  for (const note of notes) console.log(`  ${note}`);
} finally {
  await browser.close();
  await new Promise((resolve) => server.close(resolve));
}
const differing = candidates.filter(
  (character) => sends.includes(character) !== specialHostCharacters.includes(character),
);
for (const character of differing)
  console.log(
    `${character}: Chromium ${sends.includes(character) ? 'sends' : 'does not send'} it, the list ` +
      `${specialHostCharacters.includes(character) ? 'has' : 'does not have'} it`,
  );
console.log(`${candidates.length - differing.length} passed, ${differing.length} failed`);
process.exitCode = differing.length > 0 || sends.length === 0 ? 1 : 0;
