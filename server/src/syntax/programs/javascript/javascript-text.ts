/** Text of JavaScript literals. */

/** Without the quotes; a half-typed literal may lack the closing one. */
export function unquoted(text: string): string {
  const quote = text[0] ?? '';
  return text.length > 1 && text.endsWith(quote) ? text.slice(1, -1) : text.slice(1);
}

const simpleEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  0: '\0',
};

/** The text that the literal stands for. */
export function cooked(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replaceAll(
    /\\(?:u\{([\da-fA-F]{1,6})\}|u([\da-fA-F]{4})|x([\da-fA-F]{2})|(\r\n|[\s\S]))/g,
    (_, braced: string | undefined, four: string | undefined, two: string | undefined, single: string | undefined) => {
      const hex = braced ?? four ?? two;
      if (hex !== undefined)
        return Number.parseInt(hex, 16) <= 0x10ffff ? String.fromCodePoint(Number.parseInt(hex, 16)) : '\ufffd';
      if (single === undefined || /^[\r\n\u2028\u2029]/.test(single)) return '';
      return simpleEscapes[single] ?? single;
    },
  );
}
