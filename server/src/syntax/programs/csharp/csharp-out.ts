/** What a method writes into a variable that is declared in the call: `Uri.TryCreate(text, UriKind.Absolute, out var uri)`. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Expression } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from './csharp-text.ts';

/**
 * `dictionary.TryGetValue(key, out var value)` writes `dictionary[key]`, `Uri.TryCreate(text, …, out var uri)` writes `new Uri(text)`;
 * what other methods write is not known.
 */
export function writtenOut(declared: SyntaxNode, reader: Reader): Expression {
  const call = declared.parent?.parent?.parent;
  const callee = call?.type === 'invocation_expression' ? call.childForFieldName('function') : null;
  const [first] = named(call?.childForFieldName('arguments'));
  const object = callee?.childForFieldName('expression') ?? callee?.childForFieldName('condition');
  const made = (known: Parameters<Reader['made']>[2], later: Parameters<Reader['made']>[3]): Expression =>
    reader.made(declared, rangeOf(declared), known, later) as Expression;
  if (!call || !callee || !first) return made({ kind: 'unknown' }, {});
  if (!object) return madeOf(named(call.childForFieldName('arguments')), declared, reader);
  const given = named(first)[0];
  if (/\.\s*TryGetValue$/.test(callee.text))
    return made(
      { kind: 'index' },
      { object: () => reader.expression(object, callee), index: () => reader.expression(given, first) },
    );
  if (!/^(System\.)?Uri\s*\.\s*TryCreate$/.test(callee.text))
    return madeOf([object, ...named(call.childForFieldName('arguments'))], declared, reader);
  return made(
    { kind: 'call', isNew: true, argumentsRange: rangeOf(first) },
    {
      callee: () => reader.expression(object, callee),
      arguments: () => [{ value: reader.expression(given, first), spread: false, range: rangeOf(first) }],
    },
  );
}

/** Something that is not known, and is made of these: who looks at it may have looked at them. */
export function madeOf(parts: readonly SyntaxNode[], declared: SyntaxNode, reader: Reader): Expression {
  const others = parts
    .map((part) => (part.type === 'argument' ? (named(part)[0] ?? part) : part))
    .filter(({ id, type }) => id !== declared.id && type !== 'declaration_expression');
  return reader.made(
    declared,
    rangeOf(declared),
    { kind: 'call', isNew: false, argumentsRange: rangeOf(declared) },
    {
      callee: () => reader.made(declared, rangeOf(declared), { kind: 'unknown' }),
      arguments: () =>
        others.map((part) => ({ value: reader.expression(part, declared), spread: false, range: rangeOf(part) })),
    },
  ) as Expression;
}
