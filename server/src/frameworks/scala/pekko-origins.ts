/** What pekko-http-cors and akka-http-cors make of the text of an origin, in settings and in programs. */
import type { Pattern } from '../../policy/request-test.ts';

/** A host that begins with `*.` stands for all of its subdomains, with this scheme and port; undefined for other texts. */
export function subdomainPattern(text: string): Pattern | undefined {
  const [, scheme, host, port] = /^([a-z][\w+.-]*):\/\/\*(\.[^:/*]+)(:\d+)?$/i.exec(text) ?? [];
  if (scheme === undefined || host === undefined) return undefined;
  const source = `${scheme}://[^/:]*${host.replaceAll('.', '\\.')}${port ?? ''}`;
  return { source, flags: '', dialect: 'java', mode: 'full' };
}
