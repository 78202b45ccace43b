/** Guesses what a mistyped name was meant to be. */
import { closest, distance } from 'fastest-levenshtein';

/** The most similar name; undefined when none is near enough to be meant. */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const nearest = closest(typed, names);
  return distance(typed, nearest) <= Math.max(2, Math.floor(typed.length / 3)) ? nearest : undefined;
}
