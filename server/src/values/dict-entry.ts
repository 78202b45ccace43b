/** One setting of an object or dictionary. */
import type { DictEntry, Value } from './value.ts';

/** The entry with this key; undefined for what is no dictionary, too. */
export function dictEntry(value: Value | undefined, name: string): DictEntry | undefined {
  return value?.kind === 'dict' ? value.entries.find(({ key }) => key === name) : undefined;
}

/** Whether it is written there and true. */
export function isTrue(value: Value | undefined, name: string): boolean {
  const entry = dictEntry(value, name)?.value;
  return entry?.kind === 'boolean' && entry.value;
}

/** Whether it is written there, and not as a plain false: whatever else it is may be true. */
export function mayBeTrue(value: Value | undefined, name: string): boolean {
  const entry = dictEntry(value, name)?.value;
  return entry !== undefined && !(entry.kind === 'boolean' && !entry.value);
}

/** Whether it is written there as the text `*`. */
export function isStar(value: Value | undefined, name: string): boolean {
  const entry = dictEntry(value, name)?.value;
  return entry?.kind === 'text' && entry.text === '*';
}
