/** Which path patterns of static hosts cover which others, as far as their texts show it. */

/** Patterns that end in one of these cover everything below what stands before. */
const tails = [/\(\.\*\)\??$/, /\/?:[A-Za-z_]\w*(\*|\(\.\*\))$/, /\.\*\$?$/, /\*\*(\/\*)?$/, /\/\*$/];

/** Whether each path of `inner` is certainly one of `outer` too. */
export function covers(outer: string, inner: string): boolean {
  if (outer === inner) return true;
  const prefix = prefixOf(outer);
  if (prefix === undefined) return false;
  const rest = inner.replace(/^\^/, '');
  return prefix === '' || prefix === '/' || rest.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`);
}

/** The literal text before a pattern's open end; undefined when it has none, or other pattern signs before it. */
function prefixOf(source: string): string | undefined {
  const text = source.replace(/^\^/, '');
  const tail = tails.find((pattern) => pattern.test(text));
  const prefix = tail === undefined ? undefined : text.replace(tail, '');
  return prefix !== undefined && /^[\w/.-]*$/.test(prefix) ? prefix : undefined;
}
