/** Reads a text that is meant to be an origin. https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin */
import { parseUrl } from './parse-url.ts';

export type OriginProblem =
  | 'empty'
  | 'unset'
  | 'quotes'
  | 'white-space'
  | 'several-origins'
  | 'wildcard'
  | 'pattern'
  | 'no-scheme'
  | 'credentials'
  | 'query'
  | 'path'
  | 'trailing-slash'
  | 'upper-case'
  | 'default-port'
  | 'non-ascii-host'
  | 'unreadable';

export interface InspectedOrigin {
  /** The text is byte for byte what a browser sends. `*` is not; `null` is. */
  readonly valid: boolean;
  /** What keeps a browser's Origin from being equal to it, in the order of reading. */
  readonly problems: readonly OriginProblem[];
  /** What a browser would send; undefined where that cannot be said, for example with a wildcard. */
  readonly serialised?: string;
  /** The single origins of a text that holds several. */
  readonly parts?: readonly string[];
}

/** Says whether the text is a serialised origin, and if not, why not and what was most likely meant. */
export function inspectOrigin(text: string): InspectedOrigin {
  if (text === '(null)' || /^\{[\w.]+\}$/.test(text)) return { valid: false, problems: ['unset'] };
  if (text === 'null') return { valid: true, problems: [], serialised: text };
  const problems: OriginProblem[] = [];
  let rest = text;
  if (rest !== rest.trim()) {
    problems.push('white-space');
    rest = rest.trim();
  }
  const unquoted = /^(["'`])(.*)\1$/.exec(rest)?.[2] ?? rest.replace(/^["'`]|["'`]$/g, '');
  if (unquoted !== rest) {
    problems.push('quotes');
    rest = unquoted.trim();
  }
  if (isWrittenAsPattern(rest))
    return { valid: false, problems: [...problems, rest.includes('*') ? 'wildcard' : 'pattern'] };
  // A choice is written as in a pattern, and compared as text.
  if (/\([^()]*\|[^()]*\)|\{[^{}]*,[^{}]*\}/.test(rest)) return { valid: false, problems: [...problems, 'unreadable'] };
  if (rest === '') return { valid: false, problems: [...problems, 'empty'] };
  // `"https://a.example" "https://b.example"` without a comma is one text in Python.
  const parts = rest.split(/[\s,;|]+|(?<=[^\s,;|:/])(?=https?:\/\/)/).filter((part) => part !== '');
  if (parts.length > 1) return { valid: false, problems: [...problems, 'several-origins'], parts };
  if (rest.includes('*')) return { valid: false, problems: [...problems, 'wildcard'] };
  // `https://a.example,`: a separator that separates nothing.
  if (parts[0] !== rest && parts[0] !== undefined) {
    problems.push('unreadable');
    rest = parts[0];
  }
  return inspectSingle(rest, problems);
}

/**
 * The text is a regular expression: anchored, between slashes, or with escapes, groups or classes that no origin has. What it matches
 * is no origin to put in its place.
 */
export function isWrittenAsPattern(text: string): boolean {
  return /^\^|[^{]\$$|\\[./dDwWsSbAzZ]|^\/[^/].*\/[a-z]*$/.test(text) || hasGroup.test(text) || hasClass.test(text);
}

/** `$(VARIABLE)` and calls, `env(X)`, are none. */
const hasGroup = /(?<![$%\w])\([^()]*\)|\([^()]*[|?\\][^()]*\)|\([^()]*\)[?+*]/;
/** Brackets around an address of IPv6 are none. */
const hasClass = /\[(?![\da-f:.]+\])[^\]]*\]/i;

function inspectSingle(text: string, problems: OriginProblem[]): InspectedOrigin {
  const known = problems.length;
  let rest = text;
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(rest)) {
    problems.push('no-scheme');
    rest = withScheme(rest);
  }
  if (parseUrl(rest) === undefined) return { valid: false, problems: [...problems, 'unreadable'] };
  const url = new URL(rest);
  const [, scheme = '', authority = '', tail = ''] = /^([^:]+):\/\/([^/?#\\]*)(.*)$/s.exec(rest) ?? [];
  const host = authority.replace(/^.*@/, '');
  if (authority !== host) problems.push('credentials');
  if (/[?#]/.test(tail)) problems.push('query');
  if (/^\/[^?#]/.test(tail)) problems.push('path');
  else if (tail.startsWith('/')) problems.push('trailing-slash');
  if (/[^\x00-\x7f]/.test(host)) problems.push('non-ascii-host');
  else if (/[A-Z]/.test(scheme + host)) problems.push('upper-case');
  const port = /:(\d*)$/.exec(host)?.[1];
  if (port !== undefined && port !== url.port) problems.push('default-port');
  const serialised = serialise(url);
  if (problems.length === 0 && serialised !== text) problems.push('unreadable');
  const isValid = problems.length === 0;
  // What a URL makes of the rest of a quote, `https://"`, is no page's origin either.
  const isChanged = serialised !== text || problems.length === known;
  const isRepaired = isValid || (isChanged && !isNoHost(url.hostname, problems) && inspectOrigin(serialised).valid);
  return { valid: isValid, problems, ...(isRepaired && { serialised }) };
}

/** `https//shop.example` and `https?://…` leave a scheme where the host should be, and a word alone, `self`, may be no host at all. */
function isNoHost(host: string, problems: readonly OriginProblem[]): boolean {
  const isWord = problems.includes('no-scheme') && !/[.:]/.test(host) && !isLoopbackHost(host);
  return isWord || /^(https?|wss?|ftp|file)$/.test(host);
}

/** Origins of schemes other than the web's are opaque in `URL`, but apps and extensions send them so. */
function serialise(url: URL): string {
  return url.origin === 'null' ? `${url.protocol}//${url.host}` : url.origin;
}

function withScheme(text: string): string {
  const rest = text.replace(/^\/\//, '').replace(/^https?:\/?(?!\/)/i, '');
  const host = rest.replace(/[:/?#].*$/s, '');
  return `${isLoopbackHost(host) || isPrivateHost(host) ? 'http' : 'https'}://${rest}`;
}

/** `localhost`, names under it, and the loopback addresses. */
export function isLoopbackHost(host: string): boolean {
  return /^(.+\.)?localhost\.?$|^127(\.\d+){3}$|^\[::1\]$|^0\.0\.0\.0$/i.test(host);
}

const privateAddresses = [
  /^10(\.\d+){3}$|^192\.168(\.\d+){2}$|^172\.(1[6-9]|2\d|3[01])(\.\d+){2}$|^169\.254(\.\d+){2}$/,
  /^\[f[cd][0-9a-f]{2}:|^\[fe80:/i,
  /^host\.docker\.internal$/i,
];

/** Addresses that only a local network knows, which may be any machine's. */
export function isPrivateAddress(host: string): boolean {
  return privateAddresses.some((pattern) => pattern.test(host));
}

/** Addresses and names that only a local network knows; a name there is given to one machine, as any other name is. */
export function isPrivateHost(host: string): boolean {
  return isPrivateAddress(host) || /\.(local|lan|home\.arpa|internal)$/i.test(host);
}
