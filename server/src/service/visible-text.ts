/**
 * Text of files as it may be shown: what a stranger wrote neither commands the place where it is read, nor hides in it, nor
 * fills it.
 */

/**
 * Controls of terminals (C0, DEL, C1), ends of lines, marks that turn the direction of writing or are not seen at all, and halves
 * of characters. https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
const unseenLetters =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;
const halfCharacters = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const unseen = new RegExp(`${unseenLetters.source}|${halfCharacters.source}`, 'g');
const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The text on one line, with what would not be seen written as an escape: `\n`, `\x1b`, `\u202e`. */
export function visible(text: string): string {
  return text.replaceAll(unseen, (letter) => {
    const code = letter.charCodeAt(0);
    return escapes[letter] ?? (code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : unicodeEscape(letter));
  });
}

/** Indented JSON of the same value, in which what would not be seen is an escape: JSON lets most of it stand as it is. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(unseen, (letter) =>
    letter === '\n' ? letter : unicodeEscape(letter),
  );
}

function unicodeEscape(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** At most so many UTF-16 units, begin and end kept: `https://aaaa … .example`. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = most - gap.length;
  const end = Math.floor(kept / 4);
  const [head, tail] = [text.slice(0, kept - end), text.slice(text.length - end)];
  // A pair is not taken apart.
  return head.replace(/[\ud800-\udbff]$/, '') + gap + tail.replace(/^[\udc00-\udfff]/, '');
}
const gap = ' … ';

/** In UTF-16 units, of each part of a message. */
const longestMessage = 1000;

/** Messages quote the text: on one line, with nothing that hides, and no longer than somebody reads. */
export function presentable(message: string): string {
  return visible(shortened(message, longestMessage));
}
