/** `try` as languages with braces have it: a block, what catches errors, and what is done in any case. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Node } from './program.ts';
import type { Reader } from './reader.ts';
import { rangeOf } from './reader.ts';

/**
 * `handlers` and `finalizer` are the blocks of these clauses. What a language does before the body stands beside it.
 * `body`: where the grammar has no field of that name.
 */
export function loweredTry(
  node: SyntaxNode,
  handlers: () => readonly SyntaxNode[],
  finalizer: () => SyntaxNode | null | undefined,
  reader: Reader,
  body: SyntaxNode | null | undefined = node.childForFieldName('body'),
): Node {
  return reader.lazy(
    node,
    { kind: 'try' },
    {
      body: () => (body ? reader.lower(body) : reader.made(node, rangeOf(node), { kind: 'block', statements: [] })),
      handler: () => {
        const found = handlers();
        return found.length < 2 ? found[0] && reader.lower(found[0]) : eitherOf(found, node, reader);
      },
      finalizer: () => {
        const block = finalizer();
        return block ? reader.lower(block) : undefined;
      },
    },
  );
}

/** Which of several handlers runs is not known. */
function eitherOf(handlers: readonly SyntaxNode[], node: SyntaxNode, reader: Reader): Node {
  const range = { start: handlers[0]!.startIndex, end: handlers.at(-1)!.endIndex };
  const statement = handlers.reduceRight<Node | undefined>((alternate, handler) => {
    const consequent = reader.statement(handler);
    if (!alternate) return consequent;
    const test = reader.made(node, range, { kind: 'unknown' });
    return reader.made(node, rangeOf(handler), { kind: 'if', test, consequent, alternate });
  }, undefined);
  return reader.made(node, range, { kind: 'block', statements: [statement] });
}
