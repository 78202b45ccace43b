/** What a reader of patterns puts together: elements in JavaScript's syntax, with what is known of how they match. */

/** One element with its quantifier, in JavaScript. */
export interface Item {
  readonly text: string;
  /** How many characters it may take. */
  readonly min: number;
  readonly max: number;
  /** From one place it can end at one place at the most. */
  readonly rigid: boolean;
  readonly isAnchor?: boolean;
  /** What was repeated as often as possible, and without its quantifier ends at one place only. */
  readonly repeated?: { readonly item: Item; readonly min: number; readonly max: number };
}
export type Alternative = readonly Item[];

/** Thrown where the pattern has no equal in JavaScript, or is an error in its own language. */
export class NotTranslated extends Error {}

export function character(text: string): Item {
  return { text, min: 1, max: 1, rigid: true };
}

export function anchor(text: string): Item {
  return { text, min: 0, max: 0, rigid: true, isAnchor: true };
}

export function textOf(alternatives: readonly Alternative[]): string {
  return alternatives.map((items) => items.map(({ text }) => text).join('')).join('|');
}

export function widthOf(items: Alternative): { readonly min: number; readonly max: number } {
  return items.reduce((whole, item) => ({ min: whole.min + item.min, max: whole.max + item.max }), { min: 0, max: 0 });
}

export function grouped(opening: string, alternatives: readonly Alternative[]): Item {
  const widths = alternatives.map(widthOf);
  const [min, max] = [Math.min(...widths.map((one) => one.min)), Math.max(...widths.map((one) => one.max))];
  return {
    text: `${opening}${textOf(alternatives)})`,
    min,
    max,
    rigid: min === max || (alternatives.length === 1 && alternatives[0]!.every(({ rigid }) => rigid)),
  };
}

/** `a++` takes as many as there are and gives none back: no further one follows. */
export function possessive(item: Item, min: number, max: number): Item {
  if (!item.rigid || item.min === 0) throw new NotTranslated();
  const none = `(?!${item.text})`;
  const width = { min: item.min * min, max: item.max * max, rigid: true };
  if (max === Infinity) return { text: `(?:${item.text}{${min},}${none})`, ...width };
  if (min === max) return { text: `${item.text}{${min}}`, ...width };
  return { text: `(?:${item.text}{${max}}|${item.text}{${min},${max - 1}}${none})`, ...width };
}

/** `(?>a|b)`: the first alternative that fits is kept, in the way in which it fits first. */
export function atomic(alternatives: readonly Alternative[]): Item {
  const kept = alternatives.map((items): Alternative => {
    const last = items.at(-1)?.repeated;
    return last === undefined ? items : [...items.slice(0, -1), possessive(last.item, last.min, last.max)];
  });
  if (!kept.every((items) => items.every(({ rigid }) => rigid))) throw new NotTranslated();
  const whole = grouped('(?:', kept);
  if (whole.min === whole.max) return whole;
  const refusing = kept.map((items, index): Alternative =>
    index === 0 ? items : [anchor(`(?!${textOf(kept.slice(0, index))})`), ...items],
  );
  return { ...grouped('(?:', refusing), rigid: true };
}
