import assert from 'node:assert/strict';
import {
  insertKey,
  removeEntry,
  removeItem,
  replaceList,
  stringEdits,
  textOf,
  valueAt,
} from '../../server/src/edits/tree-edits.ts';
import { applyEdits } from '../../server/src/service/apply-edits.ts';
import { sourceKind } from '../../server/src/service/language.ts';
import { readHcl } from '../../server/src/syntax/trees/hcl.ts';
import type { TreeNode } from '../../server/src/syntax/trees/tree.ts';
import { beginnings, sampled } from '../seed.ts';

const sample = `# cors-lint-disable any-origin
variable "origins" { default = ["https://a.example"] } // end
resource "aws_s3_bucket_cors_configuration" "site" {
  bucket = aws_s3_bucket.site.id /* why */
  cors_rule {
    allowed_methods = ["GET", # first
      "PUT",]
    allowed_origins = var.open ? ["*"] : var.origins
    max_age_seconds = 3000
    "quoted key"    = "a \\"b\\" $\{var.x["y"]} \\u00e9"
  }
  cors_rule { allowed_origins = [for o in var.list : "https://$\{o}" if o != ""] }
  tags = { Name = "x", enabled: true, (var.key) = 1
    empty = null }
  policy = <<-EOT
    one {
      two
    EOT
  more = values({
    a = "}"
  })
  last = jsonencode({
    a = "}"
  })
}
`.replaceAll('\n', '\r\n');
const read = (text: string) => readHcl('a.tf', text);

function* nodesUnder(node: TreeNode): Generator<TreeNode> {
  yield node;
  if (node.kind === 'map') for (const entry of node.entries) yield* nodesUnder(entry.value);
  if (node.kind === 'list') for (const item of node.items) yield* nodesUnder(item);
}

function plain(node: TreeNode | undefined): unknown {
  if (node?.kind === 'map') return node.entries.map(({ key, value }) => [key, plain(value)]);
  return node?.kind === 'list' ? { list: node.items.map(plain) } : node?.value;
}

