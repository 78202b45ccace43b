/**
 * The URL, or undefined where the text is none. Not `URL.canParse`: once optimised, Node 20's misreads Latin-1 text such
 * as `https://bücher.example`.
 */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
