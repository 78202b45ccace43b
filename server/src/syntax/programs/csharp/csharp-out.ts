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
  if (!call || !callee || !first || !object) return made({ kind: 'unknown' }, {});
  const given = named(first)[0];
  if (/\.\s*TryGetValue$/.test(callee.text))
    return made(
      { kind: 'index' },
      { object: () => reader.expression(object, callee), index: () => reader.expression(given, first) },
    );
  if (!/^(System\.)?Uri\s*\.\s*TryCreate$/.test(callee.text)) return made({ kind: 'unknown' }, {});
  return made(
    { kind: 'call', isNew: true, argumentsRange: rangeOf(first) },
    {
      callee: () => reader.expression(object, callee),
      arguments: () => [{ value: reader.expression(given, first), spread: false, range: rangeOf(first) }],
    },
  );
}
