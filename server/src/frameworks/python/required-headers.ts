/** Request headers that API Gateway's clients send, which libraries for AWS Lambda always allow. */
import { dictEntry } from '../../values/dict-entry.ts';
import type { Dict, Value } from '../../values/value.ts';

const required = ['Authorization', 'Content-Type', 'X-Amz-Date', 'X-Amz-Security-Token', 'X-Api-Key'];

/** The options, with these among the headers that the option names, in the order of the alphabet. */
export function withRequiredHeaders(options: Dict, option: string): Dict {
  const written = dictEntry(options, option);
  if (written?.value.kind !== 'list') return options;
  const { items, range } = written.value;
  const named = new Set(items.map(nameOf));
  const others = required.filter((name) => !named.has(name)).map((text): Value => ({ kind: 'text', text, range }));
  const value: Value = {
    ...written.value,
    items: [...items, ...others].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1)),
  };
  return { ...options, entries: options.entries.map((entry) => (entry === written ? { ...entry, value } : entry)) };
}

function nameOf(value: Value): string {
  return value.kind === 'text' ? value.text : '';
}
