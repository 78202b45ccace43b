/** Functions of PHP that look at texts, and at pieces of the origin. */
import type { Pattern } from '../../policy/request-test.ts';
import { always, never } from '../../policy/request-test.ts';
import { mapChoices, oneOf, originSubject, truth } from '../inner-value.ts';
import type { Inner } from '../inner-value.ts';
import { patternTest } from '../origin-tests.ts';
import { compiledPattern } from '../operations/functions.ts';
import { slice } from '../operations/slices.ts';
import { comparedTo, position } from '../operations/text-tests.ts';
import { lowerCase, replace } from '../operations/texts.ts';
import type { DictEntry, Value } from '../value.ts';
import type { Arguments, LibraryFunction, Operation, Use } from './value-language.ts';

const unread = ({ here }: Use): Inner => ({ kind: 'unknown', ...here });

/** Both texts in lower case, and then the operation. */
export const ignoringCase =
  (operation: Operation): Operation =>
  (receiver, [other, ...rest], use) => {
    const [left, right] = [lowerCase(receiver, [], use), other && lowerCase(other, [], use)];
    return left && right && operation(left, [right, ...rest], use);
  };

/** `strpos($text, $part)`: false where there is none. */
export const phpPosition =
  (which: 'first' | 'last'): Operation =>
  (receiver, values, use) => {
    const found = position(which)(receiver, values, use);
    return found?.kind === 'position' ? { ...found, orFalse: true } : found;
  };

/** `strstr($text, $part)`: the text from there on, which passes a test; false where there is none. */
export const textFrom: Operation = (receiver, values, use) => {
  const found = phpPosition('first')(receiver, values.slice(0, 1), use);
  return found?.kind === 'position' ? { ...found, first: never } : found;
};

/** `substr($text, $from, $length)`; what is negative counts from the end. */
export const substring: Operation = (receiver, [from, length], use) => {
  if (receiver.kind === 'text') {
    if (from?.kind !== 'number' || (length && length.kind !== 'number')) return undefined;
    const text = receiver.text.slice(from.value);
    const end = length?.kind === 'number' ? length.value : text.length;
    return { kind: 'text', text: text.slice(0, end), ...use.here };
  }
  const isToEnd = length === undefined || length.kind === 'nothing';
  if (isToEnd) return slice('between')(receiver, from ? [from] : [], use);
  const isFromEnd = length.kind === 'number' && length.value < 0;
  return from && slice(isFromEnd ? 'between' : 'length')(receiver, [from, length], use);
};

/** `strncmp($a, $b, 8)`: the first letters of both. */
export const comparedBeginnings: Operation = (receiver, [other, count], use) => {
  const start: Inner = { kind: 'number', value: 0, ...use.here };
  const cut = (text: Inner | undefined): Inner | undefined => text && count && substring(text, [start, count], use);
  const [left, right] = [cut(receiver), cut(other)];
  return left && right && comparedTo(left, [right], use);
};

/** `substr_compare($text, $end, -12) === 0`. */
export const comparedFrom: Operation = (receiver, [other, from, length], use) => {
  const rest = from && substring(receiver, length ? [from, length] : [from], use);
  return rest && other && comparedTo(rest, [other], use);
};

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/**
 * A text as a pattern: between delimiters, with flags behind the second one.
 * See https://www.php.net/manual/en/regexp.reference.delimiters.php
 */
export function delimitedPattern(source: Inner, use: Use): Inner {
  return mapChoices(source, (one): Inner => {
    if (one.kind === 'environment') {
      const { fallback, ...variable } = one;
      return fallback ? { ...variable, fallback: delimitedPattern(fallback, use) as Value } : variable;
    }
    if (one.kind !== 'text') return unread(use);
    const [, blanks = '', first] = /^(\s*)([^\s\w\\])/.exec(one.text) ?? [];
    const end = first === undefined ? -1 : one.text.lastIndexOf(closing[first] ?? first);
    if (first === undefined || end <= blanks.length) return unread(use);
    const flags = one.text.slice(end + 1).trim();
    // `A` and `D` anchor, `U` and `S` change nothing that is asked here.
    if (!/^[imsxuSUDXJA]*$/.test(flags)) return unread(use);
    const inside = one.text.slice(blanks.length + 1, end);
    const letters = flags.replaceAll(/[SUDXJAu]/g, '');
    const { contentRange } = one;
    const isPlain = contentRange !== undefined && contentRange.end - contentRange.start === one.text.length;
    const start = (contentRange?.start ?? 0) + blanks.length + 1;
    const text: Inner = {
      ...one,
      text: flags.includes('A') ? `^(?:${inside})` : inside,
      contentRange: isPlain ? { ...contentRange, start, end: start + inside.length } : undefined,
    };
    return compiledPattern(text, letters, { ...use, here: { range: one.range, expression: one.expression } });
  });
}

