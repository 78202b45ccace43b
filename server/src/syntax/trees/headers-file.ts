/**
 * Reads the `_headers` file of static hosts into a Tree: a list of rules, each a map with its path as the one key, and under
 * it a map of header names and texts, as often as they are written.
 *
 * Netlify: https://docs.netlify.com/routing/headers/ — Cloudflare: https://developers.cloudflare.com/pages/configuration/headers/
 */
import type { Comment } from '../programs/program.ts';
import type { TreeDocument, TreeEntry, TreeMap, TreeNode } from './tree.ts';

/** Never throws. `! Name`, which takes a header away, is an entry of that name with an empty text. */
export function readHeadersFile(path: string, text: string): TreeDocument {
  const items: TreeNode[] = [];
  const comments: Comment[] = [];
  const root: TreeNode = { kind: 'list', range: { start: 0, end: text.length }, items };
  let headers: (TreeMap & { readonly entries: TreeEntry[] }) | undefined;
  for (const match of text.matchAll(/[^\n]+/g)) {
    const written = match[0].trim();
    if (written === '') continue;
    const start = match.index + match[0].indexOf(written);
    const end = start + written.length;
    if (written.startsWith('#')) comments.push({ range: { start, end }, text: written.replace(/^#+/, '').trim() });
    else if (/^(\/|[a-z][a-z0-9+.-]*:\/\/)/i.test(written)) {
      const rule: TreeMap & { readonly entries: TreeEntry[] } = {
        kind: 'map',
        range: { start, end },
        parent: root,
        entries: [],
      };
      headers = { kind: 'map', range: { start: end, end }, parent: rule, entries: [] };
      rule.entries.push({ key: written, keyRange: { start, end }, value: headers, range: { start, end } });
      items.push(rule);
    } else if (headers) addHeader(headers, written, start);
  }
  return { shape: 'tree', format: 'headers-file', path, text, root, roots: [root], comments };
}

function addHeader(headers: TreeMap & { readonly entries: TreeEntry[] }, written: string, start: number): void {
  const end = start + written.length;
  const detached = /^! +([^\s:]+)$/.exec(written);
  const name = detached ? detached[1]! : /^([^:]+?)\s*:/.exec(written)?.[1];
  if (name === undefined) return;
  const value = detached ? '' : written.slice(written.indexOf(':') + 1).trim();
  // Hosts skip a name without a value: it is still being typed.
  if (value === '' && !detached) return;
  const range = { start: end - value.length, end };
  const nameStart = start + written.indexOf(name);
  headers.entries.push({
    key: name,
    keyRange: { start: nameStart, end: nameStart + name.length },
    value: { kind: 'scalar', range, parent: headers, value, contentRange: range },
    range: { start, end },
  });
  for (const node of [headers, headers.parent!])
    (node as { range: TreeMap['range'] }).range = { start: node.range.start, end };
}
