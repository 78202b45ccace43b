/** Comparisons in servers' configurations, as conditions on the request. */
import type { SourceRange } from '../syntax/range.ts';
import type { Dialect, RequestTest } from '../policy/request-test.ts';
import { always, never, not, originPresent, some, unknown } from '../policy/request-test.ts';
import type { ServerValue } from './server-values.ts';
import { methods } from './server-values.ts';

/** Where the compared text stands: as a whole, and the part that fixes replace. */
export interface TextPlace { readonly range: SourceRange; readonly textRange: SourceRange }

export function equalsText(value: ServerValue, text: string, ignoreCase: boolean, place: TextPlace): RequestTest {
  const fold = (one: string): string => (ignoreCase ? one.toLowerCase() : one);
  switch (value.kind) {
    case 'text': return fold(value.text) === fold(text) ? always : never;
    case 'origin': return text === '' ? not(originPresent) : { kind: 'origin', part: 'origin', operator: 'equals', text: fold(text), ignoreCase, range: place.range, textRange: place.textRange };
    case 'method': return methods.some((method) => method === (ignoreCase ? text.toUpperCase() : text)) ? { kind: 'method', name: text.toUpperCase() } : never;
    default: return unknown();
  }
}

/** Servers search; most of them with PCRE. */
export function matchesPattern(value: ServerValue, source: string, ignoreCase: boolean, place: TextPlace, dialect: Dialect = 'pcre'): RequestTest {
  switch (value.kind) {
    case 'origin': return { kind: 'origin', part: 'origin', operator: 'matches', pattern: { source, flags: ignoreCase ? 'i' : '', dialect, mode: 'search' }, range: place.range, textRange: place.textRange };
    case 'method': return some(methods.filter((method) => matchesWords(source, method, ignoreCase) === true).map((name): RequestTest => ({ kind: 'method', name })).concat(matchesWords(source, 'GET', ignoreCase) === undefined ? [unknown()] : []));
    case 'text': {
      const result = matchesWords(source, value.text, ignoreCase);
      return result === undefined ? unknown() : result ? always : never;
    }
    default: return unknown();
  }
}

/** Decides patterns that are nothing but words, `^(GET|POST)$`, without running them; undefined for all others. */
function matchesWords(source: string, text: string, ignoreCase: boolean): boolean | undefined {
  const words = /^(\^?)(\(?)(?:\?:)?([\w|]*)(\)?)(\$?)$/.exec(source);
  if (!words || (words[2] === '') !== (words[4] === '')) return undefined;
  const [, start, group, list, , end] = words;
  const members = list!.split('|');
  // Without a group the anchors belong to the first and the last word only.
  if (group === '' && members.length > 1 && (start || end)) return undefined;
  const fold = (one: string): string => (ignoreCase ? one.toLowerCase() : one);
  return members.map(fold).some((member) => {
    const subject = fold(text);
    if (start && end) return subject === member;
    return start ? subject.startsWith(member) : end ? subject.endsWith(member) : subject.includes(member);
  });
}

/** A key of a map with `hostnames`: `*.example.com`, `.example.com` or `www.*`, compared with the whole value. */
export function matchesHostname(value: ServerValue, key: string, place: TextPlace): RequestTest {
  if (value.kind !== 'origin') return unknown();
  const test = (operator: 'ends-with' | 'starts-with', text: string): RequestTest => ({ kind: 'origin', part: 'origin', operator, text: text.toLowerCase(), ignoreCase: true, range: place.range, textRange: place.textRange });
  if (key.endsWith('.*')) return test('starts-with', key.slice(0, -1));
  return test('ends-with', key.replace(/^\*/, ''));
}
