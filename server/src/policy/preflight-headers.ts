/** Which request headers a preflight can carry: the browser writes it, and what the page sets comes with the request after it only. */

/** Headers that a preflight has, or that a proxy adds to every request. */
const carried = new RegExp(
  [
    '^(origin|host|referer|user-agent|accept(-.*)?|access-control-request-.*|sec-.*|connection|via|forwarded|content-length',
    'x-forwarded-.*|x-real-ip|cf-.*|x-vercel-.*|x-amz.*|true-client-ip|cache-control|pragma|dnt|te|upgrade.*)$',
  ].join('|'),
  'i',
);

/** False where a preflight comes without the header: `Authorization`, `Cookie`, `Content-Type`, a name of the application's own. */
export function isOnPreflights(name: string): boolean {
  return carried.test(name);
}