describe('HCL', () => {
  it('reads blocks, attributes, templates and expressions as the JSON form has them', () => {
    assert.deepEqual(plain(read(sample).root), [
      ['variable', [['origins', [['default', { list: ['https://a.example'] }]]]]],
      [
        'resource',
        [
          [
            'aws_s3_bucket_cors_configuration',
            [
              [
                'site',
                [
                  ['bucket', '${aws_s3_bucket.site.id}'],
                  [
                    'cors_rule',
                    [
                      ['allowed_methods', { list: ['GET', 'PUT'] }],
                      ['allowed_origins', '${var.open ? ["*"] : var.origins}'],
                      ['max_age_seconds', 3000],
                      ['quoted key', 'a "b" ${var.x["y"]} é'],
                    ],
                  ],
                  ['cors_rule', [['allowed_origins', '${[for o in var.list : "https://${o}" if o != ""]}']]],
                  [
                    'tags',
                    [
                      ['Name', 'x'],
                      ['enabled', true],
                      ['empty', null],
                    ],
                  ],
                  ['policy', 'one {\r\n  two\r\n'],
                  ['more', '${values({\r\n    a = "}"\r\n  })}'],
                  ['last', [['a', '}']]],
                ],
              ],
            ],
          ],
        ],
      ],
    ]);
  });

  it('gives exact ranges of keys, contents, blocks and comments', () => {
    const { root, comments } = read(sample);
    const slice = ({ start, end }: { start: number; end: number }) => sample.slice(start, end);
    assert.ok(root?.kind === 'map');
    const site = valueAt(root, 'resource', 'aws_s3_bucket_cors_configuration', 'site');
    assert.ok(site?.kind === 'map');
    assert.equal(slice(root.entries[1]!.keyRange), 'resource');
    assert.ok(slice(site.range).startsWith('{\r\n  bucket') && slice(site.range).endsWith('})\r\n}'));
    const [, rule] = site.entries;
    assert.equal(slice(rule!.keyRange), 'cors_rule');
    assert.ok(slice(rule!.range).startsWith('cors_rule {') && slice(rule!.range).endsWith('  }'));
    const methods = valueAt(rule!.value, 'allowed_methods');
    assert.ok(methods?.kind === 'list');
    assert.deepEqual(
      methods.items.map((item) => item.kind === 'scalar' && [slice(item.range), slice(item.contentRange)]),
      [
        ['"GET"', 'GET'],
        ['"PUT"', 'PUT'],
      ],
    );
    assert.equal(slice(valueAt(rule!.value, 'allowed_origins')!.range), 'var.open ? ["*"] : var.origins');
    assert.deepEqual(
      comments.map(({ text }) => text),
      ['cors-lint-disable any-origin', 'end', 'why', 'first'],
    );
  });

  it('never throws, and gives ranges inside the text, for every prefix', () => {
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

  it('finds the next resource where a brace or bracket is missing', () => {
    const half =
      'resource "a" "x" {\n  cors {\n    list = ["*"\n    age = 1\n    text = "open\n\nresource "b" "y" {\n  key = 2\n}\n';
    assert.deepEqual(plain(read(half).root), [
      [
        'resource',
        [
          [
            'a',
            [
              [
                'x',
                [
                  [
                    'cors',
                    [
                      ['list', { list: ['*'] }],
                      ['age', 1],
                      ['text', 'open'],
                    ],
                  ],
                ],
              ],
            ],
          ],
        ],
      ],
      ['resource', [['b', [['y', [['key', 2]]]]]]],
    ]);
  });

  it('stays within bounds of depth', () => {
    for (const text of [
      '['.repeat(100_000),
      'a {\n'.repeat(50_000),
      'a = {'.repeat(50_000),
      'a = "${'.repeat(20_000),
      `a = ${'['.repeat(150)}1${']+1'.repeat(150)}\n`.repeat(100),
      'x = <<A\n'.repeat(5000),
      '"'.repeat(50_000),
    ])
      assert.doesNotThrow(() => read(text));
  });

  it('is recognised by language id and ending', () => {
    for (const [path, id] of [
      ['main.tf', undefined],
      ['a.tofu', undefined],
      ['x', 'terraform'],
      ['x', 'hcl'],
    ] as const)
      assert.deepEqual(sourceKind(path, id, ''), { shape: 'tree', format: 'hcl' });
  });
});

describe('edits of HCL', () => {
  const text =
    'cors {\n  origins     = ["*", "https://a.example"]\n  credentials = true # why\n  many = [\n    ' +
    '"x",\n    "y",\n  ]\n}\nempty {}\none { a = 1 }\n';
  const document = read(text);
  const at = (...path: string[]) => valueAt(document.root, ...path)!;

  it('keeps columns, lines and quotes', () => {
    const [cors, origins, many] = [at('cors'), at('cors', 'origins'), at('cors', 'many')];
    assert.ok(cors.kind === 'map' && origins.kind === 'list' && many.kind === 'list');
    const [open] = origins.items;
    assert.ok(open?.kind === 'scalar');
    assert.equal(applyEdits(text, removeItem(document, open)), text.replace('"*", ', ''));
    assert.equal(
      applyEdits(text, stringEdits(document, open, true).replaceByOrigins!(['https://b.example', 'https://c.example'])),
      text.replace('"*"', '"https://b.example", "https://c.example"'),
    );
    assert.equal(
      applyEdits(text, replaceList(document, many, ['z', '${w'])),
      text.replace('    "x",\n    "y",\n', () => '    "z",\n    "$${w"\n'),
    );
    assert.equal(
      applyEdits(text, removeEntry(document, cors.entries[1]!)),
      text.replace('  credentials = true # why\n', ''),
    );
    assert.equal(
      applyEdits(text, insertKey(document, cors, 'age', 5)),
      text.replace('cors {\n', 'cors {\n  age         = 5\n'),
    );
    const [empty, one] = [at('empty'), at('one')];
    assert.ok(empty.kind === 'map' && one.kind === 'map');
    assert.equal(
      applyEdits(text, insertKey(document, empty, 'list', ['a'])),
      text.replace('empty {}', 'empty {\n  list = ["a"]\n}'),
    );
    assert.deepEqual(insertKey(document, one, 'b', 2), []);
    assert.equal(applyEdits(text, removeEntry(document, one.entries[0]!)), text.replace('{ a = 1 }', '{ }'));
  });
});

describe('maps that functions of HCL make', () => {
  const entriesIn = (text: string): unknown => {
    const node = valueAt(readHcl('main.tf', `a = ${text}\n`).root, 'a');
    return node?.kind === 'map'
      ? [node.entries.map(({ key, value }) => [key, textOf(value)]), node.open ?? false]
      : textOf(node);
  };

  it('have the entries that are written, and may have others where a literal is not the whole of them', () => {
    assert.deepEqual(entriesIn('zipmap(["a", "b"], ["1", "2"])'), [
      [
        ['a', '1'],
        ['b', '2'],
      ],
      false,
    ]);
    assert.deepEqual(entriesIn('merge({ a = "1", b = "2" }, { a = "3" })'), [
      [
        ['b', '2'],
        ['a', '3'],
      ],
      false,
    ]);
    assert.deepEqual(entriesIn('merge(var.more, { a = "1" })'), [[['a', '1']], true]);
  });

  it('are none where others may win, or the lists do not fit', () => {
    for (const text of [
      'merge({ a = "1" }, var.more)',
      'zipmap(["a"], ["1", "2"])',
      'zipmap(local.names, ["1"])',
      'merge(',
      'zipmap(["a"]',
    ])
      assert.match(String(entriesIn(text)), /^\$\{/, text);
  });
});
