/** Questions about single nodes of Bicep's tree: where they stand, and what their texts say. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { SourceRange } from '../range.ts';
import { hiddenSlash, spread } from './bicep-repair.ts';

/** Resources and modules, which become members of `resources`. */
export function isResource({ type }: SyntaxNode): boolean {
  return type === 'resource_declaration' || type === 'module_declaration';
}

/** The object of a declaration, also of one under a condition or in a loop. */
export function bodyOf(node: SyntaxNode | null): SyntaxNode | undefined {
  if (node?.type === 'object') return node;
  if (node?.type !== 'if_statement' && node?.type !== 'for_statement') return undefined;
  return node.namedChildren.map(bodyOf).find((found) => found !== undefined);
}

/** Spreads and slips of the finger may bring more keys than are seen. */
export function isOpen(object: SyntaxNode): boolean {
  return object.namedChildren.some((child) => child !== null && (child.isError || isSpread(child)));
}

export function isSpread(property: SyntaxNode): boolean {
  return property.text.startsWith(spread);
}

/** Between the quotes, of which a half-typed text may have one only; the first line end of a text over lines is not in it. */
export function contentOf(node: SyntaxNode): SourceRange {
  const { text } = node;
  const quote = text.startsWith("'''") ? "'''" : "'";
  const open = quote.length + (quote === "'" ? 0 : /^\r?\n?/.exec(text.slice(3))![0].length);
  const closed = text.length >= open + quote.length && text.endsWith(quote);
  return { start: node.startIndex + open, end: node.endIndex - (closed ? quote.length : 0) };
}

/** The text of a node as it stands in the file. */
export function sourceOf({ text }: SyntaxNode): string {
  return text.replaceAll(hiddenSlash, '/');
}

/** Interpolations stay as they are written: as `${…}` they tell that something is filled in. */
export function textOf(node: SyntaxNode): string {
  const { start, end } = contentOf(node);
  const content = sourceOf(node).slice(start - node.startIndex, end - node.startIndex);
  return node.text.startsWith("'''")
    ? content
    : content.replaceAll(/\\(?:u\{([0-9a-fA-F]{1,6})\}|([\s\S]))/g, (whole, code?: string, letter?: string) => {
        if (code !== undefined)
          return Number.parseInt(code, 16) <= 0x10ffff ? String.fromCodePoint(Number.parseInt(code, 16)) : whole;
        return { n: '\n', r: '\r', t: '\t' }[letter!] ?? letter!;
      });
}
