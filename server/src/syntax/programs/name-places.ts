/** Where names stand in the text of a program: the tree is asked for the node there only when somebody looks at it. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { SourceRange } from '../range.ts';
import type { Binding, Identifier } from './program.ts';

/** What is known of it is undefined until it is asked for. */
export interface Place {
  readonly start: number;
  readonly end: number;
  /** Null where the text is no name of its own: in a string, in a comment. */
  node?: SyntaxNode | null;
  /** Null where the name is declared there, or is none. */
  use?: Identifier | null;
  /** What the use is bound to; null where the file does not say. */
  binding?: Binding | null;
}

/** The source of a regular expression that matches this text alone. */
export function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}

/** Where the text holds this name as a whole word, in source order. */
export function placesOf(name: string, text: string): Place[] {
  const pattern = new RegExp(`(?<![\\p{ID_Continue}$])${escaped(name)}(?![\\p{ID_Continue}$])`, 'gu');
  const found: Place[] = [];
  for (const { index } of text.matchAll(pattern)) found.push({ start: index, end: index + name.length });
  return found;
}

/** Those of the places, which are in source order, that are wholly in the range. */
export function* placesWithin({ start, end }: SourceRange, places: readonly Place[]): Generator<Place> {
  let [first, behind] = [0, places.length];
  while (first < behind) {
    const middle = (first + behind) >> 1;
    if (places[middle]!.start < start) first = middle + 1;
    else behind = middle;
  }
  for (let at = first; at < places.length && places[at]!.end <= end; at++) yield places[at]!;
}

/** The pattern is about a literal's text; without its anchors it finds the places in the file that can hold one. */
export function anywhere({ source, flags }: RegExp): RegExp {
  const within = source.replace(/^\^(\\s\*)?/, '').replace(/(\\s\*)?\$$/, '');
  return new RegExp(within, flags.replace(/[gy]/g, '') + 'g');
}
