/** Single characters in the regular expressions of other languages: escapes, properties and classes, as sets of ASCII. */
import type { Dialect } from '../request-test.ts';
import type { Characters } from './character-sets.ts';
import {
  digits,
  every,
  folded,
  generalCategory,
  javaProperties,
  lines,
  negated,
  posixClasses,
  where,
  words,
} from './character-sets.ts';

export type OtherDialect = Exclude<Dialect, 'javascript'>;

/** What the letters of `(?…)` change for single characters. */
export interface Flags {
  readonly ignoreCase: boolean;
  readonly spaced: boolean;
  readonly spacedClasses: boolean;
  readonly unicodeClasses: boolean;
}

/** A set of characters, or one character; with the number of letters that were read. `code` may lie beyond ASCII. */
type Piece = { readonly length: number } & ({ readonly set: Characters } | { readonly code: number });

/** A backslash and what belongs to it, where that is one character; undefined for everything else and for what is not known. */
export function escapedCharacter(
  rest: string,
  dialect: OtherDialect,
  flags: Flags,
  isInClass: boolean,
): Piece | undefined {
  const letter = rest[1];
  if (letter === undefined) return undefined;
  if (/[dDwWsShHvVNXC]/.test(letter)) return characterSet(rest, letter, dialect, isInClass);
  if (letter === 'p' || letter === 'P') return property(rest, dialect, flags);
  const isPerlLike = dialect === 'pcre' || dialect === 'java';
  switch (letter) {
    case 'n':
    case 'r':
    case 't':
    case 'f':
      return { code: { n: 10, r: 13, t: 9, f: 12 }[letter], length: 2 };
    case 'a':
      return { code: 7, length: 2 };
    case 'e':
      return isPerlLike || dialect === 'dotnet' ? { code: 27, length: 2 } : undefined;
    case 'b':
      return isInClass && dialect !== 'go' && dialect !== 'java' ? { code: 8, length: 2 } : undefined;
    case 'c':
      return dialect !== 'python' && dialect !== 'go' && /^[A-Za-z]$/.test(rest[2] ?? '')
        ? { code: (dialect === 'java' ? rest[2]! : rest[2]!.toUpperCase()).charCodeAt(0) ^ 64, length: 3 }
        : undefined;
    default:
  }
  if (/[a-zA-Z0-9]/.test(letter)) return numbered(rest, dialect);
  return { code: letter.codePointAt(0)!, length: 1 + String.fromCodePoint(rest.codePointAt(1)!).length };
}

/** A letter that stands for several characters. */
function characterSet(rest: string, letter: string, dialect: OtherDialect, isInClass: boolean): Piece | undefined {
  const isPerlLike = dialect === 'pcre' || dialect === 'java';
  const set = (characters: Characters, isNegated = false): Piece => ({
    set: isNegated ? negated(characters) : characters,
    length: 2,
  });
  switch (letter) {
    case 'd':
    case 'D':
      return set(digits, letter === 'D');
    case 'w':
    case 'W':
      return set(words, letter === 'W');
    case 's':
    case 'S':
      return set(dialect === 'go' ? where(/[\t\n\f\r ]/) : where(/\s/), letter === 'S');
    case 'h':
    case 'H':
      return isPerlLike ? set(posixClasses['blank']!, letter === 'H') : undefined;
    case 'v':
    case 'V':
      return isPerlLike ? set(lines, letter === 'V') : letter === 'v' ? { code: 0x0b, length: 2 } : undefined;
    case 'N':
      return dialect === 'pcre' && !isInClass && rest[2] !== '{' ? set(where(/[^\n]/)) : undefined;
    // Every character of ASCII is a grapheme of its own.
    case 'X':
      return isPerlLike && !isInClass ? set(every) : undefined;
    case 'C':
      return dialect === 'pcre' && !isInClass ? set(every) : undefined;
    default:
      return undefined;
  }
}

