/** Which names Elixir declares where: matches, parameters, clauses, functions, modules and their attributes. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Binding, Expression } from '../program.ts';
import { withValue } from '../declared-value.ts';
import type { DeclaredName } from '../language-adapter.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';
import {
  argumentsOf,
  bareName,
  clausesOf,
  isBinary,
  isChoice,
  isDefinition,
  isModule,
  nameOfDefinition,
  operatorOf,
  patternsOfStab,
  pipeOf,
} from './elixir-forms.ts';
import { argument, unnamedParameter } from './elixir-parameters.ts';
import type { Subject } from './elixir-patterns.ts';
import { isWholeName, partAt } from './elixir-patterns.ts';
import { attributeNamed } from './elixir-attributes.ts';
import { moduleNamed } from './elixir-modules.ts';

type Declared = DeclaredName['binding'];

/** A name that is assigned in a branch is not seen behind it. */
const scopes = new Set(['source', 'do_block', 'else_block', 'rescue_block', 'after_block', 'body', 'stab_clause']);
/** What patterns are put together of. */
const within = new Set(['list', 'tuple', 'map', 'map_content', 'keywords', 'pair']);

/** The declaration that this occurrence of a name is; undefined when the occurrence uses the name. */
export function declaredBy(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  if (node.type === 'alias') return declaredModule(node, reader);
  if (node.type !== 'identifier') return undefined;
  return declaredFunction(node, reader) ?? declaredInPattern(node, reader);
}

/** Names that stand in no text, attributes by their sign, and modules, which nobody declares. */
export function unwritten(name: string, reader: Reader): DeclaredName | undefined {
  if (name.startsWith('@')) return attributeNamed(name, reader);
  return unnamedParameter(name, reader) ?? moduleNamed(name, reader);
}

/** The match that gives a name its next value. */
export function assignmentTo(node: SyntaxNode, reader: Reader): Expression | undefined {
  const found = patternAround(node);
  return found?.kind === 'match' && found.pattern.id === node.id
    ? reader.expression(found.owner, found.owner)
    : undefined;
}

function declaredModule(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const call = node.parent?.parent ?? null;
  if (node.parent?.type !== 'arguments' || !isModule(call) || named(argumentsOf(call))[0]?.id !== node.id)
    return undefined;
  return {
    scope: reader.tree.rootNode,
    binding: withValue(simple(node, 'class'), () => reader.expression(call, call)),
  };
}

function declaredFunction(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  let definition: SyntaxNode | null = node.parent;
  for (let depth = 0; depth < 4 && definition && !isDefinition(definition); depth += 1) definition = definition.parent;
  if (!isDefinition(definition) || nameOfDefinition(definition)?.id !== node.id) return undefined;
  const scope = definition.parent ?? definition;
  return {
    scope,
    binding: withValue(simple(node, 'function'), () =>
      hasOneForm(definition, node.text)
        ? reader.expression(clausesOf(definition)[0], definition)
        : (reader.made(node, rangeOf(node), { kind: 'unknown' }) as Expression),
    ),
  };
}

/** Of functions of one name that take more or fewer arguments a name does not say which one it is. */
function hasOneForm(definition: SyntaxNode, name: string): boolean {
  const all = named(definition.parent).filter((one) => isDefinition(one) && nameOfDefinition(one)?.text === name);
  return all.length === clausesOf(definition).length;
}

interface AroundName {
  readonly kind: 'parameter' | 'clause' | 'match' | 'generator';
  /** The outermost pattern that holds the name. */
  readonly pattern: SyntaxNode;
  /** The definition, the clause, or the operator. */
  readonly owner: SyntaxNode;
}

/** The pattern that the name stands in. */
function patternAround(node: SyntaxNode): AroundName | undefined {
  let match: AroundName | undefined;
  for (let [child, parent] = [node, node.parent]; parent; [child, parent] = [parent, parent.parent]) {
    if (parent.type === 'arguments' || parent.type === 'stab_clause') return ownerOfPattern(child, parent) ?? match;
    if (within.has(parent.type)) continue;
    if (parent.type !== 'binary_operator') return match;
    const isLeft = parent.childForFieldName('left')?.id === child.id;
    switch (operatorOf(parent)) {
      case '=':
        if (isLeft) match = { kind: 'match', pattern: child, owner: parent };
        break;
      case '<-':
        return isLeft ? { kind: 'generator', pattern: child, owner: parent } : match;
      case '=>':
        if (isLeft) return match;
        break;
      case '\\\\':
      case 'when':
        if (!isLeft) return match;
        break;
      case '<>':
        if (isLeft) return match;
        break;
      case '|':
        break;
      default:
        return match;
    }
  }
  return match;
}

function ownerOfPattern(pattern: SyntaxNode, holder: SyntaxNode): AroundName | undefined {
  const call = holder.parent;
  if (holder.type === 'arguments' && call?.type === 'call') {
    let definition = call.parent;
    if (isBinary(definition, 'when')) definition = definition.parent;
    definition = definition?.parent ?? null;
    const isHead = isDefinition(definition) && nameOfDefinition(definition)?.parent?.id === call.id;
    return isHead ? { kind: 'parameter', pattern, owner: definition as SyntaxNode } : undefined;
  }
  const stab = holder.type === 'stab_clause' ? holder : isBinary(call, 'when') ? call.parent : call;
  if (stab?.type !== 'stab_clause') return undefined;
  const isPattern = patternsOfStab(stab).patterns.some(({ id }) => id === pattern.id);
  const owner = stab.parent?.parent ?? null;
  return isPattern && bareName(owner) !== 'cond' ? { kind: 'clause', pattern, owner: stab } : undefined;
}

