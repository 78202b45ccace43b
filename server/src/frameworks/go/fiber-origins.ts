/** How Fiber takes the origins of its options, by release. */
import type { Pattern } from '../../policy/request-test.ts';

const escaped = (text: string): string => text.replaceAll(/[\\^$.+*?()[\]{}|/]/g, '\\$&');
const pattern = (source: string): Pattern => ({ source, flags: '', dialect: 'javascript', mode: 'full' });

/**
 * `https://*.example.com` lets in all names below it, since 2.52.4. White space before it moves the place at which the text is cut, so that
 * nothing fits but a host that begins with a dot.
 */
export function subdomains(whole: string): Pattern | undefined {
  const [, space, scheme, host] = /^(\s*)([^*\s]*):\/\/\*\.(.*?)\/?\s*$/.exec(whole) ?? [];
  if (scheme === undefined || host === undefined || !isHost(host) || space !== '') return undefined;
  return pattern(`${escaped(scheme.toLowerCase())}:\\/\\/.*\\.${escaped(host.toLowerCase())}`);
}

/** The same of Fiber 3, where one name at the least stands in the place of the star and none is empty. */
export function wholeSubdomains(text: string): Pattern | undefined {
  const [, scheme, host] = /^\s*([^*\s]*):\/\/\*\.(.*?)\/?\s*$/.exec(text) ?? [];
  if (scheme === undefined || host === undefined || !isHost(host)) return undefined;
  return pattern(`${escaped(scheme.toLowerCase())}:\\/\\/[^.]+(?:\\.[^.]+)*\\.${escaped(host.toLowerCase())}`);
}

/** From 2.52.1 to 2.52.3 only the end of the host was compared, of whatever scheme and port. */
export function subdomainsOfAnyScheme(whole: string): Pattern | undefined {
  const host = /^\s*https?:\/\/\*\.([^/?#\s:]+)(?::\d+)?\/?\s*$/i.exec(whole)?.[1];
  return host === undefined ? undefined : pattern(`(?:https?:\\/\\/)?[^:]+${escaped(host.toLowerCase())}(?::.*)?`);
}

/** Before 2.52.1 the names of the host were compared one by one from the last, and a star ended the comparison. */
export function namePattern(whole: string): Pattern | undefined {
  const [, scheme, host] = /^([^:]*):\/\/(.*)$/.exec(whole.replaceAll(' ', '')) ?? [];
  const names = host?.split('.') ?? [];
  const star = names.lastIndexOf('*');
  if (star < 0) return undefined;
  const behind = names.slice(star + 1).map((name) => `\\.${escaped(name)}`);
  return pattern(`${escaped(scheme!)}:\\/\\/.*${behind.join('')}`);
}

/** Why the program does not start with this text, since 2.52.1; undefined where it does. A star for names is no fault. */
export function stopFor(whole: string, schemes: RegExp): string | undefined {
  const text = whole.trim().replace('://*.', '://');
  const [, scheme, authority, rest] = /^([^:/?#]*):\/\/([^/?#]*)(.*)$/.exec(text) ?? [];
  const isOrigin =
    scheme !== undefined &&
    schemes.test(scheme) &&
    authority !== '' &&
    isHost(authority!) &&
    (rest === '' || rest === '/');
  return isOrigin ? undefined : 'the program panics when it starts';
}

/** A host with or without a port, and without a star. */
function isHost(text: string): boolean {
  return /^[^*/?#\s]+$/.test(text) && /^[^:]*(?::\d*)?$|^\[[^\]]*\](?::\d*)?$/.test(text);
}