/** `\x2e`, `\x{2e}`, `\u002e`, `\o{56}`, `\056`. What may be a back reference is left alone. */
function numbered(rest: string, dialect: OtherDialect): Piece | undefined {
  const hexadecimal =
    /^\\x([0-9a-fA-F]{2})/.exec(rest) ??
    (dialect === 'pcre' || dialect === 'go' || dialect === 'java' ? /^\\x\{([0-9a-fA-F]{1,6})\}/.exec(rest) : null) ??
    (dialect === 'python' || dialect === 'java' || dialect === 'dotnet' ? /^\\u([0-9a-fA-F]{4})/.exec(rest) : null);
  if (hexadecimal) return { code: Number.parseInt(hexadecimal[1]!, 16), length: hexadecimal[0].length };
  const octal =
    (dialect === 'pcre' ? /^\\o\{([0-7]{1,3})\}/.exec(rest) : null) ??
    (dialect === 'java'
      ? /^\\0([0-3]?[0-7]{1,2})/.exec(rest)
      : (/^\\(0[0-7]{0,2})/.exec(rest) ?? (dialect === 'dotnet' ? null : /^\\([1-3][0-7]{2})/.exec(rest))));
  return octal ? { code: Number.parseInt(octal[1]!, 8), length: octal[0].length } : undefined;
}

/** `\pL`, `\p{Lu}`, `\P{Alpha}`. */
function property(rest: string, dialect: OtherDialect, flags: Flags): Piece | undefined {
  const [whole, kind, short, caret, long] = /^\\([pP])(?:([A-Z])|\{(\^?)(\w+&?)\})/.exec(rest) ?? [];
  if (
    whole === undefined ||
    dialect === 'python' ||
    flags.unicodeClasses ||
    (short !== undefined && dialect === 'dotnet')
  )
    return undefined;
  if (caret === '^' && dialect !== 'pcre' && dialect !== 'go') return undefined;
  const set = propertySet(short ?? long!, dialect, flags);
  return set && { set: (kind === 'P') === (caret === '^') ? set : negated(set), length: whole.length };
}

function propertySet(name: string, dialect: OtherDialect, flags: Flags): Characters | undefined {
  const posix =
    dialect === 'java' && Object.hasOwn(javaProperties, name) ? posixClasses[javaProperties[name]!] : undefined;
  const category = dialect === 'java' ? name.replace(/^Is(?=[A-Z])/, '') : name;
  const script =
    dialect === 'pcre' || dialect === 'go' ? name : dialect === 'java' && name.startsWith('Is') ? name.slice(2) : '';
  const set =
    posix ??
    (generalCategory.test(category)
      ? unicodeSet(category)
      : dialect === 'pcre' && (name === 'L&' || name === 'Any')
        ? unicodeSet(name === 'Any' ? name : 'LC')
        : /^[A-Z][a-z]+(_[A-Z][a-z]+)*$/.test(script)
          ? unicodeSet(`Script=${script}`)
          : undefined);
  // Whether letter case is folded in a property differs from engine to engine.
  return set !== undefined && flags.ignoreCase && folded(set).size !== set.size ? undefined : set;
}

function unicodeSet(name: string): Characters | undefined {
  try {
    return where(new RegExp(`\\p{${name}}`, 'u'));
  } catch {
    // Not a property that JavaScript knows.
    return undefined;
  }
}

/** A bracketed class at the start of the text. */
export function classAt(
  rest: string,
  dialect: OtherDialect,
  flags: Flags,
): { readonly set: Characters; readonly length: number } | undefined {
  return new ClassReader(rest, dialect, flags).read();
}

class ClassReader {
  private at = 0;

  constructor(
    private readonly source: string,
    private readonly dialect: OtherDialect,
    private readonly flags: Flags,
  ) {}

  read(): { readonly set: Characters; readonly length: number } | undefined {
    const set = this.bracketed();
    return set && { set, length: this.at };
  }

  private bracketed(): Characters | undefined {
    this.at += 1;
    const isNegated = this.take('^');
    const set = this.members();
    if (set === undefined || !this.take(']')) return undefined;
    const inside = this.flags.ignoreCase ? folded(set) : set;
    return isNegated ? negated(inside) : inside;
  }

