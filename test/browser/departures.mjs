/**
 * Where Chromium departs from the Fetch standard. Each is exact: on a case to which it `applies`, Chromium does what the standard says of
 * the `changed` case, and nothing else.
 */

const withHops = (each, change) => ({ ...each, hops: each.hops.map(change) });
const setsHeader = ({ init }, ...names) => (init.headers ?? []).some(([name]) => names.includes(name.toLowerCase()));

const withHeaders = (each, change) => ({ ...each, init: { ...each.init, headers: change(each.init.headers ?? []) } });
const clientHints = ['device-memory', 'dpr', 'width', 'viewport-width', 'rtt', 'downlink', 'ect', 'save-data'];

const hasLocation = ({ hops }, pattern) =>
  hops.some(({ actual }) => actual.lines.some(([name, value]) => name === 'Location' && pattern.test(value)));
const withLocation = (each, change) =>
  withHops(each, (hop) => ({
    ...hop,
    actual: {
      ...hop.actual,
      lines: hop.actual.lines.map(([name, value]) => [name, name === 'Location' ? change(value) : value]),
    },
  }));

/** `seen` rewrites a request that arrived, and `got` the result, where they hold what the changed case does not. */
export const departures = [
  {
    id: 'authorization-wildcard',
    reason:
      '`*` in Access-Control-Allow-Headers covers `Authorization`, with a warning on the console: the ' +
      'change was announced and never made, since too many sites rely on it.',
    applies: (each) => setsHeader(each, 'authorization') && each.init.credentials !== 'include',
    changed: (each) =>
      withHops(each, (hop) => ({
        ...hop,
        preflight: {
          ...hop.preflight,
          lines: hop.preflight.lines.map(([name, value]) => [
            name,
            name === 'Access-Control-Allow-Headers' && value.includes('*') ? `${value}, authorization` : value,
          ]),
        },
      })),
  },
  {
    id: 'client-hints',
    reason:
      'Client hints (`DPR`, `Device-Memory`, `Width`, …) need no preflight: Chromium keeps them on its ' +
      'safelist, from which the standard took them.',
    applies: (each) => setsHeader(each, ...clientHints),
    changed: (each) =>
      withHeaders(each, (headers) => headers.filter(([name]) => !clientHints.includes(name.toLowerCase()))),
    seen: (line) => line.replace(new RegExp(` with (?:${clientHints.join('|')})$`), ''),
  },
  {
    id: 'repeated-header',
    reason:
      'A header that a page sets twice is judged by its combined value, `text/plain, text/plain` for ' +
      'example; the standard judges each value alone.',
    applies: ({ init }) =>
      new Set(init.headers?.map(([name]) => name.toLowerCase())).size < (init.headers ?? []).length,
    changed: (each) =>
      withHeaders(each, (headers) =>
        [...new Set(headers.map(([name]) => name.toLowerCase()))].map((name) => [
          name,
          headers
            .filter(([other]) => other.toLowerCase() === name)
            .map(([, value]) => value)
            .join(', '),
        ]),
      ),
  },
  {
    id: 'user-agent',
    reason:
      '`User-Agent` cannot be set by a page: Chromium drops it, while the standard has taken it off the list of forbidden names.',
    applies: (each) => setsHeader(each, 'user-agent'),
    changed: (each) => withHeaders(each, (headers) => headers.filter(([name]) => name.toLowerCase() !== 'user-agent')),
  },
  {
    id: 'no-cors-userinfo',
    reason: 'A redirect to an address with a user name or password is refused in mode `no-cors` as well.',
    applies: (each) => each.init.mode === 'no-cors' && hasLocation(each, /^ http:\/\/\w+(?::\w*)?@/),
    changed: (each) =>
      withLocation(each, (location) => (/^ http:\/\/\w+(?::\w*)?@/.test(location) ? ' data:,' : location)),
  },
  {
    id: 'empty-location',
    reason: 'An empty `Location` counts as none, while the standard resolves it to the same address again.',
    applies: (each) => hasLocation(each, /^$/),
    changed: (each) =>
      withHops(each, (hop) => ({
        ...hop,
        actual: {
          ...hop.actual,
          lines: hop.actual.lines.filter(([name, value]) => name !== 'Location' || value !== ''),
        },
      })),
    got: (result) =>
      result.headers ? { ...result, headers: result.headers.filter((name) => name !== 'location') } : result,
  },
  {
    id: 'manual-redirect-to-nowhere',
    reason:
      'A redirect that leads to no valid address is an error for the redirect mode `manual` too, which does not follow it.',
    applies: (each) => each.init.redirect === 'manual' && hasLocation(each, /^ http:\/\/$/),
    changed: (each) => ({ ...each, init: { ...each.init, redirect: 'error' } }),
  },
];
