/**
 * What keeps a pattern from matching any origin, each with the change that takes it away. Whether that helps is for the caller to
 * prove.
 */
import type { Pattern } from '../policy/request-test.ts';
import { isLoopbackHost } from '../policy/serialised-origin.ts';
import type { OriginProblem } from '../policy/serialised-origin.ts';

/** In the order in which they are tried, each on what the ones before it left. */
export const patternSteps: readonly (readonly [OriginProblem, (pattern: Pattern) => string])[] = [
  ['trailing-slash', withoutTrailingSlash],
  ['path', withoutPath],
  ['upper-case', inLowerCase],
  ['default-port', withoutDefaultPort],
  ['no-scheme', withScheme],
];

/** `^https://a\.example/$`. */
function withoutTrailingSlash(pattern: Pattern): string {
  const { source } = pattern;
  const found = /(?<!:|\/|\\|\[)(?:\\?\/|\[\/\])(\)*\$?\)*)$/.exec(source);
  if (!found) return source;
  const [slash, end = ''] = found;
  return ended(pattern, source.slice(0, -slash.length) + end);
}

/** `^https://a\.example/app$`, `^https://.*\.example/.*`. */
function withoutPath(pattern: Pattern): string {
  const { source } = pattern;
  const start = /:(?:\\?\/){2}/.exec(source);
  if (!start) return source;
  const from = start.index + start[0].length;
  let depth = 0;
  for (const { 0: piece, index } of source.slice(from).matchAll(/\\.|\[(?:\\.|[^\]\\])*\]|[\s\S]/g)) {
    if (piece === '(') depth++;
    else if (piece === ')') depth--;
    else if (depth === 0 && (piece === '/' || piece === '\\/')) return ended(pattern, source.slice(0, from + index));
  }
  return source;
}

/** A pattern that is searched for goes on where it is not told to end. */
function ended({ mode }: Pattern, source: string): string {
  return mode === 'full' || source.endsWith('$') ? source : `${source}$`;
}

/** Escapes such as `\S`, and the names of groups, keep their letters. */
function inLowerCase({ source, flags }: Pattern): string {
  if (flags.includes('i')) return source;
  return source.replaceAll(/\\[A-Za-z]|\(\?P?<\w+>|\(\?[A-Za-z]+\)|[A-Z]/g, (piece) =>
    piece.length === 1 ? piece.toLowerCase() : piece,
  );
}

function withoutDefaultPort({ source }: Pattern): string {
  return source.replaceAll(/\((?:\?:)?:(?:443|80)\)|:(?:443|80)(?!\d)/g, '');
}

/** `^(app|www)\.example\.com$`. A pattern that may begin anywhere needs none. */
function withScheme({ source, mode }: Pattern): string {
  const anchor = source.startsWith('^') ? '^' : '';
  if ((anchor === '' && mode === 'search') || /:(?:\\?\/){2}/.test(source)) return source;
  const body = source.slice(anchor.length).replace(/^(?:\\?\/){2}/, '');
  // The anchors of alternatives belong to one of them each.
  if (body.includes('|') && !body.includes('(')) return source;
  const scheme = isLoopbackHost(/^[\w.\\]*/.exec(body)![0].replaceAll('\\', '')) ? 'http' : 'https';
  return `${anchor}${scheme}://${body}`;
}
