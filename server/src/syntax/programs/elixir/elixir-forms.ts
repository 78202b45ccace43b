/** What a node of an Elixir tree is written as: definitions, choices and pipes are all calls to the grammar. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { keptByNode, neighboursIn } from '../kept-by-node.ts';
import type { Neighbours } from '../kept-by-node.ts';
import { named } from '../named-children.ts';

declare const form: unique symbol;
/** A node whose form is known. */
type Formed = SyntaxNode & { readonly [form]: true };

const definitions = /^(def|defp|defmacro|defmacrop)$/;
/** Their bodies belong to the function around them. */
const choices = /^(if|unless|case|cond|with|try)$/;

/** What is called by a bare name: `plug` of `plug :cors`. */
export function bareName(node: SyntaxNode | null): string | undefined {
  const target = node?.type === 'call' ? node.childForFieldName('target') : null;
  return target?.type === 'identifier' ? target.text : undefined;
}

export function isDefinition(node: SyntaxNode | null): node is Formed {
  return definitions.test(bareName(node) ?? '') && headOf(node!) !== undefined;
}

export function isChoice(node: SyntaxNode | null): node is Formed {
  return choices.test(bareName(node) ?? '');
}

export function isModule(node: SyntaxNode | null): node is Formed {
  return /^(defmodule|defimpl|defprotocol)$/.test(bareName(node) ?? '');
}

export function operatorOf(node: SyntaxNode | null): string {
  return node?.childForFieldName('operator')?.text.replaceAll(/\s+/g, ' ') ?? '';
}

export function isBinary(node: SyntaxNode | null | undefined, operator: string): node is Formed {
  return node?.type === 'binary_operator' && operatorOf(node) === operator;
}

export function isUnary(node: SyntaxNode | null | undefined, operator: string): node is Formed {
  return node?.type === 'unary_operator' && operatorOf(node) === operator;
}

/** What an operator in front is applied to; brackets around it have no name. */
export function operandOf(node: SyntaxNode): SyntaxNode | null {
  return named(node).at(-1) ?? null;
}

/** `@origins ["https://a"]`: the attribute of a module gets a value. */
export function attributeDefinition(node: SyntaxNode | null | undefined): SyntaxNode | undefined {
  const operand = isUnary(node, '@') ? operandOf(node) : null;
  return operand?.type === 'call' && operand.childForFieldName('target')?.type === 'identifier' ? operand : undefined;
}

export function argumentsOf(call: SyntaxNode): SyntaxNode | null {
  return named(call).find(({ type }) => type === 'arguments') ?? null;
}

export function doBlockOf(call: SyntaxNode): SyntaxNode | null {
  return named(call).find(({ type }) => type === 'do_block') ?? null;
}

/** `do: value`, `else: value` behind the other arguments. */
export function keywordValue(call: SyntaxNode, key: string): SyntaxNode | null {
  const keywords = named(argumentsOf(call)).at(-1);
  if (keywords?.type !== 'keywords') return null;
  return (
    named(keywords)
      .find((pair) => keyOf(pair) === key)
      ?.childForFieldName('value') ?? null
  );
}

/** The name of a pair, `origin` of `origin: "*"`. */
export function keyOf(pair: SyntaxNode): string | undefined {
  const key = pair.childForFieldName('key');
  return key?.type === 'keyword' ? key.text.replace(/:\s*$/, '') : undefined;
}

/** What runs: the block, or what stands behind `do:`. */
export function bodyOf(call: SyntaxNode): SyntaxNode | null {
  return doBlockOf(call) ?? keywordValue(call, 'do');
}

/** What runs otherwise. */
export function otherwiseOf(call: SyntaxNode): SyntaxNode | null {
  return named(doBlockOf(call)).find(({ type }) => type === 'else_block') ?? keywordValue(call, 'else');
}

/** `allowed?(origin)` of `def allowed?(origin) when …`: a call, or a name where nothing is handed over. */
export function headOf(definition: SyntaxNode): SyntaxNode | undefined {
  const first = named(argumentsOf(definition))[0];
  const head = isBinary(first, 'when') ? (first.childForFieldName('left') ?? undefined) : first;
  return head?.type === 'call' || head?.type === 'identifier' ? head : undefined;
}

/** The condition behind `when`. */
export function guardOf(holder: SyntaxNode | null | undefined): SyntaxNode | undefined {
  return isBinary(holder, 'when') ? (holder.childForFieldName('right') ?? undefined) : undefined;
}

export function nameOfDefinition(definition: SyntaxNode): SyntaxNode | null {
  const head = headOf(definition);
  return head?.type === 'call' ? head.childForFieldName('target') : (head ?? null);
}

/** The patterns that a definition's head takes. */
export function patternsOf(definition: SyntaxNode): SyntaxNode[] {
  const head = headOf(definition);
  return head?.type === 'call' ? named(argumentsOf(head)) : [];
}

/** All clauses of a function, in order: definitions of one name that take as many arguments, beside one another. */
export function clausesOf(definition: SyntaxNode): readonly SyntaxNode[] {
  return (definition.parent && functionsIn(definition.parent).get(headWords(definition))) ?? [];
}

/** The definitions of a block, by what their functions are called and how many arguments they take. */
const functionsIn = keptByNode((block) => {
  const found = new Map<string, SyntaxNode[]>();
  for (const one of named(block).filter(isDefinition)) {
    const key = headWords(one);
    const clauses = found.get(key);
    if (clauses) clauses.push(one);
    else found.set(key, [one]);
  }
  return found;
});

/** `allowed?/1` */
function headWords(definition: SyntaxNode): string {
  return `${nameOfDefinition(definition)?.text ?? ''}/${patternsOf(definition).length}`;
}

const besideInFunction = neighboursIn(clausesOf);

/** The clauses of the same function above and below this one. */
export function clausesBeside(definition: SyntaxNode): Neighbours {
  return besideInFunction(definition, clausesOf(definition)[0]);
}

/** The patterns and the guard of `[origin] when origin in @list -> …`, or of a clause of `fn`. */
export function patternsOfStab(stab: SyntaxNode): { readonly patterns: SyntaxNode[]; readonly guard?: SyntaxNode } {
  const left = stab.childForFieldName('left');
  const guard = guardOf(left);
  const list = guard ? left!.childForFieldName('left') : left;
  const patterns = list?.type === 'arguments' ? named(list) : list ? [list] : [];
  return { patterns, ...(guard && { guard }) };
}

export function stabsOf(node: SyntaxNode | null): SyntaxNode[] {
  return named(node).filter(({ type }) => type === 'stab_clause');
}

/** The clauses above and below one, in what holds them. */
export const stabsBeside = neighboursIn(stabsOf);

/** `conn |> put(…)`, of which this is the right side. */
export function pipeOf(call: SyntaxNode): SyntaxNode | undefined {
  const { parent } = call;
  return isBinary(parent, '|>') && parent.childForFieldName('right')?.id === call.id ? parent : undefined;
}

/** The pipe that the call stands at the end of, or itself. */
export function whole(call: SyntaxNode): SyntaxNode {
  return pipeOf(call) ?? call;
}
