/** Where a node of a Ruby tree stands: everything is an expression there, and what ends a method is its result. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { keptByNode } from '../kept-by-node.ts';
import type { OfNode } from '../kept-by-node.ts';
import { named } from '../named-children.ts';

const containers = new Set(['program', 'body_statement', 'block_body', 'then', 'else', 'do', 'begin', 'ensure']);
/** Blocks of statements; those of a class hold its members and are none. */
export const blocks = new Set(['body_statement', 'block_body', 'then', 'else', 'do', 'begin', 'ensure']);
const modifiers = new Set(['if_modifier', 'unless_modifier']);
const choices = new Set(['if', 'unless', 'elsif', 'case', 'when']);
/** What has a body whose last value it gives. */
export const functions = new Set(['method', 'singleton_method', 'block', 'do_block', 'lambda']);
export const classes = new Set(['class', 'module', 'singleton_class']);

/** Whether the node stands where other languages have a statement. */
export const isStatement: OfNode<boolean> = keptByNode(({ parent, id }) => {
  if (!parent) return false;
  if (containers.has(parent.type)) return true;
  const isBody = parent.childForFieldName('body')?.id === id;
  return isBody && (modifiers.has(parent.type) || (parent.type === 'rescue_modifier' && isStatement(parent)));
});

/** `origins.each do |origin| … end`, where nothing is made of its value. */
export function isLoop(call: SyntaxNode): boolean {
  const isEach = call.type === 'call' && call.childForFieldName('method')?.text === 'each';
  if (!isEach || call.childForFieldName('block') === null) return false;
  return call.childForFieldName('receiver') !== null && isStatement(call);
}

/** Whether the value of the statement is what the method or block around it gives. */
export const isResult: OfNode<boolean> = keptByNode((node) => {
  const { parent } = node;
  if (!parent || !isStatement(node)) return false;
  if (!containers.has(parent.type)) return isResult(parent);
  const inside = named(parent).filter(({ type }) => type !== 'rescue' && type !== 'ensure' && type !== 'else');
  const isLast = (parent.type === 'else' ? named(parent).at(-1) : inside.at(-1))?.id === node.id;
  const owner = isLast ? parent.parent : null;
  if (!owner || parent.type === 'program' || parent.type === 'ensure' || parent.type === 'do') return false;
  if (parent.type === 'begin') return isResult(parent);
  if (functions.has(owner.type)) return true;
  let choice: SyntaxNode | null = owner;
  while (choice && (choice.type === 'elsif' || choice.type === 'when')) choice = choice.parent;
  return choice !== null && choices.has(choice.type) && isResult(choice);
});
