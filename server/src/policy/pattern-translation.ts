/** Rewrites the regular expressions of other languages in JavaScript's syntax, where the two mean the same. */
import type { Pattern } from './request-test.ts';

export interface JavaScriptPattern { readonly source: string; readonly flags: string }

/** Longest pattern that is read; a longer one is Unknown. */
const longestSource = 1000;

/** The same pattern in JavaScript, without the mode; undefined when it cannot be said exactly. */
export function toJavaScript(pattern: Pattern): JavaScriptPattern | undefined {
  if (pattern.source.length > longestSource) return undefined;
  if (pattern.dialect === 'javascript') {
    return { source: pattern.source, flags: [...pattern.flags].filter((flag) => 'imsuv'.includes(flag)).join('') };
  }
  return translate(pattern);
}

function translate(pattern: Pattern): JavaScriptPattern | undefined {
  const flags = new Set([...pattern.flags.toLowerCase()].filter((flag) => 'ims'.includes(flag)));
  // Free-spacing patterns would need a reader of their own.
  if (/x/.test(pattern.flags)) return undefined;
  let source = pattern.source;
  const inline = /^\(\?([a-zA-Z]+)\)/.exec(source);
  if (inline) {
    for (const flag of inline[1]!) {
      if ('ims'.includes(flag)) flags.add(flag);
      else if (!'ua'.includes(flag)) return undefined;
    }
    source = source.slice(inline[0].length);
  }
  let out = '';
  let inClass = false;
  for (let at = 0; at < source.length; at++) {
    const char = source[at]!;
    if (char === '\\') {
      const escaped = escape(source[at + 1], inClass, flags.has('m'));
      if (escaped === undefined) return undefined;
      out += escaped;
      at++;
    } else if (inClass) {
      // POSIX classes and nested or intersected classes have no equal in JavaScript without the v flag.
      if (char === '[' || (char === '&' && source[at + 1] === '&')) return undefined;
      if (char === ']') inClass = false;
      out += char;
    } else if (char === '[') {
      inClass = true;
      const opening = /^\[\^?\]?/.exec(source.slice(at))![0];
      // A `]` right after the opening stands for itself outside JavaScript.
      out += opening.endsWith(']') ? `${opening.slice(0, -1)}\\]` : opening;
      at += opening.length - 1;
    } else if (char === '(' && source[at + 1] === '?') {
      const group = /^\(\?(?::|=|!|<=|<!|P?<[A-Za-z_]\w*>)/.exec(source.slice(at))?.[0];
      if (group === undefined) return undefined;
      // Names do not matter for the language, and may repeat in some dialects.
      out += /<[A-Za-z_]/.test(group) ? '(' : group;
      at += group.length - 1;
    } else if ('*+?}'.includes(char) && source[at + 1] === '+') {
      return undefined;
    } else {
      out += char;
    }
  }
  return { source: out, flags: [...flags].join('') };
}

function escape(letter: string | undefined, inClass: boolean, multiline: boolean): string | undefined {
  if (letter === undefined) return undefined;
  if (!inClass && letter === 'A') return multiline ? undefined : '^';
  if (!inClass && (letter === 'Z' || letter === 'z')) return multiline ? undefined : '$';
  if (/[dDwWsSbBnrtfvx]/.test(letter)) return `\\${letter}`;
  // `\h`, `\R`, `\p`, `\Q`, back references … : left alone.
  if (/[A-Za-z0-9]/.test(letter)) return undefined;
  return /[\^$\\.*+?()[\]{}|/-]/.test(letter) ? `\\${letter}` : letter;
}
