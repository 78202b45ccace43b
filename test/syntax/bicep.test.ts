import assert from 'node:assert/strict';
import {
  insertKey,
  removeEntry,
  removeItem,
  replaceList,
  stringEdits,
  valueAt,
} from '../../server/src/edits/tree-edits.ts';
import { nodeHost } from '../../server/src/node/host.ts';
import { applyEdits } from '../../server/src/service/apply-edits.ts';
import { sourceKind } from '../../server/src/service/language.ts';
import { readBicep } from '../../server/src/syntax/trees/bicep.ts';
import { createGrammars } from '../../server/src/syntax/programs/grammar.ts';
import type { TreeDocument, TreeNode } from '../../server/src/syntax/trees/tree.ts';
import { beginnings, sampled } from '../seed.ts';

const grammars = createGrammars((name) => nodeHost().loadGrammar(name));
const read = async (text: string): Promise<TreeDocument> => readBicep('main.bicep', text, await grammars.get('bicep'));

const sample = `// cors-lint-disable any-origin
targetScope = 'resourceGroup'
@description('Who may read')
param origins array = [ 'https://a.example' ] // end
param name string
var host = 'https://$\{name}.example'
resource app 'Microsoft.Web/sites@2023-12-01' = if (deploy) {
  name: name
  'quoted key': 'it\\'s $\{host} \\u{e9}'
  count: -1
  properties: { open: origins[0] == '*' ? [ '*' ] : origins, many: union([
      'https://b.example' // first
      name
    ], origins), list: [for o in origins: 'https://$\{o}'], either: empty(name) }
  resource web 'config' = {
    name: 'web'
    on: true
    none: null
    ...rest
    more: [ 'one', ...rest ]
    policy: '''
one 'two' $\{three}
'''
  }
}
resource old 'Microsoft.Storage/storageAccounts@2023-01-01' existing = { name: 'old' }
module many 'br/public:avm/res/web/site:0.9.0' = [for n in names: {
  name: n
  params: union(base, { kind: 'app' })
}]
output url string = app.properties.host
`.replaceAll('\n', '\r\n');

function* nodesUnder(node: TreeNode): Generator<TreeNode> {
  yield node;
  if (node.kind === 'map') for (const entry of node.entries) yield* nodesUnder(entry.value);
  if (node.kind === 'list') for (const item of node.items) yield* nodesUnder(item);
}

function plain(node: TreeNode | undefined): unknown {
  if (node?.kind === 'map')
    return [...node.entries.map(({ key, value }) => [key, plain(value)]), ...(node.open ? ['open'] : [])];
  return node?.kind === 'list' ? { list: node.items.map(plain) } : node?.value;
}

