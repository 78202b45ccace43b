import assert from 'node:assert/strict';
import {
  insertKey,
  removeEntry,
  removeItem,
  replaceList,
  stringEdits,
  valueAt,
} from '../../server/src/edits/tree-edits.ts';
import { applyEdits } from '../../server/src/service/apply-edits.ts';
import { sourceKind } from '../../server/src/service/language.ts';
import { readYaml } from '../../server/src/syntax/trees/yaml.ts';
import type { TreeNode } from '../../server/src/syntax/trees/tree.ts';
import { beginnings, sampled } from '../seed.ts';

const sample =
  '# cors-lint-disable any-origin\r\nlist: &shared ["https://a.example", \'https://b.example\']\r\n' +
  'again: *shared\r\nbase: &base { age: 10, on: true }\r\nserver:\r\n  <<: *base\r\n  age: 20\r\n  {{- ' +
  'if .Values.on }}\r\n  origin: {{ .Values.origin | quote }} # end\r\n  {{- end }}\r\n  snippet: |\r\n' +
  '    add_header X-A b;\r\n    more\r\nref: !Ref Origin\r\nget: !GetAtt Site.Url.Host\r\n---\r\n' +
  'second: "half';
const read = (text: string) => readYaml('a.yaml', text);

function* nodesUnder(node: TreeNode): Generator<TreeNode> {
  yield node;
  if (node.kind === 'map') for (const entry of node.entries) yield* nodesUnder(entry.value);
  if (node.kind === 'list') for (const item of node.items) yield* nodesUnder(item);
}

function plain(node: TreeNode | undefined): unknown {
  if (node?.kind === 'map') return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
  return node?.kind === 'list' ? node.items.map(plain) : node?.value;
}

describe('YAML', () => {
  it('reads every document of a stream, aliases, merge keys, tags and templates', () => {
    const { roots } = read(sample);
    assert.deepEqual(roots.map(plain), [
      {
        list: ['https://a.example', 'https://b.example'],
        again: ['https://a.example', 'https://b.example'],
        base: { age: 10, on: true },
        server: { age: 20, origin: '{{ .Values.origin | quote }}', snippet: 'add_header X-A b;\nmore\n', on: true },
        ref: { Ref: 'Origin' },
        get: { 'Fn::GetAtt': ['Site', 'Url.Host'] },
      },
      { second: 'half' },
    ]);
  });

  it('gives the exact ranges of contents and keys, of an alias where the value is written', () => {
    const { root, comments } = read(sample);
    const slice = ({ start, end }: { start: number; end: number }) => sample.slice(start, end);
    for (const key of ['list', 'again']) {
      const list = valueAt(root, key);
      assert.ok(list?.kind === 'list');
      assert.deepEqual(
        list.items.map((item) => item.kind === 'scalar' && slice(item.contentRange)),
        ['https://a.example', 'https://b.example'],
      );
      assert.equal(list.items[0]!.range.start, sample.indexOf('"https://a'));
    }
    assert.ok(root?.kind === 'map');
    assert.deepEqual(
      root.entries.map(({ keyRange }) => slice(keyRange)),
      ['list', 'again', 'base', 'server', 'ref', 'get'],
    );
    assert.deepEqual(
      comments.map(({ text }) => text),
      ['cors-lint-disable any-origin', 'end'],
    );
  });

  it('gives ranges inside the text for every prefix', () => {
    for (const length of sampled(beginnings(sample), 50)) {
      const { roots, comments } = read(sample.slice(0, length));
      const ranges = [
        ...comments.map(({ range }) => range),
        ...roots
          .flatMap((root) => [...nodesUnder(root)])
          .flatMap((node) => [
            node.range,
            ...(node.kind === 'scalar'
              ? [node.contentRange]
              : node.kind === 'map'
                ? node.entries.flatMap(({ keyRange, range }) => [keyRange, range])
                : []),
          ]),
      ];
      for (const { start, end } of ranges)
        assert.ok(start >= 0 && start <= end && end <= length, `${length}: ${start}–${end}`);
    }
  });

  it('keeps aliases of aliases within bounds, and survives any nesting', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 14; level++)
      lines.push(`a${level}: &a${level} [${Array.from({ length: 9 }, () => `*a${level - 1}`).join(', ')}]`);
    const count = read(lines.join('\n')).roots.flatMap((root) => [...nodesUnder(root)]).length;
    assert.ok(count > 10 && count < 50_000, String(count));
    assert.equal(plain(valueAt(read('a: &a [*a, 1]').root, 'a', 'b')), undefined);
    for (const text of ['['.repeat(100_000), '{a: '.repeat(50_000), '- '.repeat(50_000), '? '.repeat(5000)])
      assert.doesNotThrow(() => read(text));
  });

  it('knows maps that a template goes on with, and values that it chooses', () => {
    const { root } = read(
      'a:\n  one: 1\n  {{- with .Values.more }}\n  {{- toYaml . | nindent 2 }}\n  {{- end }}\nb:\n  {{- if ' +
        '.Values.x }}\n  two: 1\n  {{- else }}\n  two: 2\n  {{- end }}\n  three: 3\nc:\n  four: 4\n',
    );
    const open = (key: string) => {
      const node = valueAt(root, key);
      return node?.kind === 'map' && [node.open === true, Object.keys(plain(node) as object)];
    };
    assert.deepEqual(['a', 'b', 'c'].map(open), [
      [true, ['one']],
      [true, ['three']],
      [false, ['four']],
    ]);
  });

  it('gives a key without a value as null', () => {
    assert.deepEqual(plain(read('a:\nb: {c: , d: 1}\n').root), { a: null, b: { c: null, d: 1 } });
  });

  it('marks what an alias stands for, which has no edits', () => {
    const document = read('a: &x ["*"]\nb: *x\n');
    const [own, other] = [valueAt(document.root, 'a')!, valueAt(document.root, 'b')!];
    assert.ok(own.kind === 'list' && other.kind === 'list');
    assert.deepEqual([own.shared, other.shared, other.items[0]!.shared], [undefined, true, true]);
    assert.deepEqual([...replaceList(document, other, ['x']), ...removeItem(document, other.items[0]!)], []);
    assert.equal(replaceList(document, own, ['x']).length, 1);
  });

  it('is recognised by language id and ending', () => {
    for (const [path, id] of [
      ['a.yml', undefined],
      ['a.yaml', undefined],
      ['x', 'yaml'],
      ['x', 'helm'],
      ['compose.txt', 'dockercompose'],
    ] as const)
      assert.deepEqual(sourceKind(path, id, ''), { shape: 'tree', format: 'yaml' });
  });
});

