/** Methods of known values, by the language's names for them. */
import type { Inner } from './inner-value.ts';
import type { Methods, Operation, Use } from './languages/value-language.ts';

/** Which tables hold what a value of this kind can do. What an environment variable holds may be anything. */
const tables: Partial<Record<Inner['kind'], readonly (keyof Methods)[]>> = {
  text: ['text'],
  request: ['text'],
  'origin-piece': ['text'],
  concatenation: ['text'],
  list: ['list'],
  segments: ['list'],
  dict: ['dict'],
  pattern: ['pattern'],
  boolean: ['text'],
  number: ['text'],
  environment: ['text', 'list', 'dict', 'pattern'],
};

/** `receiver.name(...values)`; undefined when the receiver has no method that is known here. */
export function methodCall(receiver: Inner, name: string, values: readonly Inner[], use: Use): Inner | undefined {
  return methodOf(receiver, name, use.language.methods)?.(receiver, values, use);
}

function methodOf(receiver: Inner, name: string, methods: Methods): Operation | undefined {
  for (const table of tables[receiver.kind] ?? []) if (Object.hasOwn(methods[table], name)) return methods[table][name];
  return undefined;
}
