/**
 * Languages whose programs are not read. Where one of them mentions CORS, "no findings" says nothing of it, and whoever asks
 * should hear that.
 */

/** After the last dot of the name, in lower case. */
export const unreadEndings: readonly string[] = [
  ...['groovy', 'clj'],
  ...['fs', 'vb', 'cshtml'],
  ...['pl', 'pm', 'lua'],
  ...['c', 'cc', 'cpp', 'h', 'hpp', 'zig', 'nim', 'cr'],
  ...['erl', 'gleam', 'hs', 'ml'],
  ...['swift', 'dart', 'jl'],
];

const endings = new Set(unreadEndings);

/** The ending with its dot (`.java`), where a file of it is a program that is not read. */
export function unreadEnding(path: string): string | undefined {
  const ending = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase();
  return ending !== undefined && endings.has(ending) ? `.${ending}` : undefined;
}

/**
 * CORS as a word of its own, or as a part of a name (`AddCors`, `CorsLayer`, `actix_cors`), not the beginning of another one
 * (`corsair`). All of it is ASCII, so that a text of bytes read as Latin-1 gives the same answer.
 */
const word = /[Aa]ccess-[Cc]ontrol-[Aa]llow-|@CrossOrigin\b|(?:\b|_)cors(?![a-z])|C(?:ORS|ors)(?![a-z])|\bCorsica\b/;

/** Whether a program of any language speaks of CORS. */
export function speaksOfCors(text: string): boolean {
  return word.test(text);
}
