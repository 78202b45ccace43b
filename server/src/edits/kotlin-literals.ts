/** How Kotlin writes the values that edits put into its programs. */
import type { Literals } from './literals.ts';
import { quoted } from './program-edits.ts';

/** Where texts stand that are no list by themselves. */
export type KotlinListPlace =
  /** One behind the other, as a method takes any number of them: `allowedOrigins("a", "b")`. */
  | 'arguments'
  /** An attribute of an annotation, which takes an array: `origins = ["a", "b"]`. */
  | 'annotation'
  /** A property or parameter of type `List`: `allowedOrigins = listOf("a", "b")`. */
  | 'collection';

const askedText =
  /^([\w.]+(?:\[\s*"[^"]*"\s*\]|\(\s*"[^"]*"\s*\))?)(?:!!)?\??\.(?:endsWith|startsWith|contains|equals|matches)\(/;
/** What makes a list or an array of the texts behind it. */
const maker =
  /^((?:[\w.]+\.)?(?:listOf|setOf|arrayOf|mutableListOf|mutableSetOf|arrayListOf|hashSetOf|of|asList))(?:<\w+>)?\(|^\[/;

/** A dollar sign begins a hole of the text. */
export function kotlinText(value: string, quote: string): string {
  return quoted(value, quote).replaceAll('$', '\\$');
}

/** Kotlin at a place where texts stand in one of these ways, which counts where no list is written yet. */
export function kotlinLiterals(place: KotlinListPlace): Literals {
  return {
    quote: () => '"',
    text: kotlinText,
    list: (values, quote, written = '') => {
      const row = values.map((value) => kotlinText(value, quote)).join(', ');
      const [found, made] = maker.exec(written) ?? [];
      if (made !== undefined) return `${made}(${row})`;
      if (found !== undefined || place === 'annotation') return `[${row}]`;
      return place === 'arguments' ? row : `listOf(${row})`;
    },
    no: place === 'annotation' ? '"false"' : 'false',
    comparison(written, origins, quote) {
      const subject = askedText.exec(written)?.[1];
      const tests = origins.map((origin) => `${subject} == ${kotlinText(origin, quote)}`);
      if (subject === undefined) return undefined;
      return tests.length === 1 ? tests[0] : `(${tests.join(' || ')})`;
    },
    holdsSeveral: (source, { start, end }) =>
      !/\b(?:add\w+|singleton\w*)\(\s*$/.test(source.slice(Math.max(0, start - 60), start)) ||
      !/^\s*\)/.test(source.slice(end, end + 20)),
  };
}
