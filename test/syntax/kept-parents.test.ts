/** The parents that are kept of nodes are those of the tree, in whatever order they are asked for. */
import assert from 'node:assert/strict';
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { nodeHost } from '../../server/src/node/host.ts';
import { createGrammars } from '../../server/src/syntax/programs/grammar.ts';
import type { GrammarName } from '../../server/src/syntax/programs/grammar-source.ts';

const grammars = createGrammars((name) => nodeHost().loadGrammar(name));
const chain = Array.from({ length: 30 }, (_, at) => `if (o === '${at}') { f(${at}); }`).join(' else ');
const samples: readonly (readonly [GrammarName, string])[] = [
  ['javascript', `f((a) => [g(a), () => h()]);\n${chain}`],
  ['javascript', 'f((a) => [g(a), () => h('],
  ['python', 'def f(o):\n    if o in [1, 2]:\n        return g(o)\n    elif'],
  ['kotlin', 'fun f(o: String) = when (o) { "a" -> g() ; else -> h { it.x } '],
  ['scala', 'class A {\n  def f(o: String) = o match {\n    case "a" => g(_)\n    case _ =>\n  }\n'],
  ['elixir', 'defmodule A do\n  def f("a"), do: g()\n  def f(o) when o in @a do\n    o |> g(fn x -> x end)\n'],
];

/** Each node with the one that has it among its children. */
function withParents(root: SyntaxNode): [SyntaxNode, SyntaxNode | null][] {
  const found: [SyntaxNode, SyntaxNode | null][] = [[root, null]];
  for (const [node] of found) for (const child of node.children) if (child) found.push([child, node]);
  return found;
}

describe('parents of nodes', () => {
  for (const [name, text] of samples)
    it(`are those of the tree: ${name} ${text.slice(0, 20)}`, async () => {
      const grammar = await grammars.get(name);
      const stride = 7;
      const orders: ((nodes: [SyntaxNode, SyntaxNode | null][]) => [SyntaxNode, SyntaxNode | null][])[] = [
        (nodes) => nodes,
        (nodes) => nodes.toReversed(),
        (nodes) => nodes.map((_, at) => nodes[(at * stride) % nodes.length]!),
      ];
      for (const order of orders) {
        const tree = grammar.parse(text);
        // What stands at no text of its own is found by the tree itself, which may give another node of the same place.
        for (const [node, parent] of order(withParents(tree.rootNode)))
          if (node.startIndex < node.endIndex) assert.equal(node.parent?.id, parent?.id, node.toString());
        tree.delete();
      }
    });
});
