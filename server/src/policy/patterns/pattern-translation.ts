/**
 * Rewrites the regular expressions of other languages in JavaScript's syntax, where the two mean the same on origins.
 * An origin holds no line break and no character beyond ASCII, so that `m`, `s`, and what `\w` means in Unicode, do not matter.
 * `npm run test:dialects` asks the engines themselves.
 */
import { PatternReader } from './pattern-reader.ts';
import type { Pattern } from '../request-test.ts';

export interface JavaScriptPattern {
  readonly source: string;
  readonly flags: string;
}

/** Longest pattern that is read; a longer one is Unknown. */
const longestSource = 1000;

/** The same pattern in JavaScript, without the mode; undefined when it cannot be said exactly. */
export function toJavaScript(pattern: Pattern): JavaScriptPattern | undefined {
  if (pattern.source.length > longestSource) return undefined;
  const { dialect, source } = pattern;
  if (dialect === 'javascript')
    return { source, flags: [...pattern.flags].filter((flag) => 'imsuv'.includes(flag)).join('') };
  const whole = new PatternReader(source, dialect, pattern.flags, false).read();
  if (whole?.caseChanges !== true) return whole && { source: whole.text, flags: whole.ignoreCase ? 'i' : '' };
  // JavaScript has one setting for the whole pattern, so that each letter is written in both cases where they are equal.
  const parts = new PatternReader(source, dialect, pattern.flags, true).read();
  return parts && { source: parts.text, flags: '' };
}

/** Where the pattern is applied: JavaScript's `y` holds it to the start. */
export function modeOf(pattern: Pattern): Pattern['mode'] {
  return pattern.dialect === 'javascript' && pattern.mode === 'search' && pattern.flags.includes('y')
    ? 'prefix'
    : pattern.mode;
}
