import assert from 'node:assert/strict';
import { insertKey, removeEntry, removeItem, replaceList, valueAt } from '../../server/src/edits/tree-edits.ts';
import { applyEdits } from '../../server/src/service/apply-edits.ts';
import { sourceKind } from '../../server/src/service/language.ts';
import { includeKey, readHocon } from '../../server/src/syntax/trees/hocon.ts';
import type { TreeNode } from '../../server/src/syntax/trees/tree.ts';
import { beginnings } from '../seed.ts';

const sample = `# cors-lint-disable any-origin
include "other" // end
include required(classpath("third.conf"))
play.filters.enabled += "a.b.C"
play.filters.cors { path = ["/"], yes = on
  "quoted.key" : """a "b" c""" # why
  origins = \${base} [ "https://a.example"
    b.example
  ] [\${?THIRD}],
  text = "https://"\${HOST}":9000" and more
  list.0 = 1 hour, n = null, t = true, number = -1.5
}
"key" { inner = {} } { more = "\\u00e9\\n" }
over = \${base} { one = 1 }
`.replaceAll('\n', '\r\n');
const read = (text: string) => readHocon('application.conf', text);

function* nodesUnder(node: TreeNode): Generator<TreeNode> {
  yield node;
  if (node.kind === 'map') for (const entry of node.entries) yield* nodesUnder(entry.value);
  if (node.kind === 'list') for (const item of node.items) yield* nodesUnder(item);
}

function plain(node: TreeNode | undefined): unknown {
  if (node?.kind === 'map') return node.entries.map(({ key, value }) => [key, plain(value)]);
  return node?.kind === 'list' ? { list: node.items.map(plain) } : node?.value;
}

describe('HOCON', () => {
  it('reads keys with dots, values that are put together, substitutions and includes', () => {
    assert.deepEqual(plain(read(sample).root), [
      [includeKey, 'other'],
      [includeKey, 'third.conf'],
      ['play.filters.enabled', { list: ['${?play.filters.enabled}', 'a.b.C'] }],
      [
        'play.filters.cors',
        [
          ['path', { list: ['/'] }],
          ['yes', 'on'],
          ['[quoted.key]', 'a "b" c'],
          ['origins', { list: ['${base}', 'https://a.example', 'b.example', '${?THIRD}'] }],
          ['text', 'https://${HOST}:9000 and more'],
          ['list.0', '1 hour'],
          ['n', null],
          ['t', true],
          ['number', -1.5],
        ],
      ],
      [
        'key',
        [
          ['inner', []],
          ['more', 'é\n'],
        ],
      ],
      ['over', [['one', 1]]],
    ]);
  });

  it('gives exact ranges of keys, contents and comments', () => {
    const { root, comments } = read(sample);
    const slice = ({ start, end }: { start: number; end: number }) => sample.slice(start, end);
    assert.ok(root?.kind === 'map');
    const cors = root.entries[3]!;
    assert.equal(slice(cors.keyRange), 'play.filters.cors');
    assert.ok(slice(cors.value.range).startsWith('{ path') && slice(cors.value.range).endsWith('-1.5\r\n}'));
    const origins = valueAt(root, 'play.filters.cors', 'origins');
    assert.ok(origins?.kind === 'list');
    assert.deepEqual(
      origins.items.map((item) => item.kind === 'scalar' && [slice(item.range), slice(item.contentRange)]),
      [
        ['${base}', '${base}'],
        ['"https://a.example"', 'https://a.example'],
        ['b.example', 'b.example'],
        ['${?THIRD}', '${?THIRD}'],
      ],
    );
    assert.deepEqual(
      comments.map(({ text }) => text),
      ['cors-lint-disable any-origin', 'end', 'why'],
    );
  });

  it('never throws, and gives ranges inside the text, for every prefix', () => {
    for (const length of beginnings(sample)) {
      const { roots, comments } = read(sample.slice(0, length));
      const ranges = [
        ...comments.map(({ range }) => range),
        ...roots
          .flatMap((root) => [...nodesUnder(root)])
          .flatMap((node) => [node.range, ...(node.kind === 'scalar' ? [node.contentRange] : [])]),
      ];
      for (const { start, end } of ranges)
        assert.ok(start >= 0 && start <= end && end <= length, `${start}-${end} of ${length}`);
    }
    for (const text of ['}{', 'a = [', 'a {'.repeat(5000), '['.repeat(5000), 'a = "', '${', 'a = ${', '+= 1', '"""'])
      assert.ok(read(text));
  });

  it('writes in the form of the file', () => {
    const edited = (text: string, edit: (document: ReturnType<typeof read>) => Parameters<typeof applyEdits>[1]) =>
      applyEdits(text, edit(read(text)));
    const mapOf = (document: ReturnType<typeof read>, ...path: string[]) => {
      const node = path.length === 0 ? document.root : valueAt(document.root, ...path);
      assert.ok(node?.kind === 'map');
      return node;
    };
    const inserted = (text: string, ...path: string[]) =>
      edited(text, (document) => insertKey(document, mapOf(document, ...path), 'x.y', ['a']));
    assert.equal(inserted('a {\n  b = 1\n}', 'a'), 'a {\n  x.y = ["a"]\n  b = 1\n}');
    assert.equal(inserted('a { b = 1 }', 'a'), 'a { x.y = ["a"], b = 1 }');
    assert.equal(inserted('a {}', 'a'), 'a { x.y = ["a"] }');
    assert.equal(inserted('a = 1\n'), 'x.y = ["a"]\na = 1\n');
    const text = 'a {\n  b = [\n    "1"\n    "2"\n  ]\n  c = 2\n}';
    const listOf = (document: ReturnType<typeof read>) => {
      const node = valueAt(document.root, 'a', 'b');
      assert.ok(node?.kind === 'list');
      return node;
    };
    assert.match(
      edited(text, (document) => replaceList(document, listOf(document), ['x', 'y'])),
      /\[\n {4}"x",\n {4}"y"\n {2}\]/,
    );
    assert.deepEqual(plain(read(edited(text, (document) => removeItem(document, listOf(document).items[0]!))).root), [
      [
        'a',
        [
          ['b', { list: ['2'] }],
          ['c', 2],
        ],
      ],
    ]);
    assert.equal(
      edited(text, (document) => removeEntry(document, mapOf(document, 'a').entries[1]!)),
      'a {\n  b = [\n    "1"\n    "2"\n  ]\n}',
    );
  });

  it('is known by its name, or by the settings in it', () => {
    const format = (path: string, text = '') => {
      const kind = sourceKind(path, undefined, text);
      return kind?.shape === 'directives' || kind?.shape === 'tree' ? kind.format : undefined;
    };
    assert.equal(format('conf/application.conf'), 'hocon');
    assert.equal(format('conf/application.prod.conf'), 'hocon');
    assert.equal(format('conf/filters.conf', 'play.filters.cors { }'), 'hocon');
    assert.equal(format('conf/filters.conf', 'filters { }'), undefined);
    assert.equal(format('nginx.conf', 'add_header Access-Control-Allow-Origin *;'), 'nginx');
  });
});
