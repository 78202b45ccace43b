/** The text of a header's value as it goes out: without the name before it in a line, and without blanks around it. */
import type { Value } from '../../values/value.ts';

type Text = Value & { readonly kind: 'text' };

/** What such a text, once evaluated, says of the header: without the name before it. */
export function withoutName(value: Value, before: string): Value {
  if (value.kind === 'text') return cut(value, before.length, value.text.length);
  if (value.kind === 'one-of')
    return { ...value, choices: value.choices.map((one) => ({ ...one, value: withoutName(one.value, before) })) };
  const [first, ...others] = value.kind === 'concatenation' ? value.parts : [];
  if (value.kind !== 'concatenation' || first?.kind !== 'text') return { kind: 'unknown', range: value.range };
  const rest = cut(first, before.length, first.text.length);
  const parts = rest.text === '' ? others : [rest, ...others];
  return parts.length === 1 ? parts[0]! : { ...value, parts };
}

/** Blanks around a value are no part of it. https://fetch.spec.whatwg.org/#concept-header-value-normalize */
export function withoutBlanks(value: Value): Value {
  if (value.kind === 'one-of')
    return { ...value, choices: value.choices.map((one) => ({ ...one, value: withoutBlanks(one.value) })) };
  if (value.kind !== 'text') return value;
  const start = value.text.length - value.text.trimStart().length;
  const end = value.text.trimEnd().length;
  return start === 0 && end === value.text.length ? value : cut(value, Math.min(start, end), end);
}

/** A literal without escapes is as long as its text, so that what is left has a place of its own in it. */
function cut(value: Text, start: number, end: number): Text {
  const { contentRange, quote: _, contentRange: __, ...rest } = value;
  const isPlain = contentRange !== undefined && contentRange.end - contentRange.start === value.text.length;
  const range = isPlain
    ? { ...contentRange, start: contentRange.start + start, end: contentRange.start + end }
    : value.range;
  return { ...rest, text: value.text.slice(start, end), range, ...(isPlain && { contentRange: range }) };
}
