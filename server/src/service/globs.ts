/** Globs of the settings, compiled once. */
import picomatch from 'picomatch';

type Matcher = (path: string) => boolean;

const compiled = new WeakMap<readonly string[], Matcher>();

/**
 * Whether the globs match a path with forward slashes; files whose names begin with a dot count too. As in `.gitignore` the last
 * one that says something decides: `!` takes back what an earlier one matches.
 */
export function matchesAny(globs: readonly string[], path: string): boolean {
  if (globs.length === 0) return false;
  let matches = compiled.get(globs);
  if (!matches) compiled.set(globs, (matches = compile(globs)));
  return matches(path);
}

/** Globs of one sign that follow one another are one step. */
function compile(globs: readonly string[]): Matcher {
  const steps: { readonly takesBack: boolean; readonly globs: string[] }[] = [];
  for (const glob of globs) {
    const takesBack = glob.startsWith('!') && !glob.startsWith('!(');
    const text = takesBack ? glob.slice(1) : glob;
    if (steps.at(-1)?.takesBack === takesBack) steps.at(-1)!.globs.push(text);
    else steps.push({ takesBack, globs: [text] });
  }
  const matchers = steps.map(({ takesBack, globs }) => ({ takesBack, matches: picomatch(globs, { dot: true }) }));
  return (path) => matchers.findLast(({ matches }) => matches(path))?.takesBack === false;
}