describe('edits of YAML', () => {
  const text =
    "cors:\n  origins:\n    - \"*\"\n    - https://a.example\n  flow: ['x', 'y']\n  credentials: true\nend: 1\n";
  const document = read(text);
  const at = (...path: string[]) => valueAt(document.root, ...path)!;

  it('keeps dashes, quotes and indentation', () => {
    const list = at('cors', 'origins');
    assert.ok(list.kind === 'list');
    const [open, exact] = list.items;
    assert.ok(open?.kind === 'scalar' && exact?.kind === 'scalar');
    assert.equal(applyEdits(text, removeItem(document, open)), text.replace('    - "*"\n', ''));
    assert.equal(
      applyEdits(text, stringEdits(document, exact, true).replaceText!('https://b.example')),
      text.replace('https://a.example', 'https://b.example'),
    );
    assert.equal(
      applyEdits(text, stringEdits(document, open, true).replaceByOrigins!(['https://b.example', 'https://c.example'])),
      text.replace('"*"', '"https://b.example"\n    - "https://c.example"'),
    );
    assert.deepEqual(
      plain(read(applyEdits(text, replaceList(document, list, ['https://z.example', 'https://y.example']))).root),
      {
        ...(plain(document.root) as object),
        cors: { ...(plain(at('cors')) as object), origins: ['https://z.example', 'https://y.example'] },
      },
    );
  });

  it('inserts and removes keys by lines', () => {
    const cors = at('cors');
    assert.ok(cors.kind === 'map');
    assert.equal(applyEdits(text, removeEntry(document, cors.entries[2]!)), text.replace('  credentials: true\n', ''));
    assert.equal(
      applyEdits(text, removeEntry(document, cors.entries[0]!)),
      text.replace('  origins:\n    - "*"\n    - https://a.example\n', ''),
    );
    assert.equal(
      (plain(read(applyEdits(text, insertKey(document, cors, 'maxAge', 600))).root) as { cors: { maxAge: number } })
        .cors.maxAge,
      600,
    );
  });
});
