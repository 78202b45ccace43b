/** Whether a text matches a pattern of the user's code, without giving the pattern a chance to run for long. */
import { analyse } from 'scslre';
import { BoundedCache } from '../bounded-cache.ts';
import { patternAccepts } from './pattern-language.ts';
import { modeOf, toJavaScript } from './pattern-translation.ts';
import type { Pattern } from '../request-test.ts';
import type { Ternary } from '../verdict.ts';

/** Longest text that a real regular expression is run on; an origin is at most a scheme, 253 characters and a port. */
const longestInput = 300;
const longestRunSource = 200;

const runnable = new BoundedCache<RegExp | undefined>(500);

/** Runs the pattern as an automaton; as a real `RegExp` only where its time is proven linear; else `unknown`. */
export function matchesPattern(pattern: Pattern, text: string): Ternary {
  if (/^[\x20-\x7e]*$/.test(text)) {
    const accepted = patternAccepts(pattern, text);
    if (accepted !== undefined) return accepted;
  } else if (pattern.dialect !== 'javascript') {
    // Patterns of other languages are translated for printable ASCII only.
    return 'unknown';
  }
  if (text.length > longestInput) return 'unknown';
  return linearRegExp(pattern)?.test(text) ?? 'unknown';
}

function linearRegExp(pattern: Pattern): RegExp | undefined {
  const key = [pattern.dialect, pattern.mode, pattern.flags, pattern.source].join(' ');
  return runnable.get(key, () => compileLinear(pattern));
}

function compileLinear(pattern: Pattern): RegExp | undefined {
  const translated = toJavaScript(pattern);
  if (translated === undefined || translated.source.length > longestRunSource) return undefined;
  // The analysis does not see what back references cost, nor what counted repetitions multiply.
  if (/\\[1-9k]|\{\d*\d{2,}|\{\d*,\d{2,}/.test(translated.source)) return undefined;
  const source = {
    search: translated.source,
    prefix: `^(?:${translated.source})`,
    full: `^(?:${translated.source})$`,
  }[modeOf(pattern)];
  if (modeOf(pattern) !== 'search' && translated.flags.includes('m')) return undefined;
  try {
    const reports = analyse({ source, flags: translated.flags }, { maxReports: 1 }).reports;
    return reports.length === 0 ? new RegExp(source, translated.flags) : undefined;
  } catch {
    // Not a regular expression, or too large to be analysed.
    return undefined;
  }
}
