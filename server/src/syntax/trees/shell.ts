/** Scripts of a shell, of which nothing is read but the files that they write. */
import type { TreeDocument } from './tree.ts';

export function readShell(path: string, text: string): TreeDocument {
  const comments = [...text.matchAll(/^[ \t]*#(.*)$/gm)].map((line) => {
    const start = line.index + line[0].indexOf('#');
    return { range: { start, end: line.index + line[0].trimEnd().length }, text: line[1]!.trim() };
  });
  return { shape: 'tree', format: 'shell', path, text, root: undefined, roots: [], comments };
}
