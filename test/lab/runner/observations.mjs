/** The requests that every program of the lab is asked, and how an answer is compared with the headers received. */
import http from 'node:http';

export const origins = [
  'https://app.example.com',
  'http://app.example.com',
  'https://app.example.com:8443',
  'https://evil.example',
  'https://app.example.com.evil.example',
  'https://evilapp.example.com',
  'https://evilexample.com',
  'https://appxexample.com',
  'https://sub.app.example.com',
  'http://localhost:3000',
  'null',
  null,
];
export const corsHeaders = [
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'access-control-allow-methods',
  'access-control-allow-headers',
  'access-control-expose-headers',
  'access-control-max-age',
  'vary',
];

/** Simple requests, two kinds of preflight, and OPTIONS that asks for nothing, from one origin; cookies are on the real requests only. */
export function requestsFrom(origin) {
  return [
    { origin, method: 'GET', cookie: false },
    { origin, method: 'GET', cookie: true },
    { origin, method: 'HEAD', cookie: false },
    { origin, method: 'POST', cookie: false },
    { origin, method: 'POST', cookie: true },
    { origin, method: 'OPTIONS', cookie: false },
    { origin, method: 'OPTIONS', cookie: false, preflight: { method: 'PUT', headers: ['content-type', 'x-test'] } },
    { origin, method: 'OPTIONS', cookie: false, preflight: { method: 'DELETE', headers: [] } },
  ];
}

/** A server that has just begun to listen may reset its first connections: those are made again, a few times. */
const mostAttempts = 4;

/** Sends one request to loopback and returns its status and CORS header lines. */
export async function send(port, path, request) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await sendOnce(port, path, request);
    } catch (error) {
      if (error.code !== 'ECONNRESET' || attempt === mostAttempts) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, 250 * attempt);
      });
    }
  }
}

function sendOnce(port, path, request) {
  const headers = { ...request.headers };
  if (request.origin !== null) headers.Origin = request.origin;
  if (request.cookie) headers.Cookie = 'session=1';
  if (request.preflight) {
    headers['Access-Control-Request-Method'] = request.preflight.method;
    if (request.preflight.headers.length > 0)
      headers['Access-Control-Request-Headers'] = request.preflight.headers.join(',');
  }
  return new Promise((resolve, reject) => {
    const outgoing = http.request(
      { host: '127.0.0.1', port, path, method: request.method, headers, agent: false, timeout: 30_000 },
      (response) => {
        response.resume();
        const lines = new Map();
        for (let i = 0; i < response.rawHeaders.length; i += 2) {
          const name = response.rawHeaders[i].toLowerCase();
          if (corsHeaders.includes(name)) lines.set(name, [...(lines.get(name) ?? []), response.rawHeaders[i + 1]]);
        }
        response.on('end', () => resolve({ status: response.statusCode, headers: lines }));
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in thirty seconds')));
    outgoing.on('error', reject);
    outgoing.end();
  });
}

/** Headers whose value is a list of names. */
const lists = ['access-control-allow-methods', 'access-control-allow-headers', 'access-control-expose-headers'];

/**
 * Differences between what was received and what the model says; headers that the model does not know are left out.
 * `combined`: lines of one name are one text, as browsers read them. `unordered`: the server keeps names in a set, and small
 * letters in those of headers.
 */
export function differences(received, answer, { combined, unordered } = {}) {
  const found = [];
  for (const name of corsHeaders) {
    const expected = answer.headers.get(name);
    if (expected === null) continue;
    const inOrder = (value) =>
      unordered && lists.includes(name)
        ? value
            .split(',')
            .map((each) => (name === lists[0] ? each : each.toLowerCase()))
            .sort()
            .join(',')
        : value;
    const normalise = (values) =>
      name === 'vary'
        ? varyNames(values)
        : (values ?? []).map((value) => inOrder(value.replace(/\s*,\s*/g, ','))).join(combined ? ',' : ' | ');
    const [got, want] = [normalise(received.headers.get(name)), normalise(expected)];
    if (got !== want) found.push(`${name}: received "${got}", the model says "${want}"`);
  }
  if (answer.status !== null && Math.floor(answer.status / 100) !== Math.floor(received.status / 100))
    found.push(`status: received ${received.status}, the model says ${answer.status}`);
  return found;
}

/** Only what concerns CORS: a server may vary by other headers too, and `*` stands for all of them. */
function varyNames(values) {
  return (values ?? [])
    .flatMap((value) => value.split(','))
    .map((name) => name.trim().toLowerCase())
    .some((name) => name === 'origin' || name === '*')
    ? 'origin'
    : '';
}

/** Headers that the model leaves open. They agree with everything, so that they have to be counted. */
export function openHeaders(answer) {
  return [...answer.headers].filter(([, lines]) => lines === null).map(([header]) => header);
}

/** For people: `POST with cookies from https://evil.example`. */
export function describeRequest({ method, origin, cookie, preflight, path }) {
  const what = [method, preflight && `(preflight of ${preflight.method})`, path, cookie && 'with cookies'];
  return `${what.filter(Boolean).join(' ')} from ${origin ?? 'no origin'}`;
}
