/** Where a node of an Elixir tree stands: everything is an expression there, and what ends a function is its result. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { keptByNode } from '../kept-by-node.ts';
import type { OfNode } from '../kept-by-node.ts';
import { named } from '../named-children.ts';
import type { SourceRange } from '../../range.ts';
import { isChoice, isDefinition, isModule, keyOf, whole } from './elixir-forms.ts';

const clauses = /^(else|after|rescue|catch)_block$/;

/** What holds statements in a row, and what these belong to. */
interface Container {
  readonly node: SyntaxNode;
  /** The call, the anonymous function or the file. */
  readonly owner: SyntaxNode;
}

/** Undefined where the node stands in an expression. */
function containerOf({ parent, id }: SyntaxNode): Container | undefined {
  switch (parent?.type) {
    case 'source':
      return { node: parent, owner: parent };
    case 'do_block':
      return parent.parent ? { node: parent, owner: parent.parent } : undefined;
    case 'body': {
      const holder = parent.parent?.parent;
      const owner = holder && ownerOf(holder);
      return owner ? { node: parent, owner } : undefined;
    }
    case 'pair': {
      const isBody = /^(do|else)$/.test(keyOf(parent) ?? '') && parent.childForFieldName('value')?.id === id;
      const owner = parent.parent?.parent?.parent;
      return isBody && owner && (isDefinition(owner) || isChoice(owner)) ? { node: parent, owner } : undefined;
    }
    default:
      return parent && clauses.test(parent.type) && parent.parent?.parent
        ? { node: parent, owner: parent.parent.parent }
        : undefined;
  }
}

/** The call whose clauses stand in this block, or the anonymous function. */
function ownerOf(holder: SyntaxNode): SyntaxNode | null {
  if (holder.type === 'anonymous_function') return holder;
  return clauses.test(holder.type) ? (holder.parent?.parent ?? null) : holder.parent;
}

/** Whether the node stands where other languages have a statement. */
export const isStatement: OfNode<boolean> = keptByNode((node) => {
  const container = containerOf(node);
  if (container === undefined) return false;
  return !isChoice(container.owner) || isStatement(whole(container.owner));
});

/** Whether its value is what the function around it gives. */
export const isResult: OfNode<boolean> = keptByNode((node) => {
  const container = containerOf(node);
  if (container === undefined || container.node.type === 'after_block') return false;
  const { node: holder, owner } = container;
  if (owner.type === 'source' || isModule(owner)) return false;
  const inside = named(holder).filter(({ type }) => !clauses.test(type));
  if (holder.type !== 'pair' && inside.at(-1)?.id !== node.id) return false;
  return isChoice(owner) ? isResult(whole(owner)) : true;
});

/** Whether a block of a choice is used for its value, so that its last expression stands for it. */
export function isValueBlock(block: SyntaxNode): boolean {
  const owner =
    block.type === 'body' ? (block.parent?.parent ? ownerOf(block.parent.parent) : null) : ownerOfBlock(block);
  return isChoice(owner) && !isStatement(whole(owner));
}

function ownerOfBlock(block: SyntaxNode): SyntaxNode | null {
  return clauses.test(block.type) ? (block.parent?.parent ?? null) : block.parent;
}

/** Statements of a block, without the clauses behind them. */
export function statementsOf(block: SyntaxNode): SyntaxNode[] {
  return named(block).filter(({ type }) => !clauses.test(type));
}

/** Without the clauses behind it: to the grammar `else` stands in the block of `do`. */
export function rangeOfBlock(block: SyntaxNode): SourceRange {
  const next = named(block).find(({ type }) => clauses.test(type));
  return { start: block.startIndex, end: next?.startIndex ?? block.endIndex };
}
