/** Lists of names in response headers, and which headers of a response a page may read. */
import { combinedValue } from '../policy/answer.ts';
import type { Answer } from '../policy/request.ts';

/** https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name */
const safelisted = new Set([
  'cache-control',
  'content-language',
  'content-length',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
]);
/** https://fetch.spec.whatwg.org/#forbidden-response-header-name */
const forbidden = new Set(['set-cookie', 'set-cookie2']);

/** https://fetch.spec.whatwg.org/#extract-header-list-values; an absent header is an empty list. Only spaces and tabs are white space. */
export function nameList(answer: Answer, name: string): readonly string[] | 'invalid' | 'unknown' {
  const value = combinedValue(answer, name);
  if (value === null) return 'unknown';
  const items = (value ?? '')
    .split(',')
    .map((item) => item.replace(/^[\t ]+|[\t ]+$/g, ''))
    .filter((item) => item !== '');
  return items.every((item) => /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(item)) ? items : 'invalid';
}

/**
 * The names of the headers that a page can read of a response: all of its own origin, else the safelisted and the exposed ones. Null
 * where Access-Control-Expose-Headers is not known. https://fetch.spec.whatwg.org/#concept-filtered-response-cors
 */
export function readableHeaders(
  answer: Answer,
  tainting: 'basic' | 'cors',
  withCookies: boolean,
): readonly string[] | null {
  const sent = [...answer.headers]
    .filter(([name, lines]) => lines?.length !== 0 && !forbidden.has(name))
    .map(([name]) => name)
    .sort();
  if (tainting === 'basic') return sent;
  const list = nameList(answer, 'access-control-expose-headers');
  if (list === 'unknown') return null;
  // A list that does not parse exposes nothing, and the response itself stays readable.
  const exposed = list === 'invalid' ? [] : list.map((name) => name.toLowerCase());
  const everything = !withCookies && exposed.includes('*');
  return sent.filter((name) => everything || safelisted.has(name) || exposed.includes(name));
}
