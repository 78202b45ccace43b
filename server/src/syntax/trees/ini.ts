/** Reads INI files into a Tree: a map of sections, each a map of keys and texts. Keys above the first section stand in the root. */
import type { Comment } from '../programs/program.ts';
import type { TreeDocument, TreeEntry, TreeMap } from './tree.ts';

type Section = TreeMap & { readonly entries: TreeEntry[] };

/** Never throws: a line without an equals sign says nothing yet. Like in `.env`, no kept library tells where a key stands. */
export function readIni(path: string, text: string): TreeDocument {
  const root: Section = { kind: 'map', range: { start: 0, end: text.length }, entries: [] };
  const comments: Comment[] = [];
  let section = root;
  for (const match of text.matchAll(/[^\r\n]+/g)) {
    const line = match[0];
    const at = match.index + line.length - line.trimStart().length;
    const end = match.index + line.trimEnd().length;
    const written = line.trim();
    if (/^[;#]/.test(written)) comments.push({ range: { start: at, end }, text: written.replace(/^[;#]+/, '').trim() });
    const header = /^\[([^\]]*)\]?/.exec(written);
    if (header) section = sectionNamed(root, header[1]!.trim(), at, end);
    const pair = /^([^=;#[\]]+?)[ \t]*=[ \t]*(.*?)(?:[ \t]+;.*)?$/.exec(written);
    if (!pair || header) continue;
    const [whole, key = '', value = ''] = pair;
    const start = at + whole.indexOf(value, whole.indexOf('=') + 1);
    const range = { start: value === '' ? end : start, end: value === '' ? end : start + value.length };
    section.entries.push({
      key,
      keyRange: { start: at, end: at + key.length },
      value: { kind: 'scalar', range, parent: section, value, contentRange: range },
      range: { start: at, end: range.end },
    });
    (section as { range: TreeMap['range'] }).range = {
      start: section.range.start,
      end: Math.max(section.range.end, end),
    };
  }
  return { shape: 'tree', format: 'ini', path, text, root, roots: [root], comments };
}

/** A section may be opened again further down. */
function sectionNamed(root: Section, name: string, start: number, end: number): Section {
  const found = root.entries.find(({ key, value }) => key === name && value.kind === 'map')?.value;
  if (found) return found as Section;
  const section: Section = { kind: 'map', range: { start, end }, parent: root, entries: [] };
  root.entries.push({
    key: name,
    keyRange: { start: start + 1, end: start + 1 + name.length },
    value: section,
    range: { start, end },
  });
  return section;
}
