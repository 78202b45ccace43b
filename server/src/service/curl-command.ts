/** A request as a command line of curl, so that what is claimed can be asked of the real server. Nothing is sent from here. */
import type { CorsRequest } from '../policy/request.ts';

/** Stands for the server's own address, which no file of settings tells. */
const server = 'https://api.example.com';
/** What follows a plain path in words about what a policy covers: `location /api/`, `PUT /items`. */
const plainPath = /(?:^|\s)(\/[\w./~-]*)$/;

/**
 * For a shell as POSIX describes it, PowerShell included. `headers` are those that the page sets itself, `scope` says what the policy
 * covers. https://curl.se/docs/manpage.html
 */
export function curlCommand(request: CorsRequest, headers: readonly string[], scope: string): string {
  const { origin, method, preflight, cookie } = request;
  const path = plainPath.exec(scope)?.[1] ?? '/';
  const names = preflight?.headers ?? [];
  const sent = [
    ...(origin === null ? [] : [`Origin: ${origin}`]),
    ...(preflight === undefined ? [] : [`Access-Control-Request-Method: ${preflight.method}`]),
    ...(names.length === 0 ? [] : [`Access-Control-Request-Headers: ${names.join(',')}`]),
    ...(preflight === undefined ? headers.map((name) => `${name}: x`) : []),
    ...(cookie ? ['Cookie: session=YOURS'] : []),
  ];
  const way = method === 'GET' ? [] : method === 'HEAD' ? ['--head'] : ['-X', method];
  return ['curl', '-i', ...way, quoted(server + path), ...sent.flatMap((line) => ['-H', quoted(line)])].join(' ');
}

/** Within single quotes a shell reads nothing but their end. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
