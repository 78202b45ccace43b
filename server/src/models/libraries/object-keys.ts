/** Entries of object literals, found by the text of their key. */
import type { ObjectEntry, ObjectExpression, Program } from '../../syntax/programs/program.ts';

export interface KeyedEntry {
  readonly object: ObjectExpression;
  readonly entry: ObjectEntry;
}

/** Every entry of that key, in source order; `key` is a plain identifier, or several with `|` between them. */
export function entriesWithKey(program: Program, key: string): KeyedEntry[] {
  return [...program.text.matchAll(new RegExp(`\\b(?:${key})\\b`, 'g'))].flatMap(({ index, 0: name }): KeyedEntry[] => {
    const expression = program.expressionAt(index);
    const object = expression?.kind === 'object' ? expression : expression?.parent;
    const entry =
      object?.kind === 'object'
        ? object.entries.find(({ keyRange }) => keyRange.start <= index && index < keyRange.end)
        : undefined;
    return object?.kind === 'object' && entry?.key === name && !entry.spread ? [{ object, entry }] : [];
  });
}

/** The key under which an object stands in another one. */
export function keyOf(object: ObjectExpression): KeyedEntry | undefined {
  const { parent } = object;
  const entry =
    parent?.kind === 'object'
      ? parent.entries.find(({ value, spread }) => !spread && value.range.start === object.range.start)
      : undefined;
  return parent?.kind === 'object' && entry ? { object: parent, entry } : undefined;
}
