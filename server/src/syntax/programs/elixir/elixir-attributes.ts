/** Attributes of modules, `@origins ["https://a"]`: constants while the program is compiled. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { withValue } from '../declared-value.ts';
import type { DeclaredName } from '../language-adapter.ts';
import type { Expression, Node } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';
import { argumentsOf, attributeDefinition, bareName, bodyOf, isModule, otherwiseOf } from './elixir-forms.ts';

/** What a use of it is called: with the place of its module where several modules of the file have one. */
export function nameOfUse(node: SyntaxNode, reader: Reader): string {
  const name = node.text;
  const homes = new Set(definitionsOf(name, reader).map((one) => moduleAround(one)?.startIndex));
  return homes.size < 2 ? name : `${name} ${moduleAround(node)?.startIndex ?? 0}`;
}

/** What the attribute is bound to. */
export function attributeNamed(name: string, reader: Reader): DeclaredName | undefined {
  const [, own, home] = /^(@\w+[?!]?)(?: (\d+))?$/.exec(name) ?? [];
  if (own === undefined) return undefined;
  const found = definitionsOf(own, reader).filter(
    (one) => home === undefined || moduleAround(one)?.startIndex === Number(home),
  );
  const [first] = found;
  if (!first) return undefined;
  const nameRange = { start: first.startIndex, end: first.startIndex + own.length };
  const binding = withValue({ name: own, kind: 'const', nameRange, path: [] }, () => valueOf(found, reader));
  return { scope: moduleAround(first) ?? reader.tree.rootNode, binding };
}

const definitionsOfReader = new WeakMap<Reader, ReadonlyMap<string, readonly SyntaxNode[]>>();

function definitionsOf(name: string, reader: Reader): readonly SyntaxNode[] {
  let known = definitionsOfReader.get(reader);
  if (known === undefined) definitionsOfReader.set(reader, (known = definitionsIn(reader)));
  return known.get(name) ?? [];
}

/** All definitions of the file by the attribute's name, in the order of the text. */
function definitionsIn(reader: Reader): Map<string, SyntaxNode[]> {
  const found = new Map<string, SyntaxNode[]>();
  for (const { index, 0: written, 1: name } of reader.text.matchAll(/^[ \t]*(@[^\s(]+)(?=[ \t(])/gm)) {
    const node = reader.nodeAt(index + written.indexOf('@'));
    if (node === undefined || attributeDefinition(node) === undefined) continue;
    const others = found.get(name!);
    if (others) others.push(node);
    else found.set(name!, [node]);
  }
  return found;
}

function moduleAround(node: SyntaxNode): SyntaxNode | undefined {
  for (let around = node.parent; around; around = around.parent) if (isModule(around)) return around;
  return undefined;
}

function given(definition: SyntaxNode): SyntaxNode | undefined {
  return named(argumentsOf(attributeDefinition(definition)!))[0];
}

/** The value of the only definition, or of the two that an `if` chooses of; one that is written several times is not known. */
function valueOf(found: readonly SyntaxNode[], reader: Reader): Expression {
  const [first, second, third] = found;
  const unknown = () => reader.made(first!, rangeOf(first!), { kind: 'unknown' }) as Expression;
  if (!second) return reader.expression(given(first!), first!);
  const choice = third ? undefined : chosenBy(first!, second);
  if (!choice) return unknown();
  const test = reader.expression(named(argumentsOf(choice))[0], choice);
  const [consequent, alternate] = [first!, second].map((one) => reader.expression(given(one), one));
  return reader.made(choice, rangeOf(choice), { kind: 'conditional', test, consequent, alternate }) as Expression;
}

function chosenBy(first: SyntaxNode, second: SyntaxNode): SyntaxNode | undefined {
  const choice = first.parent?.parent ?? null;
  const isChosen =
    bareName(choice) === 'if' &&
    bodyOf(choice!)?.id === first.parent?.id &&
    otherwiseOf(choice!)?.id === second.parent?.id;
  return isChosen ? choice! : undefined;
}

/** A definition, as a declaration. */
export function lowerAttribute(node: SyntaxNode, reader: Reader): Node {
  const name = `@${attributeDefinition(node)!.childForFieldName('target')!.text}`;
  return reader.lazy(
    node,
    { kind: 'declaration' },
    {
      value: () => reader.expression(given(node), node),
      bindings: () => {
        const binding = reader.bindingAt(name, rangeOf(node));
        return binding ? [binding] : [];
      },
    },
  );
}
