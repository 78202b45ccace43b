/** Reads a regular expression of another language from left to right and writes it in JavaScript's syntax. */
import type { Characters } from './character-sets.ts';
import { charactersOf, characterText } from './character-sets.ts';
import { classAt, escapedCharacter } from './pattern-characters.ts';
import type { Flags, OtherDialect } from './pattern-characters.ts';
import { anchor, atomic, character, grouped, NotTranslated, possessive, textOf, widthOf } from './pattern-items.ts';
import type { Alternative, Item } from './pattern-items.ts';

export interface ReadPattern {
  readonly text: string;
  /** Letters of both cases are equal, in the whole pattern. */
  readonly ignoreCase: boolean;
  /** They are equal in a part of the pattern only. */
  readonly caseChanges: boolean;
}

/** Letters of `(?…)` that may be read; of these, only `i` and `x` change which origins match. */
const flagLetters: Readonly<Record<OtherDialect, string>> = {
  python: 'aimsux',
  pcre: 'imsxUJn',
  go: 'imsU',
  java: 'imsxudU',
  dotnet: 'imsnx',
};
/** How a group with a name begins; elsewhere the pattern is an error. */
const namedGroup: Readonly<Record<OtherDialect, RegExp>> = {
  python: /^\(\?P<([A-Za-z_]\w*)>/,
  pcre: /^\(\?(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/,
  go: /^\(\?P?<([A-Za-z_]\w*)>/,
  java: /^\(\?<([A-Za-z][A-Za-z0-9]*)>/,
  dotnet: /^\(\?(?:<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/,
};
const ends: Readonly<Record<OtherDialect, string>> = { python: 'Z', go: 'z', pcre: 'Zz', java: 'Zz', dotnet: 'Zz' };
/** Go refuses to repeat more often. */
const mostRepeats: Readonly<Partial<Record<OtherDialect, number>>> = { go: 1000, pcre: 65535 };
const deepestGroup = 100;

export class PatternReader {
  private at = 0;
  private depth = 0;
  private behind = 0;
  private caseChanges = false;
  private ignoreCase = false;
  private readonly names = new Set<string>();

  /** `writeCases`: both cases of a letter are written where they are equal, in place of JavaScript's flag. */
  constructor(
    private readonly source: string,
    private readonly dialect: OtherDialect,
    private readonly letters: string,
    private readonly writeCases: boolean,
  ) {}

  /** Undefined when the pattern cannot be said exactly. */
  read(): ReadPattern | undefined {
    try {
      const flags = changed(
        { ignoreCase: false, spaced: false, spacedClasses: false, unicodeClasses: false },
        this.letters,
        '',
        this.dialect,
      );
      this.ignoreCase = flags.ignoreCase;
      const alternatives = this.alternatives(flags);
      if (this.at < this.source.length) return undefined;
      // Beyond ASCII, letters fold differently in each language, and PCRE may read bytes.
      if (/[^\x00-\x7f]/.test(this.source) && (this.ignoreCase || this.caseChanges || this.dialect === 'pcre'))
        return undefined;
      return { text: textOf(alternatives), ignoreCase: this.ignoreCase, caseChanges: this.caseChanges };
    } catch (error) {
      if (error instanceof NotTranslated) return undefined;
      throw error;
    }
  }

  /** Up to the end of the group; a setting inside it holds until there. */
  private alternatives(start: Flags): Alternative[] {
    let flags = start;
    const found: Item[][] = [[]];
    if (++this.depth > deepestGroup) throw new NotTranslated();
    while (this.at < this.source.length && this.source[this.at] !== ')') {
      if (this.skipped(flags)) continue;
      if (this.source[this.at] === '|') {
        this.at += 1;
        found.push([]);
        continue;
      }
      const setting = this.setting(flags);
      if (setting !== undefined) flags = setting;
      else found.at(-1)!.push(...this.element(flags));
    }
    this.depth -= 1;
    return found;
  }

  /** White space and comments that mean nothing. */
  private skipped(flags: Flags): boolean {
    const [text] = (flags.spaced ? /^(?:\s+|#[^\n]*\n?)/.exec(this.rest()) : null) ??
      (this.dialect === 'python' || this.dialect === 'pcre' || this.dialect === 'dotnet'
        ? /^\(\?#[^)]*\)/.exec(this.rest())
        : null) ?? [''];
    this.at += text.length;
    return text !== '';
  }

  /** `(?i)`: a setting for what follows. */
  private setting(flags: Flags): Flags | undefined {
    const [text, caret, on, off] = /^\(\?(\^?)([a-zA-Z]*)(?:-([a-zA-Z]*))?\)/.exec(this.rest()) ?? [];
    if (text === undefined || (this.dialect === 'pcre' && /^\(\?R\)/.test(text))) return undefined;
    if (
      caret === '^'
        ? this.dialect !== 'pcre' || off !== undefined
        : on === '' && off === undefined && this.dialect !== 'pcre'
    )
      throw new NotTranslated();
    // Python has settings for the whole pattern only, at its start.
    if (this.dialect === 'python' && (this.at > 0 || off !== undefined)) throw new NotTranslated();
    const after = changed(caret === '^' ? plain(flags) : flags, on!, off ?? '', this.dialect);
    this.noteCase(flags, after, this.at === 0);
    this.at += text.length;
    return after;
  }

  private noteCase(before: Flags, after: Flags, isWhole: boolean): void {
    if (before.ignoreCase === after.ignoreCase) return;
    if (isWhole) this.ignoreCase = after.ignoreCase;
    else this.caseChanges = true;
  }

  /** An element with its quantifier; several for a quotation. */
  private element(flags: Flags): Item[] {
    const items = this.unquantified(flags);
    while (this.skipped(flags));
    const last = items.at(-1);
    let item = last;
    for (let quantifier = this.quantifier(); quantifier !== undefined; quantifier = this.quantifier()) {
      if (item === undefined) throw new NotTranslated();
      // A quantifier on a quantifier is an error almost everywhere, and means something else in Java.
      if (item !== last) throw new NotTranslated();
      item = this.repeat(item, quantifier);
      while (this.skipped(flags));
    }
    return item === undefined ? items : [...items.slice(0, -1), item];
  }

  private unquantified(flags: Flags): Item[] {
    const rest = this.rest();
    switch (rest[0]) {
      case '\\':
        return this.escaped(rest, flags);
      case '[': {
        const read = classAt(rest, this.dialect, this.characterFlags(flags));
        if (read === undefined) throw new NotTranslated();
        this.at += read.length;
        return [character(characterText(read.set))];
      }
      case '(':
        return [this.group(rest, flags)];
      case '.':
        this.at += 1;
        return [character('.')];
      case '^':
      case '$':
        this.at += 1;
        return [anchor(rest[0])];
      case '*':
      case '+':
      case '?':
        throw new NotTranslated();
      case '{':
        // A brace that counts nothing is a letter, or an error.
        if (this.dialect === 'java' || this.counted(rest) !== undefined) throw new NotTranslated();
        return [this.letter(rest, flags)];
      default:
        return [this.letter(rest, flags)];
    }
  }

  private letter(rest: string, flags: Flags): Item {
    const code = rest.codePointAt(0)!;
    this.at += String.fromCodePoint(code).length;
    return character(characterText(this.charactersOf(code, flags)));
  }

  private charactersOf(code: number, flags: Flags): Characters {
    // Beyond ASCII, letters fold differently in each language.
    if (code > 127 && (flags.ignoreCase || this.dialect === 'pcre')) throw new NotTranslated();
    return charactersOf(code, this.characterFlags(flags));
  }

  /** What single characters see of the settings. */
  private characterFlags(flags: Flags): Flags {
    return this.writeCases ? flags : { ...flags, ignoreCase: flags.ignoreCase && this.ignoreCase };
  }

  private escaped(rest: string, flags: Flags): Item[] {
    const letter = rest[1] ?? '';
    const quotes = this.dialect === 'pcre' || this.dialect === 'go' || this.dialect === 'java';
    if (letter === 'Q' && quotes) return this.quoted(rest, flags);
    const anchored = this.anchorEscape(letter, rest);
    if (anchored !== undefined) {
      this.at += 2;
      return anchored === '' ? [] : [anchor(anchored)];
    }
    if (letter === 'R' && (this.dialect === 'pcre' || this.dialect === 'java')) {
      this.at += 2;
      return [{ text: '(?:\\r\\n|[\\n\\v\\f\\r])', min: 1, max: 2, rigid: true }];
    }
    const piece = escapedCharacter(rest, this.dialect, this.characterFlags(flags), false);
    if (piece === undefined) throw new NotTranslated();
    this.at += piece.length;
    return [character(characterText('set' in piece ? piece.set : this.charactersOf(piece.code, flags)))];
  }

  /** `\A`, `\Z`, `\z`: without line breaks in the text they are `^` and `$`. */
  private anchorEscape(letter: string, rest: string): string | undefined {
    if (letter === 'A') return '^';
    if (letter !== '' && ends[this.dialect].includes(letter)) return '$';
    if (letter === 'b') return rest[2] === '{' ? undefined : '\\b';
    // Python finds no place inside of an empty text.
    if (letter === 'B')
      return this.dialect === 'python' ? '(?:\\B(?=[\\s\\S])|\\B(?<=[\\s\\S]))' : rest[2] === '{' ? undefined : '\\B';
    // The first search begins at the start.
    if (letter === 'G' && this.dialect !== 'python' && this.dialect !== 'go') return '^';
    if (letter === 'K' && this.dialect === 'pcre' && this.behind === 0) return '';
    return letter === 'E' && this.dialect === 'pcre' ? '' : undefined;
  }

  /** `\Q…\E` takes everything in it literally. */
  private quoted(rest: string, flags: Flags): Item[] {
    const end = rest.indexOf('\\E', 2);
    const items = [...rest.slice(2, end === -1 ? undefined : end)].map((letter) =>
      character(characterText(this.charactersOf(letter.codePointAt(0)!, flags))),
    );
    this.at += end === -1 ? rest.length : end + 2;
    return items;
  }

  private group(rest: string, flags: Flags): Item {
    if (rest[1] === '*' && this.dialect === 'pcre') throw new NotTranslated();
    if (rest[1] !== '?') return this.body(1, '(', flags);
    const named = namedGroup[this.dialect].exec(rest);
    if (named) {
      this.name(named[1] ?? named[2]!);
      // Names do not matter for the language.
      return this.body(named[0].length, '(', flags);
    }
    const [scoped, caret, on, off] = /^\(\?(\^?)([a-zA-Z]*)(?:-([a-zA-Z]+))?:/.exec(rest) ?? [];
    if (scoped !== undefined) {
      if (caret === '^' && this.dialect !== 'pcre') throw new NotTranslated();
      const inside = changed(caret === '^' ? plain(flags) : flags, on!, off ?? '', this.dialect);
      this.noteCase(flags, inside, false);
      return this.body(scoped.length, '(?:', inside);
    }
    if (rest.startsWith('(?|') && this.dialect === 'pcre') return this.body(3, '(?:', flags);
    const around = this.dialect === 'go' ? undefined : /^\(\?<?[=!]/.exec(rest)?.[0];
    if (around !== undefined) return this.lookaround(around, flags);
    if (rest.startsWith('(?>') && this.dialect !== 'go') return atomic(this.inside(3, flags));
    throw new NotTranslated();
  }

  private name(name: string): void {
    if (this.names.has(name) && this.dialect !== 'dotnet') throw new NotTranslated();
    this.names.add(name);
  }

  private lookaround(opening: string, flags: Flags): Item {
    this.behind += 1;
    const alternatives = this.inside(opening.length, flags);
    this.behind -= 1;
    const widths = alternatives.map(widthOf);
    const isFixed = widths.every(({ min, max }) => min === max && (this.dialect === 'pcre' || min === widths[0]!.min));
    if (opening.startsWith('(?<') && (this.dialect === 'python' || this.dialect === 'pcre') && !isFixed)
      throw new NotTranslated();
    return anchor(`${opening}${textOf(alternatives)})`);
  }

  private body(length: number, opening: string, flags: Flags): Item {
    return grouped(opening, this.inside(length, flags));
  }

  private inside(length: number, flags: Flags): Alternative[] {
    this.at += length;
    const alternatives = this.alternatives(flags);
    if (this.source[this.at] !== ')') throw new NotTranslated();
    this.at += 1;
    return alternatives;
  }

  private quantifier():
    { readonly min: number; readonly max: number; readonly text: string; readonly suffix: string } | undefined {
    const rest = this.rest();
    const counted =
      rest[0] === '{'
        ? this.counted(rest)
        : /^[*+?]/.test(rest)
          ? { text: rest[0]!, length: 1, min: rest[0] === '+' ? 1 : 0, max: rest[0] === '?' ? 1 : Infinity }
          : undefined;
    if (counted === undefined) return undefined;
    const suffix = /^[?+]/.exec(rest.slice(counted.length))?.[0] ?? '';
    if (suffix === '+' && (this.dialect === 'go' || this.dialect === 'dotnet')) throw new NotTranslated();
    this.at += counted.length + suffix.length;
    return { ...counted, suffix };
  }

  private counted(
    rest: string,
  ): { readonly min: number; readonly max: number; readonly text: string; readonly length: number } | undefined {
    const [whole, from, comma, to] =
      (this.dialect === 'python' ? /^\{(\d*)(,?)(\d*)\}/ : /^\{(\d+)(,?)(\d*)\}/).exec(rest) ?? [];
    if (whole === undefined || whole === '{}' || (comma === '' && to !== '')) return undefined;
    const min = Number(from || 0);
    const max = comma === '' ? min : to === '' ? Infinity : Number(to);
    const most = mostRepeats[this.dialect] ?? Infinity;
    if (min > most || (max !== Infinity && (max > most || max < min))) throw new NotTranslated();
    return { min, max, text: `{${min}${comma === '' ? '' : `,${max === Infinity ? '' : max}`}}`, length: whole.length };
  }

  private repeat(
    item: Item,
    {
      min,
      max,
      text,
      suffix,
    }: { readonly min: number; readonly max: number; readonly text: string; readonly suffix: string },
  ): Item {
    const of = item.isAnchor ? { ...item, text: `(?:${item.text})`, isAnchor: false } : item;
    if (
      item.isAnchor &&
      (this.dialect === 'python' || this.dialect === 'pcre' || this.dialect === 'dotnet') &&
      !/^\(\?<?[=!]/.test(item.text)
    )
      throw new NotTranslated();
    // Java ends a counted repetition at its first empty round.
    if (this.dialect === 'java' && !item.isAnchor && item.min === 0 && max > 1 && max !== Infinity)
      throw new NotTranslated();
    if (suffix === '+') return possessive(of, min, max);
    const widths = { min: of.min * min, max: max === 0 || of.max === 0 ? 0 : of.max * max };
    return {
      text: of.text + text + suffix,
      ...widths,
      rigid: widths.min === widths.max,
      ...(suffix === '' && of.rigid && of.min > 0 && { repeated: { item: of, min, max } }),
    };
  }

  private rest(): string {
    return this.source.slice(this.at);
  }
}

function changed(flags: Flags, on: string, off: string, dialect: OtherDialect): Flags {
  if (![...on, ...off].every((letter) => flagLetters[dialect].includes(letter))) throw new NotTranslated();
  const now = (letter: string, before: boolean): boolean =>
    off.includes(letter) ? false : on.includes(letter) || before;
  const spaced = now('x', flags.spaced);
  return {
    ignoreCase: now('i', flags.ignoreCase),
    spaced,
    spacedClasses: spaced && (dialect === 'java' || on.includes('xx') || flags.spacedClasses),
    unicodeClasses: dialect === 'java' && now('U', flags.unicodeClasses),
  };
}

function plain(flags: Flags): Flags {
  return { ...flags, ignoreCase: false, spaced: false, spacedClasses: false };
}