  /** Up to the closing bracket. */
  private members(): Characters | undefined {
    let before: Characters | undefined;
    let found = new Set<number>();
    let [isEmpty, hasNested, hasPlain] = [true, false, false];
    while (this.at < this.source.length) {
      if (this.flags.spacedClasses && /^\s/.test(this.rest())) {
        this.at += 1;
        continue;
      }
      const rest = this.rest();
      if (rest[0] === ']' && !(isEmpty && before === undefined)) return isEmpty ? undefined : meet(before, found);
      if (this.dialect === 'java' && rest.startsWith('&&')) {
        if (isEmpty) return undefined;
        before = meet(before, found);
        found = new Set();
        [isEmpty, hasNested, hasPlain] = [true, false, false];
        this.at += 2;
        continue;
      }
      if (this.dialect === 'dotnet' && rest.startsWith('-[') && !isEmpty) {
        this.at += 1;
        const without = this.bracketed();
        return without && new Set([...found].filter((code) => !without.has(code)));
      }
      const nested = this.dialect === 'java' && rest[0] === '[';
      const set = nested ? this.bracketed() : this.member();
      if (set === undefined) return undefined;
      hasNested ||= nested;
      hasPlain ||= !nested;
      // Java forgets a class in front of plain characters on the right of `&&`.
      if (before !== undefined && hasNested && hasPlain) return undefined;
      for (const code of set) found.add(code);
      isEmpty = false;
    }
    return undefined;
  }

  /** A character, a range of characters, or a named set. */
  private member(): Characters | undefined {
    if (this.rest().startsWith('\\Q')) return this.quoted();
    const first = this.single();
    if (first === undefined) return undefined;
    const isRange = this.rest()[0] === '-' && this.rest()[1] !== ']' && this.rest()[1] !== undefined;
    if ('set' in first) {
      // A hyphen behind a named set is an error in some engines, and itself in others.
      return isRange && (this.dialect === 'python' || this.dialect === 'pcre') ? undefined : first.set;
    }
    if (
      !isRange ||
      (this.dialect === 'java' && /^-(\[|&&)/.test(this.rest())) ||
      (this.dialect === 'dotnet' && this.rest().startsWith('-['))
    )
      return new Set(first.code < 128 ? [first.code] : []);
    this.at += 1;
    if (
      /^\\[QE]/.test(this.rest()) ||
      (this.dialect !== 'python' && this.dialect !== 'dotnet' && /^\[[:.=]/.test(this.rest()))
    )
      return undefined;
    const last = this.single();
    if (last === undefined || 'set' in last || last.code < first.code) return undefined;
    return new Set(
      Array.from(
        { length: Math.max(0, Math.min(last.code, 127) - first.code + 1) },
        (_, offset) => first.code + offset,
      ),
    );
  }

  private single(): Piece | undefined {
    const rest = this.rest();
    const piece =
      rest[0] === '\\'
        ? escapedCharacter(rest, this.dialect, this.flags, true)
        : rest[0] === '['
          ? this.posix(rest)
          : codePiece(rest);
    if (piece !== undefined) this.at += piece.length;
    return piece;
  }

  /** `[:alpha:]`, or a `[` that stands for itself. */
  private posix(rest: string): Piece | undefined {
    if (this.dialect === 'python' || this.dialect === 'dotnet') return codePiece(rest);
    const [whole, caret, name] = /^\[:(\^?)(\w+):\]/.exec(rest) ?? [];
    if (whole === undefined) return /^\[[:.=]/.test(rest) ? undefined : codePiece(rest);
    const set = Object.hasOwn(posixClasses, name!) ? posixClasses[name!]! : undefined;
    return (
      set && { set: caret === '^' ? negated(this.flags.ignoreCase ? folded(set) : set) : set, length: whole.length }
    );
  }

  private quoted(): Characters | undefined {
    if (this.dialect !== 'pcre' && this.dialect !== 'java') return undefined;
    const end = this.source.indexOf('\\E', this.at);
    const inside = this.source.slice(this.at + 2, end === -1 ? undefined : end);
    if (end === -1 || /[^\x00-\x7f]/.test(inside)) return undefined;
    this.at = end + 2;
    // What a hyphen behind the quotation means is left open.
    return this.rest()[0] === '-' ? undefined : new Set([...inside].map((letter) => letter.charCodeAt(0)));
  }

  private rest(): string {
    return this.source.slice(this.at);
  }

  private take(text: string): boolean {
    const isThere = this.source.startsWith(text, this.at);
    if (isThere) this.at += text.length;
    return isThere;
  }
}

function codePiece(rest: string): Piece {
  const code = rest.codePointAt(0)!;
  return { code, length: String.fromCodePoint(code).length };
}

function meet(left: Characters | undefined, right: Characters): Characters {
  return left === undefined ? right : new Set([...right].filter((code) => left.has(code)));
}
