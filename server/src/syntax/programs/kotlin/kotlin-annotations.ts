/** Annotations of declarations. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Expression } from '../program.ts';
import type { Reader } from '../reader.ts';
import { named } from '../named-children.ts';

/** `@Value("${x}")` in front of a declaration: a call where it has arguments, a name where it has none. */
export function annotationsOf(node: SyntaxNode, reader: Reader): Expression[] {
  const modifiers = named(node).find(({ type }) => type === 'modifiers' || type === 'parameter_modifiers');
  return named(modifiers)
    .filter(({ type }) => type === 'annotation')
    .map((annotation) => reader.expression(annotation, node));
}

/** What an annotation says that somebody will write there: `@Value("${app.origins}")`. */
export function givenByAnnotation(node: SyntaxNode, reader: Reader): Expression | undefined {
  return annotationsOf(node, reader).find(({ kind }) => kind === 'call');
}
