/** What a mistyped name was meant to be. */
import { distance } from 'fastest-levenshtein';

/** Differs by at most two letters, whatever their case; undefined when none of the names is that near. */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  return nearestWithin(2, typed, names);
}

/** A guess that is only asked about ("Did you mean …?"): a third of the letters may differ. */
export function guessedName(typed: string, names: readonly string[]): string | undefined {
  return nearestWithin(Math.max(2, Math.floor(typed.length / 3)), typed, names);
}

function nearestWithin(most: number, typed: string, names: readonly string[]): string | undefined {
  let [nearest, least]: [string | undefined, number] = [undefined, most + 1];
  for (const name of names) {
    const letters = distance(typed.toLowerCase(), name.toLowerCase());
    if (letters < least) [nearest, least] = [name, letters];
  }
  return nearest;
}
