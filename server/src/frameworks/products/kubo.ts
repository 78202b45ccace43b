/** `API.HTTPHeaders` of Kubo (IPFS): three of them are taken as settings of CORS for its remote procedures. */
import type { TreeDocument, TreeEntry, TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import { defineFramework } from '../../models/framework.ts';
import type { CorsService } from '../../models/services/cors-service.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import { entriesOf, entryOf, isString, unknownKeys, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'kubo',
  title: 'Kubo (IPFS)',
  documentation: 'https://github.com/ipfs/kubo/blob/master/docs/config.md#apihttpheaders',
  reads: '`API.HTTPHeaders` of its configuration, in `.ipfs/config` and in JSON files, and `ipfs config` in scripts',
  mentions: ['httpheaders'],
  shape: 'tree',
  formats: ['json', 'shell'],
  read(document) {
    if (document.format === 'shell') {
      const set = setByCommands(document);
      return { policies: set ? readHeaders(set, { ...document, format: 'json' }) : [], facts: [] };
    }
    const map = valueAt(document.root, 'API', 'HTTPHeaders');
    return { policies: map?.kind === 'map' ? readHeaders(map, document) : [], facts: [] };
  },
});

/**
 * As written in the sources of Kubo, not run: origins that are no `*` are compared letter by letter before rs/cors sees them, and
 * strangers get 403.
 */
const service: CorsService = {
  framework: 'kubo',
  title: 'Kubo',
  origin: (text) => (text === '*' ? 'any' : /<port>/.test(text) ? 'unknown' : 'exact'),
  placeholder: /\$\{|\{\{/,
  open: 'literal',
  credentials: 'setting',
  anyHeader: 'reflect',
  strictPreflight: false,
  preflightStatus: { allowed: null, refused: null },
  refusedStatus: 403,
  vary: 'always',
  defaults: { methods: 'unknown', headers: 'unknown' },
};

const names = ['Origin', 'Credentials', 'Methods', 'Headers'].map((name) => `Access-Control-Allow-${name}`);
const others = ['Access-Control-Expose-Headers', 'Access-Control-Max-Age', 'X-Stream-Output', 'Server'];

function readHeaders(map: TreeMap, document: TreeDocument): ReturnType<typeof servicePolicy>[] {
  const origins = entryOf(map, 'Access-Control-Allow-Origin');
  const misspelt = unknownKeys(document, map, [...names, ...others], {});
  if (origins === undefined && misspelt.length === 0) return [];
  return [
    servicePolicy({
      service,
      document,
      scope: 'remote procedures of the node',
      keys: {
        map,
        originsKey: 'Access-Control-Allow-Origin',
        origins,
        credentials: lastOf(entryOf(map, 'Access-Control-Allow-Credentials')),
        methods: entryOf(map, 'Access-Control-Allow-Methods'),
        allowedHeaders: undefined,
        exposedHeaders: undefined,
        maxAge: undefined,
      },
      facts: misspelt,
    }),
  ];
}

/** Of several values the last one counts. */
function lastOf(entry: TreeEntry | undefined): TreeEntry | undefined {
  const last = entry?.value.kind === 'list' ? entry.value.items.at(-1) : undefined;
  return entry && last ? { ...entry, value: last } : entry;
}

/** `ipfs config --json API.HTTPHeaders.Access-Control-Allow-Origin '["*"]'`: the last one of a name counts. */
const setting =
  /\bipfs\s+(?:-\S+\s+)*config\s+(?:--json\s+)?(["']?)API\.HTTPHeaders\.([\w-]+)\1\s+(?:--json\s+)?('[^']*'|"(?:\\.|[^"\\])*")/g;

/** The headers that the commands of a script set, as the map of the configuration. */
function setByCommands({ root, text }: TreeDocument): TreeMap | undefined {
  const entries: TreeEntry[] = [];
  const map: TreeMap = { kind: 'map', range: { start: 0, end: text.length }, entries, open: true };
  for (const { key, value: line } of entriesOf(root)) {
    if (key !== 'CMD' || !isString(line)) continue;
    for (const match of line.value.matchAll(setting)) {
      const [whole, , name, written] = match;
      const from = line.range.start + match.index;
      const keyStart = from + whole.indexOf(name!, whole.indexOf('API.HTTPHeaders.'));
      const end = from + whole.length;
      const list = listOf(written!, end - written!.length, map);
      if (list === undefined) continue;
      const keyRange = { start: keyStart, end: keyStart + name!.length };
      entries.push({ key: name!, keyRange, value: list, range: { start: keyStart, end } });
    }
  }
  return entries.length > 0 ? { ...map, entries: entries.filter(isLast) } : undefined;
}

function isLast({ key }: TreeEntry, index: number, all: readonly TreeEntry[]): boolean {
  return !all.slice(index + 1).some((later) => later.key === key);
}

/** A list of texts in JSON, between quotes of the shell. Between double ones an edit would have to write backslashes. */
function listOf(written: string, start: number, parent: TreeMap): TreeNode | undefined {
  const isPlain = written.startsWith("'");
  if (!/^\s*\[.*\]\s*$/s.test(written.slice(1, -1))) return undefined;
  const here = { ...(!isPlain && { shared: true as const }) };
  const items: TreeNode[] = [];
  const list: TreeNode = {
    kind: 'list',
    parent,
    items,
    range: { start: start + 1, end: start + written.length - 1 },
    ...here,
  };
  for (const { 0: whole, 1: text, index } of written.matchAll(isPlain ? /"([^"\\]*)"/g : /\\"([^"\\]*)\\"/g)) {
    const range = { start: start + index, end: start + index + whole.length };
    const quote = isPlain ? 1 : 2;
    const contentRange = { start: range.start + quote, end: range.end - quote };
    items.push({ kind: 'scalar', parent: list, value: text!, range, contentRange, ...here });
  }
  return list;
}
