/**
 * Rewrites the regular expressions of other languages in JavaScript's syntax, where the two mean the same on origins.
 * An origin holds no line break and no character beyond ASCII, so that `m`, `s`, and what `\w` means in Unicode, do not matter.
 */
import { literalEscape, posixClass, quotedLiteral } from './pattern-escapes.ts';
import type { Dialect, Pattern } from './request-test.ts';

export interface JavaScriptPattern { readonly source: string; readonly flags: string }

/** Longest pattern that is read; a longer one is Unknown. */
const longestSource = 1000;

/** Letters of `(?…)` at the start of a pattern that may be read; of these, only `i` and `x` change which origins match. */
const inlineFlags: Readonly<Record<Exclude<Dialect, 'javascript'>, string>> = { python: 'aimsux', pcre: 'imsxUJn', go: 'imsU', java: 'imsxudU', dotnet: 'imsnx' };
/** How a group with a name begins; elsewhere the pattern is an error. */
const namedGroup: Readonly<Record<Exclude<Dialect, 'javascript'>, RegExp>> = {
  python: /^\(\?P<[A-Za-z_]\w*>/, pcre: /^\(\?(?:P?<[A-Za-z_]\w*>|'[A-Za-z_]\w*')/, go: /^\(\?P?<[A-Za-z_]\w*>/, java: /^\(\?<[A-Za-z]\w*>/, dotnet: /^\(\?(?:<[A-Za-z_]\w*>|'[A-Za-z_]\w*')/,
};

/** The same pattern in JavaScript, without the mode; undefined when it cannot be said exactly. */
export function toJavaScript(pattern: Pattern): JavaScriptPattern | undefined {
  if (pattern.source.length > longestSource) return undefined;
  const { dialect } = pattern;
  if (dialect === 'javascript') {
    return { source: pattern.source, flags: [...pattern.flags].filter((flag) => 'imsuv'.includes(flag)).join('') };
  }
  const inline = /^\(\?([a-zA-Z]+)\)/.exec(pattern.source);
  if (inline && ![...inline[1]!].every((flag) => inlineFlags[dialect].includes(flag))) return undefined;
  const flags = pattern.flags + (inline?.[1] ?? '');
  const ignoreCase = /i/i.test(flags);
  // Beyond ASCII, letters fold differently in each language, and PCRE may read bytes.
  if (/[^\x00-\x7f]/.test(pattern.source) && (ignoreCase || dialect === 'pcre')) return undefined;
  const source = translate(pattern.source.slice(inline?.[0].length ?? 0), dialect, /x/.test(flags));
  return source === undefined ? undefined : { source, flags: ignoreCase ? 'i' : '' };
}

/** Where the pattern is applied: JavaScript's `y` holds it to the start. */
export function modeOf(pattern: Pattern): Pattern['mode'] {
  return pattern.dialect === 'javascript' && pattern.mode === 'search' && pattern.flags.includes('y') ? 'prefix' : pattern.mode;
}

function translate(source: string, dialect: Exclude<Dialect, 'javascript'>, freeSpacing: boolean): string | undefined {
  let out = '';
  for (let at = 0; at < source.length;) {
    const rest = source.slice(at);
    const step = freeSpacing && /^\s/.test(rest) ? { text: '', length: 1 } : freeSpacing && rest.startsWith('#') ? { text: '', length: /^#.*\n?/.exec(rest)![0].length } : pieceOf(rest, dialect);
    if (step === undefined) return undefined;
    out += step.text;
    at += step.length;
  }
  return out;
}

interface Piece { readonly text: string; readonly length: number }

/** What the text begins with, in JavaScript. */
function pieceOf(rest: string, dialect: Exclude<Dialect, 'javascript'>): Piece | undefined {
  const char = rest[0]!;
  switch (char) {
    case '\\': return quotedLiteral(rest, dialect) ?? anchorEscape(rest, dialect) ?? literalEscape(rest, dialect, false);
    case '[': return classOf(rest, dialect);
    case '(': return groupOf(rest, dialect);
    case '{': {
      const counted = /^\{(\d*)(,?)(\d*)\}/.exec(rest);
      // A brace that counts nothing is a literal in some languages and an error in others.
      if (counted === null || (counted[1] === '' && (counted[3] === '' || dialect !== 'python'))) return undefined;
      if (rest[counted[0].length] === '+') return undefined;
      return { text: `{${counted[1] || '0'}${counted[2]}${counted[3]}}`, length: counted[0].length };
    }
    // `a++` takes and never gives back; JavaScript has no such thing.
    case '*': case '+': case '?': return rest[1] === '+' ? undefined : { text: char, length: 1 };
    case ']': case '}': return dialect === 'java' ? undefined : { text: `\\${char}`, length: 1 };
    default: return { text: char, length: 1 };
  }
}

/** `\A`, `\Z`, `\z`: without line breaks in the text they are `^` and `$`. */
function anchorEscape(rest: string, dialect: Dialect): Piece | undefined {
  const letter = rest[1];
  if (letter === 'A') return { text: '^', length: 2 };
  const ends = { python: 'Z', go: 'z', pcre: 'Zz', java: 'Zz', dotnet: 'Zz', javascript: '' }[dialect];
  return letter !== undefined && ends.includes(letter) ? { text: '$', length: 2 } : undefined;
}

function groupOf(rest: string, dialect: Exclude<Dialect, 'javascript'>): Piece | undefined {
  if (rest[1] === '*' && dialect === 'pcre') return undefined;
  if (rest[1] !== '?') return { text: '(', length: 1 };
  // Names do not matter for the language, and may repeat in some dialects.
  const named = namedGroup[dialect].exec(rest)?.[0];
  if (named !== undefined) return { text: '(', length: named.length };
  const group = (dialect === 'go' ? /^\(\?:/ : /^\(\?(?::|=|!|<=|<!)/).exec(rest)?.[0];
  return group === undefined ? undefined : { text: group, length: group.length };
}

function classOf(rest: string, dialect: Exclude<Dialect, 'javascript'>): Piece | undefined {
  const opening = /^\[\^?\]?/.exec(rest)![0];
  // A `]` right after the opening stands for itself outside JavaScript; Java's versions differ.
  if (opening.endsWith(']') && dialect === 'java') return undefined;
  let text = opening.endsWith(']') ? `${opening.slice(0, -1)}\\]` : opening;
  for (let at = opening.length; at < rest.length;) {
    const inner = rest.slice(at);
    if (inner.startsWith(']')) return { text: `${text}]`, length: at + 1 };
    // Classes inside a class, intersected or subtracted, have no equal in JavaScript without the v flag.
    if (dialect === 'java' && /^(\[|&&|\^)/.test(inner)) return undefined;
    if (dialect === 'dotnet' && inner.startsWith('-[')) return undefined;
    const piece = inner.startsWith('\\') ? literalEscape(inner, dialect, true) : inner.startsWith('[') ? posixClass(inner, dialect) : { text: inner[0]!, length: 1 };
    if (piece === undefined) return undefined;
    text += piece.text;
    at += piece.length;
  }
  return undefined;
}
