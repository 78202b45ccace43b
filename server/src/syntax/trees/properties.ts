/** Reads Java's `.properties` into a flat Tree: each line is an entry of the root, with the key as it is written, dots included. */
import { parseLines } from 'dot-properties';
import type { Comment } from '../programs/program.ts';
import type { TreeDocument, TreeEntry, TreeMap } from './tree.ts';

/** Never throws: a half-typed line is a key without a value. */
export function readProperties(path: string, text: string): TreeDocument {
  const entries: TreeEntry[] = [];
  const comments: Comment[] = [];
  const root: TreeMap = { kind: 'map', range: { start: 0, end: text.length }, entries };
  for (const line of parseLines(text, true)) {
    const [start = 0, keyEnd = 0, valueStart = 0, valueEnd = 0] =
      (line.range as readonly number[] | undefined)?.map((at) => Math.min(at, text.length)) ?? [];
    if (line.type === 'COMMENT')
      comments.push({
        range: { start, end: keyEnd },
        text: text
          .slice(start, keyEnd)
          .replace(/^[#!]+/, '')
          .trim(),
      });
    if (line.type !== 'PAIR') continue;
    const { key, value } = line as unknown as { readonly key: string; readonly value: string };
    const range = { start: valueStart, end: valueEnd };
    entries.push({
      key,
      keyRange: { start, end: keyEnd },
      value: { kind: 'scalar', range, parent: root, value, contentRange: range },
      range: { start, end: Math.max(keyEnd, valueEnd) },
    });
  }
  return { shape: 'tree', format: 'properties', path, text, root, roots: [root], comments };
}