function declaredInPattern(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const found = isOperand(node) ? undefined : patternAround(node);
  switch (found?.kind) {
    case 'parameter':
      return declaredParameter(node, found, argumentsIndex(found), found.owner, reader);
    case 'clause':
      return declaredInClause(node, found, reader);
    case 'match':
      return declaredByMatch(node, found, reader);
    case 'generator':
      return declaredByGenerator(node, found, reader);
    default:
      return undefined;
  }
}

/** A name that an operator or a call is applied to is used. */
function isOperand({ parent, id }: SyntaxNode): boolean {
  return (
    parent?.type === 'unary_operator' || (parent?.type === 'call' && parent.childForFieldName('target')?.id === id)
  );
}

function argumentsIndex({ pattern }: AroundName): number {
  return named(pattern.parent).findIndex(({ id }) => id === pattern.id);
}

/** A name for all that is handed over is a parameter; one for a part of it has that part's value. */
function declaredParameter(
  node: SyntaxNode,
  { pattern }: AroundName,
  index: number,
  owner: SyntaxNode,
  reader: Reader,
): DeclaredName | undefined {
  const scope = owner;
  if (!isWholeName(pattern, node))
    return declaredPart(node, pattern, argument(owner, index, pattern, reader), scope, reader);
  const first = isDefinition(owner) ? clausesOf(owner)[0]! : owner.type === 'stab_clause' ? owner.parent! : owner;
  const fn = reader.expression(first, owner);
  const fallback = isBinary(pattern, '\\\\') ? pattern.childForFieldName('right') : null;
  return {
    scope,
    binding: {
      ...simple(node, 'parameter'),
      parameterIndex: index,
      ...(fn.kind === 'function' && { parameterOf: fn }),
      ...(fallback && { fallback: reader.expression(fallback, pattern) }),
    },
  };
}

function declaredPart(
  node: SyntaxNode,
  pattern: SyntaxNode,
  value: Subject,
  scope: SyntaxNode,
  reader: Reader,
  from?: number,
): DeclaredName {
  const unknown = () => reader.made(node, rangeOf(node), { kind: 'unknown' }) as Expression;
  const given = () => (partAt(pattern, node, value, reader) ?? unknown)();
  return { scope, ...(from !== undefined && { from }), binding: withValue(simple(node, 'const'), given) };
}

function declaredInClause(node: SyntaxNode, found: AroundName, reader: Reader): DeclaredName {
  const { pattern, owner: stab } = found;
  const holder = stab.parent!;
  if (holder.type === 'anonymous_function') {
    const index = patternsOfStab(stab).patterns.findIndex(({ id }) => id === pattern.id);
    return isWholeName(pattern, node)
      ? declaredParameter(node, found, index, stab, reader)!
      : declaredPart(node, pattern, argument(holder, index, pattern, reader), stab, reader);
  }
  if (holder.type === 'rescue_block' || holder.type === 'catch_block')
    return { scope: stab, binding: simple(node, 'catch') };
  const owner = holder.parent;
  const subject = isChoice(owner) && bareName(owner) === 'case' ? subjectOf(owner) : undefined;
  return declaredPart(node, pattern, () => reader.expression(subject, stab), stab, reader);
}

function subjectOf(owner: SyntaxNode): SyntaxNode | undefined {
  return pipeOf(owner)?.childForFieldName('left') ?? named(argumentsOf(owner))[0];
}

function declaredByMatch(node: SyntaxNode, { pattern, owner }: AroundName, reader: Reader): DeclaredName {
  const right = owner.childForFieldName('right');
  const value = () => reader.expression(right, owner);
  const scope = enclosing(owner);
  if (pattern.id !== node.id) return declaredPart(node, pattern, value, scope, reader, owner.endIndex);
  return { scope, from: owner.endIndex, binding: withValue(simple(node, 'let'), value) };
}

function declaredByGenerator(node: SyntaxNode, { pattern, owner }: AroundName, reader: Reader): DeclaredName {
  const list = owner.parent!;
  const scope = list.parent ?? list;
  if (bareName(scope) === 'for') {
    const fn = reader.expression(list, list);
    if (pattern.id !== node.id || fn.kind !== 'function') return { scope, binding: simple(node, 'loop') };
    return { scope, binding: { ...simple(node, 'parameter'), parameterIndex: 0, parameterOf: fn } };
  }
  const inner = isBinary(pattern, 'when') ? pattern.childForFieldName('left')! : pattern;
  const value = () => reader.expression(owner.childForFieldName('right'), owner);
  return declaredPart(node, inner, value, scope, reader, owner.endIndex);
}

function simple(node: SyntaxNode, kind: Binding['kind']): Declared {
  return { name: node.text, kind, nameRange: rangeOf(node), path: [] };
}

function enclosing(node: SyntaxNode): SyntaxNode {
  let current = node;
  while (!scopes.has(current.type) && !isDefinition(current) && current.parent) current = current.parent;
  return current;
}
