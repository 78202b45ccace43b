/** Sets of ASCII characters, and the text that JavaScript writes for one character of a set. */

/** The codes of the ASCII characters that match. */
export type Characters = ReadonlySet<number>;

export const every = where(/[\s\S]/);
export const digits = where(/\d/);
export const words = where(/\w/);
export const lines = where(/[\n\v\f\r]/);

export const posixClasses: Readonly<Record<string, Characters>> = {
  alnum: where(/[A-Za-z0-9]/),
  alpha: where(/[A-Za-z]/),
  ascii: every,
  blank: where(/[ \t]/),
  cntrl: where(/[\x00-\x1f\x7f]/),
  digit: digits,
  graph: where(/[!-~]/),
  lower: where(/[a-z]/),
  print: where(/[ -~]/),
  punct: where(/[!-/:-@[-`{-~]/),
  space: where(/\s/),
  upper: where(/[A-Z]/),
  word: words,
  xdigit: where(/[0-9A-Fa-f]/),
};
/** Java's names: of POSIX classes, of binary properties after `Is`, of methods of Character after `java`. */
export const javaProperties: Readonly<Record<string, string>> = {
  Lower: 'lower',
  Upper: 'upper',
  ASCII: 'ascii',
  Alpha: 'alpha',
  Digit: 'digit',
  Alnum: 'alnum',
  Punct: 'punct',
  Graph: 'graph',
  Print: 'print',
  Blank: 'blank',
  Cntrl: 'cntrl',
  XDigit: 'xdigit',
  Space: 'space',
  IsAlphabetic: 'alpha',
  IsLowercase: 'lower',
  IsUppercase: 'upper',
  IsDigit: 'digit',
  IsLetter: 'alpha',
  javaLowerCase: 'lower',
  javaUpperCase: 'upper',
  javaLetter: 'alpha',
  javaDigit: 'digit',
  javaLetterOrDigit: 'alnum',
};
export const generalCategory = /^(?:L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cfos]?)$/;

/** JavaScript's text for one character of the set. */
export function characterText(set: Characters): string {
  if (set.size === 0) return '[]';
  if (set.size === 1) return literalText([...set][0]!);
  const negated = set.size > 64;
  const members = negated ? [...every].filter((code) => !set.has(code)) : [...set].sort((left, right) => left - right);
  if (members.length === 0) return '[\\s\\S]';
  let text = '';
  for (let at = 0; at < members.length;) {
    let end = at;
    while (members[end + 1] === members[end]! + 1) end += 1;
    text +=
      end - at > 1
        ? `${inClass(members[at]!)}-${inClass(members[end]!)}`
        : members
            .slice(at, end + 1)
            .map(inClass)
            .join('');
    at = end + 1;
  }
  return `[${negated ? '^' : ''}${text}]`;
}

function literalText(code: number): string {
  const letter = String.fromCharCode(code);
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`;
  return /[\^$\\.*+?()[\]{}|/]/.test(letter) ? `\\${letter}` : letter;
}

function inClass(code: number): string {
  const letter = String.fromCharCode(code);
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`;
  return /[\]\\^[-]/.test(letter) ? `\\${letter}` : letter;
}

/** The characters that an ASCII letter stands for. */
export function charactersOf(code: number, flags: { readonly ignoreCase: boolean }): Characters {
  const own = new Set(code < 128 ? [code] : []);
  return flags.ignoreCase ? folded(own) : own;
}

/** With the other case of each letter. */
export function folded(set: Characters): Characters {
  const result = new Set(set);
  for (const code of set) if (/[a-z]/i.test(String.fromCharCode(code))) result.add(code ^ 0x20);
  return result;
}

/** Every other ASCII character. */
export function negated(set: Characters): Characters {
  return new Set([...every].filter((code) => !set.has(code)));
}

/** The ASCII characters that the pattern finds. */
export function where(pattern: RegExp): Characters {
  return new Set(
    Array.from({ length: 128 }, (_, code) => code).filter((code) => pattern.test(String.fromCharCode(code))),
  );
}
