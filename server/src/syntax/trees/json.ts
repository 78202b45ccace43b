/** Reads JSON with comments and trailing commas into a Tree; half-typed text keeps what is there. */
import { createScanner, parseTree } from 'jsonc-parser';
import type { Node as JsonNode } from 'jsonc-parser';
import type { Comment } from '../programs/program.ts';
import type { TreeDocument, TreeEntry, TreeNode } from './tree.ts';

/** Deeper nesting than this is no configuration; the parser would need a stack frame for each level. */
const deepest = 200;
/** Numbers of `jsonc-parser`'s `SyntaxKind`, which is an ambient enum and leaves nothing to import. */
const token = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  lineComment: 12,
  blockComment: 13,
  end: 17,
};

/** Never throws. A file that is nested too deeply has no root. */
export function readJson(path: string, text: string): TreeDocument {
  const { comments, depth } = scan(text);
  const root =
    depth > deepest
      ? undefined
      : parseTree(text, [], { allowTrailingComma: true, disallowComments: false, allowEmptyContent: true });
  const lowered = root && lower(root, text, undefined);
  return { shape: 'tree', format: 'json', path, text, root: lowered, roots: lowered ? [lowered] : [], comments };
}

/** How many brackets stand inside one another, wherever the text ends. */
export function nestingOfJson(text: string): number {
  return scan(text).depth;
}

function scan(text: string): { readonly comments: Comment[]; readonly depth: number } {
  const comments: Comment[] = [];
  const scanner = createScanner(text, false);
  let [depth, most] = [0, 0];
  for (let kind: number = scanner.scan(); kind !== token.end; kind = scanner.scan()) {
    if (kind === token.openBrace || kind === token.openBracket) most = Math.max(most, ++depth);
    else if (kind === token.closeBrace || kind === token.closeBracket) depth = Math.max(0, depth - 1);
    else if (kind === token.lineComment || kind === token.blockComment) {
      const start = scanner.getTokenOffset();
      // The scanner counts the missing end of an unfinished comment.
      const end = Math.min(start + scanner.getTokenLength(), text.length);
      comments.push({
        range: { start, end },
        text: text
          .slice(start, end)
          .replace(/^\/[/*]+/, '')
          .replace(/\*\/$/, '')
          .trim(),
      });
    }
  }
  return { comments, depth: most };
}

function lower(node: JsonNode, text: string, parent: TreeNode | undefined): TreeNode {
  const rangeOf = ({ offset, length }: JsonNode) => ({ start: offset, end: Math.min(offset + length, text.length) });
  const range = rangeOf(node);
  if (node.type === 'object') {
    const entries: TreeEntry[] = [];
    const map: TreeNode = { kind: 'map', range, parent, entries };
    for (const property of node.children ?? []) {
      const [key, value] = property.children ?? [];
      // A key without a value is still being typed.
      if (!key || !value) continue;
      const lowered = lower(value, text, map);
      // The parser closes a half-typed property only where the next token is known.
      entries.push({
        key: String(key.value),
        keyRange: rangeOf(key),
        value: lowered,
        range: { start: key.offset, end: lowered.range.end },
      });
    }
    return map;
  }
  if (node.type === 'array') {
    const items: TreeNode[] = [];
    const list: TreeNode = { kind: 'list', range, parent, items };
    for (const item of node.children ?? []) items.push(lower(item, text, list));
    return list;
  }
  const quoted = node.type === 'string';
  const closed = quoted && range.end - range.start > 1 && text[range.end - 1] === '"';
  return {
    kind: 'scalar',
    range,
    parent,
    value: node.value as string | number | boolean | null,
    contentRange: quoted ? { start: range.start + 1, end: closed ? range.end - 1 : range.end } : range,
  };
}
