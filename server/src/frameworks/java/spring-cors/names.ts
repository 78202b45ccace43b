/** What a program hands to Spring: properties, and texts that hold several values. */
import type { Environment, Text, Value } from '../../../values/value.ts';

/**
 * What the program hands over, as Spring takes it: `${name:fallback}` is a property, and since 6.0 a text with commas is several origins.
 */
export function asTaken(
  value: Value,
  splitsCommas: boolean,
  settle: (property: Environment) => Value | undefined = () => undefined,
): Value {
  const settled = (one: Value): Value => {
    const written = one.kind === 'text' ? placeholder(one) : one;
    return (written !== one && written.kind === 'environment' ? settle(written) : undefined) ?? written;
  };
  if (value.kind !== 'list') return settled(value);
  const items = value.items
    .map(settled)
    .flatMap((item) => (splitsCommas && item.kind === 'text' ? pieces(item) : [item]));
  const [only] = items;
  // A property by itself may be open without a value, which a list of it would hide.
  if (only?.kind === 'environment' && items.length === 1) return only;
  return { ...value, items };
}

function placeholder(text: Text): Value {
  const [, name, fallback] = /^\$\{([^{}:]+)(?::([^{}]*))?\}$/.exec(text.text) ?? [];
  if (name === undefined) return text.text.includes('${') || text.text.startsWith('#{') ? unread(text) : text;
  const { range } = text;
  return {
    kind: 'environment',
    name,
    range,
    ...(fallback !== undefined && { fallback: { kind: 'text', text: fallback, range } }),
  };
}

function unread({ range }: Text): Value {
  return { kind: 'unknown', range };
}

/** The origins between the commas, but for commas of a list of ports. */
function pieces(text: Text): Value[] {
  const found = [...text.text.matchAll(/(?:\[[^\]]*\]|[^,])+/g)];
  if (found.length < 2) return [text];
  const { contentRange } = text;
  // Where nothing is escaped, a piece stands in the source as it is.
  const isPlain = contentRange !== undefined && contentRange.end - contentRange.start === text.text.length;
  return found.map(({ 0: whole, index }) => {
    const piece = whole.trim();
    if (!isPlain) return { kind: 'text', text: piece, range: text.range };
    const start = contentRange.start + index + whole.indexOf(piece);
    const range = { ...contentRange, start, end: start + piece.length };
    return { kind: 'text', text: piece, range, contentRange: range };
  });
}
