/** Globs of the settings, compiled once. */
import picomatch from 'picomatch';

const compiled = new WeakMap<readonly string[], (path: string) => boolean>();

/** Whether one of the globs matches a path with forward slashes; files whose names begin with a dot count too. */
export function matchesAny(globs: readonly string[], path: string): boolean {
  if (globs.length === 0) return false;
  let matches = compiled.get(globs);
  if (!matches) compiled.set(globs, (matches = picomatch([...globs], { dot: true })));
  return matches(path);
}
