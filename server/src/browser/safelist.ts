/** Which methods and headers a page may send without asking first. https://fetch.spec.whatwg.org/#cors-safelisted-method */

const normalisedMethods = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT']);
const safelistedMethods = new Set(['GET', 'HEAD', 'POST']);
/** https://fetch.spec.whatwg.org/#forbidden-method */
const forbiddenMethods = new Set(['CONNECT', 'TRACE', 'TRACK']);
const safelistedTypes = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']);

/** Names that `fetch()` drops without a word. https://fetch.spec.whatwg.org/#forbidden-request-header */
const forbiddenNames = new Set([
  'accept-charset',
  'accept-encoding',
  'access-control-request-headers',
  'access-control-request-method',
  'connection',
  'content-length',
  'cookie',
  'cookie2',
  'date',
  'dnt',
  'expect',
  'host',
  'keep-alive',
  'origin',
  'referer',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
]);

/** `get` becomes `GET`; `patch` stays. https://fetch.spec.whatwg.org/#concept-method-normalize */
export function normaliseMethod(method: string): string {
  const upper = method.toUpperCase();
  return normalisedMethods.has(upper) ? upper : method;
}

export function isForbiddenMethod(method: string): boolean {
  return forbiddenMethods.has(method.toUpperCase());
}

export function isSafelistedMethod(method: string): boolean {
  return safelistedMethods.has(method);
}

/**
 * The names that make a preflight necessary: lower case, sorted, once each.
 * https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names
 */
export function unsafeHeaderNames(headers: readonly (readonly [name: string, value: string])[]): readonly string[] {
  const unsafe = new Set<string>();
  const safelisted: string[] = [];
  let safelistedBytes = 0;
  for (const [rawName, rawValue] of headers) {
    const name = rawName.toLowerCase();
    if (isForbiddenHeader(name, rawValue)) continue;
    const value = rawValue.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
    if (isSafelistedHeader(name, value)) {
      safelisted.push(name);
      safelistedBytes += value.length;
    } else {
      unsafe.add(name);
    }
  }
  if (safelistedBytes > 1024) for (const name of safelisted) unsafe.add(name);
  return [...unsafe].sort();
}

/** Some names are forbidden only with a value that asks for a forbidden method. */
export function isForbiddenHeader(name: string, value = ''): boolean {
  const lower = name.toLowerCase();
  if (forbiddenNames.has(lower) || lower.startsWith('proxy-') || lower.startsWith('sec-')) return true;
  return (
    /^x-(?:http-method|http-method-override|method-override)$/.test(lower) &&
    value.split(',').some((method) => isForbiddenMethod(method.trim()))
  );
}

/** What a page can set in mode `no-cors`; everything else is dropped. https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header */
export function isNoCorsSafelistedHeader(name: string, value: string): boolean {
  return name !== 'range' && isSafelistedHeader(name, value);
}

/** https://fetch.spec.whatwg.org/#cors-safelisted-request-header; the name in lower case, the value without white space around it. */
export function isSafelistedHeader(name: string, value: string): boolean {
  if (value.length > 128) return false;
  switch (name) {
    case 'accept':
      return !hasUnsafeByte(value);
    case 'accept-language':
    case 'content-language':
      return /^[0-9A-Za-z *,\-.;=]*$/.test(value);
    case 'content-type':
      return !hasUnsafeByte(value) && safelistedTypes.has(value.split(';')[0]!.trim().toLowerCase());
    case 'range':
      return isSimpleRange(value);
    default:
      return false;
  }
}

/** https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte */
function hasUnsafeByte(value: string): boolean {
  return /[\x00-\x08\x0a-\x1f"():<>?@[\\\]{}\x7f]/.test(value);
}

function isSimpleRange(value: string): boolean {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(value) ?? [];
  if (first === undefined) return false;
  return !last || Number(first) <= Number(last);
}