describe('Bicep', () => {
  it('reads declarations as the template that they stand for', async () => {
    assert.deepEqual(plain((await read(sample)).root), [
      [
        'parameters',
        [
          ['origins', [['defaultValue', { list: ['https://a.example'] }]]],
          ['name', []],
        ],
      ],
      ['variables', [['host', 'https://${name}.example']]],
      [
        'resources',
        {
          list: [
            [
              ['type', 'Microsoft.Web/sites'],
              ['apiVersion', '2023-12-01'],
              ['name', '${name}'],
              ['quoted key', "it's ${host} é"],
              ['count', -1],
              [
                'properties',
                [
                  ['open', "${origins[0] == '*' ? [ '*' ] : origins}"],
                  ['many', { list: ['https://b.example', '${name}', '${origins}'] }],
                  ['list', "${[for o in origins: 'https://${o}']}"],
                  ['either', '${empty(name)}'],
                ],
              ],
              [
                'resources',
                {
                  list: [
                    [
                      ['type', 'config'],
                      ['apiVersion', ''],
                      ['name', 'web'],
                      ['on', true],
                      ['none', null],
                      ['more', { list: ['one', '${rest}'] }],
                      ['policy', "one 'two' ${three}\r\n"],
                      'open',
                    ],
                  ],
                },
              ],
            ],
            [
              ['type', 'Microsoft.Storage/storageAccounts'],
              ['apiVersion', '2023-01-01'],
              ['name', 'old'],
            ],
            [
              ['module', 'br/public:avm/res/web/site:0.9.0'],
              ['name', '${n}'],
              ['params', [['kind', 'app'], 'open']],
            ],
          ],
        },
      ],
    ]);
  });

  it('gives exact ranges of keys, contents and comments', async () => {
    const { root, comments } = await read(sample);
    const slice = ({ start, end }: { start: number; end: number }) => sample.slice(start, end);
    const resources = valueAt(root, 'resources');
    assert.ok(resources?.kind === 'list');
    const [app] = resources.items;
    assert.ok(app?.kind === 'map' && slice(app.range).startsWith('{\r\n  name: name'));
    const key = app.entries.find((entry) => entry.key === 'quoted key')!;
    assert.ok(key.value.kind === 'scalar');
    assert.deepEqual(
      [slice(key.keyRange), slice(key.range), slice(key.value.contentRange)],
      ["'quoted key'", "'quoted key': 'it\\'s ${host} \\u{e9}'", "it\\'s ${host} \\u{e9}"],
    );
    assert.deepEqual(
      comments.map(({ text }) => text),
      ['cors-lint-disable any-origin', 'end', 'first'],
    );
  });

  it('never throws, and gives ranges inside the text, for every prefix', async () => {
    for (const length of sampled(beginnings(sample), 50)) {
      const { roots, comments } = await read(sample.slice(0, length));
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

  it('ends a text that has lost its quote with its line', async () => {
    for (const end of ['\n', '\r\n']) {
      const half = [
        "var a = '${b['c']} d",
        "// it's",
        "resource app 'Type@1' = {",
        "  name: 'web",
        '  list: [',
        "    'one",
        '  ]',
        '}',
        "var last = 'open",
      ].join(end);
      assert.deepEqual(plain((await read(half)).root), [
        ['parameters', []],
        [
          'variables',
          [
            ['a', "${b['c']} d"],
            ['last', 'open'],
          ],
        ],
        [
          'resources',
          {
            list: [
              [
                ['type', 'Type'],
                ['apiVersion', '1'],
                ['name', 'web'],
                ['list', { list: ['one'] }],
              ],
            ],
          },
        ],
      ]);
    }
  });

  it('stays within bounds of depth', async () => {
    for (const text of [
      '['.repeat(3000),
      'var a = {\n'.repeat(1000),
      `var a = ${'[\n'.repeat(3000)}1${'\n]'.repeat(3000)}`,
      "var a = '${".repeat(1000),
      "'".repeat(5000),
      "'''\n".repeat(5000),
    ])
      await assert.doesNotReject(read(text));
  });

  it('is recognised by language id and ending', () => {
    for (const [path, id] of [
      ['main.bicep', undefined],
      ['x', 'bicep'],
    ] as const)
      assert.deepEqual(sourceKind(path, id, ''), { shape: 'tree', format: 'bicep', grammar: 'bicep' });
  });
});

describe('edits of Bicep', () => {
  const text =
    "var cors = {\n  origins: [ '*', 'https://a.example' ]\n  credentials: true // why\n  many: [\n" +
    "    'x'\n    'y'\n  ]\n}\nvar empty = {}\nvar one = { a: 1 }\n";

  it('keeps lines and quotes', async () => {
    const document = await read(text);
    const at = (...path: string[]) => valueAt(document.root, 'variables', ...path)!;
    const [cors, origins, many, empty, one] = [
      at('cors'),
      at('cors', 'origins'),
      at('cors', 'many'),
      at('empty'),
      at('one'),
    ];
    assert.ok(
      cors.kind === 'map' &&
        origins.kind === 'list' &&
        many.kind === 'list' &&
        empty.kind === 'map' &&
        one.kind === 'map',
    );
    const [open] = origins.items;
    const [x] = many.items;
    assert.ok(open?.kind === 'scalar' && x?.kind === 'scalar');
    assert.equal(applyEdits(text, removeItem(document, open)), text.replace("'*', ", ''));
    assert.equal(applyEdits(text, removeItem(document, x)), text.replace("    'x'\n", ''));
    assert.equal(
      applyEdits(text, stringEdits(document, open, true).replaceByOrigins!(["it's", '${b}'])),
      text.replace("'*'", () => "'it\\'s', '\\${b}'"),
    );
    assert.equal(
      applyEdits(text, stringEdits(document, x, true).replaceByOrigins!(['b', 'c'])),
      text.replace("    'x'\n", "    'b'\n    'c'\n"),
    );
    assert.equal(applyEdits(text, replaceList(document, many, ['z'])), text.replace("    'x'\n    'y'\n", "    'z'\n"));
    assert.equal(
      applyEdits(text, replaceList(document, origins, ['z', 'w'])),
      text.replace("'*', 'https://a.example'", "'z', 'w'"),
    );
    assert.equal(
      applyEdits(text, removeEntry(document, cors.entries[1]!)),
      text.replace('  credentials: true // why\n', ''),
    );
    assert.equal(
      applyEdits(text, insertKey(document, cors, 'max-age', 5)),
      text.replace('cors = {\n', "cors = {\n  'max-age': 5\n"),
    );
    assert.equal(
      applyEdits(text, insertKey(document, empty, 'list', ['a'])),
      text.replace('empty = {}', "empty = {\n  list: ['a']\n}"),
    );
    assert.equal(applyEdits(text, insertKey(document, one, 'b', 2)), text.replace('{ a: 1 }', '{ b: 2, a: 1 }'));
    assert.equal(applyEdits(text, removeEntry(document, one.entries[0]!)), text.replace('{ a: 1 }', '{  }'));
  });

  it('a text that begins with comment signs is a text, and hides nothing behind it', async () => {
    const text = [
      "resource a 'x@1' = {",
      "  name: '//cdn.example.com'",
      "  other: '  /* c */ ${b} // d'",
      "  plain: 'https://a.example//b'",
      '  // a comment',
      '}',
      '',
    ].join('\n');
    const { root, comments } = await read(text);
    const written = (key: string): unknown => {
      const found = valueAt(root, 'resources');
      const resource = found?.kind === 'list' ? found.items[0] : undefined;
      const value = valueAt(resource, key);
      return value?.kind === 'scalar' ? value.value : value;
    };
    assert.equal(written('name'), '//cdn.example.com');
    assert.equal(written('other'), '  /* c */ ${b} // d');
    assert.equal(written('plain'), 'https://a.example//b');
    assert.deepEqual(
      comments.map((comment) => comment.text),
      ['a comment'],
    );
  });
});