/** `preg_match($pattern, $text)`: 1 or 0. */
export const pregMatch =
  (mode: Pattern['mode']): LibraryFunction =>
  (given, use) => {
    const [source, subject] = [given.at(0), given.at(1)];
    if (!source || !subject) return undefined;
    const { here } = use;
    const when = patternTest(delimitedPattern(source, use), subject, here.range, mode);
    return oneOf(
      [
        { when, value: { kind: 'number', value: 1, ...here } },
        { when: always, value: { kind: 'number', value: 0, ...here } },
      ],
      here.range,
      here.expression,
    );
  };

/** `preg_replace($pattern, $to, $text)`, `str_replace($from, $to, $text)`: all of them. */
export const replacedIn =
  (isPattern: boolean): LibraryFunction =>
  (given, use) => {
    const [from, to, subject] = [given.at(0), given.at(1), given.at(2)];
    if (!from || !to || !subject) return undefined;
    const sought = isPattern ? everywhere(delimitedPattern(from, use)) : from;
    return mapChoices(subject, (one) => replaceEach(one, sought, to, use) ?? unread(use));
  };

function everywhere(pattern: Inner): Inner {
  return pattern.kind === 'pattern'
    ? { ...pattern, pattern: { ...pattern.pattern, flags: `${pattern.pattern.flags}g` } }
    : pattern;
}

/** Several texts are replaced one after the other. */
function replaceEach(subject: Inner, from: Inner, to: Inner, use: Use): Inner | undefined {
  if (from.kind !== 'list') return replace('all')(subject, [from, to], use);
  if (from.open || to.kind !== 'text') return undefined;
  return from.items.reduce<Inner | undefined>((text, one) => text && replace('all')(text, [one, to], use), subject);
}

/** `preg_quote($text, '/')`. */
export const pregQuote: LibraryFunction = (given, use) => {
  const [text, delimiter] = [given.at(0), given.at(1)];
  if (!text) return undefined;
  return mapChoices(text, (one): Inner => {
    if (one.kind !== 'text') return unread(use);
    const quoted = one.text.replaceAll(/[.\\+*?[^\]$(){}=!<>|:\-#/]/g, (sign) => (sign === '/' ? sign : `\\${sign}`));
    const isOwn = delimiter?.kind === 'text' && delimiter.text === '/';
    return { kind: 'text', text: isOwn ? quoted.replaceAll('/', '\\/') : quoted, ...use.here };
  });
};

const components: Readonly<Record<string, 'hostname' | 'scheme' | 'port'>> = {
  PHP_URL_HOST: 'hostname',
  PHP_URL_SCHEME: 'scheme',
  PHP_URL_PORT: 'port',
};

/** `parse_url($origin, PHP_URL_HOST)`, and without a component all of them. */
export const parseUrl: LibraryFunction = (given, use) => {
  const [text, component] = [given.at(0), given.expressionAt(1)?.text.replace(/^\\/, '')];
  const { here } = use;
  if (!text) return undefined;
  const part = (of: 'hostname' | 'scheme' | 'port'): Inner => ({
    kind: 'origin-piece',
    part: of,
    ignoreCase: false,
    ...here,
  });
  return mapChoices(text, (one): Inner => {
    const subject = originSubject(one);
    if (subject?.part !== 'origin') return one.kind === 'text' ? partsOfText(one.text, component, use) : unread(use);
    if (component !== undefined)
      return Object.hasOwn(components, component) ? part(components[component]!) : unread(use);
    const entries = (['scheme', 'hostname', 'port'] as const).map((of): DictEntry => ({
      key: of === 'hostname' ? 'host' : of,
      keyRange: here.range,
      value: part(of) as Value,
      range: here.range,
    }));
    return { kind: 'dict', entries, open: true, ...here };
  });
};

/** Of a text that is known, its host; nothing where it has none. */
function partsOfText(text: string, component: string | undefined, use: Use): Inner {
  const host = /^[a-z][a-z\d+.-]*:\/\/([^/:?#@]+)/i.exec(text)?.[1];
  if (component !== 'PHP_URL_HOST')
    return text === '' ? { kind: 'dict', entries: [], open: false, ...use.here } : unread(use);
  return host === undefined ? { kind: 'nothing', ...use.here } : { kind: 'text', text: host, ...use.here };
}

/** The function as one of a callback's members: `array_map('trim', $list)`. */
export function callbackOf(given: Arguments, index: number): Inner | undefined {
  const callback = given.at(index);
  return callback?.kind === 'text'
    ? { kind: 'path', root: 'global', names: [callback.text], range: callback.range }
    : callback;
}

/** `(bool) $x`. */
export const asTruth: LibraryFunction = (given, { here, language }) => {
  const value = given.at(0);
  if (!value) return undefined;
  const test = truth(value, language.falsy);
  return test === always || test === never
    ? { kind: 'boolean', value: test === always, ...here }
    : { kind: 'predicate', test, ...here };
};
