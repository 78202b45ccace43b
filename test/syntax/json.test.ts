import assert from 'node:assert/strict';
import { readJson } from '../../server/src/syntax/trees/json.ts';
import type { TreeMap, TreeNode } from '../../server/src/syntax/trees/tree.ts';
import { beginnings, sampled } from '../seed.ts';

const sample =
  '{\r\n  // who may read\r\n  "origins": ["https://a.example", "https://b.example",],\r\n  "😀": { ' +
  '"on": true, "age": 3.6e3, "none": null }, /* end */\r\n}\r\n';
const read = (text: string) => readJson('cors.json', text);
const map = (node: TreeNode | undefined): TreeMap => {
  assert.ok(node?.kind === 'map');
  return node;
};

function* nodesUnder(node: TreeNode | undefined): Generator<TreeNode> {
  if (node === undefined) return;
  yield node;
  if (node.kind === 'map') for (const entry of node.entries) yield* nodesUnder(entry.value);
  if (node.kind === 'list') for (const item of node.items) yield* nodesUnder(item);
}

describe('JSON', () => {
  it('gives keys, values and their exact ranges', () => {
    const [origins, astral] = map(read(sample).root).entries;
    assert.equal(sample.slice(origins!.keyRange.start, origins!.keyRange.end), '"origins"');
    assert.equal(
      sample.slice(origins!.range.start, origins!.range.end),
      '"origins": ["https://a.example", "https://b.example",]',
    );
    const list = origins!.value;
    assert.ok(list.kind === 'list');
    assert.deepEqual(
      list.items.map((item) => item.kind === 'scalar' && sample.slice(item.contentRange.start, item.contentRange.end)),
      ['https://a.example', 'https://b.example'],
    );
    assert.equal(list.items[0]!.parent, list);
    assert.deepEqual(
      map(astral!.value).entries.map(({ key, value }) => [key, value.kind === 'scalar' && value.value]),
      [
        ['on', true],
        ['age', 3600],
        ['none', null],
      ],
    );
  });

  it('reads comments with their text, and trailing commas', () => {
    assert.deepEqual(
      read(sample).comments.map(({ text }) => text),
      ['who may read', 'end'],
    );
  });

  it('reads a file with a byte order mark, counting it', () => {
    const text = `\uFEFF${sample}`;
    const [origins] = map(read(text).root).entries;
    assert.equal(text.slice(origins!.keyRange.start, origins!.keyRange.end), '"origins"');
  });

  it('keeps the entries around a half-typed one', () => {
    const text = '{ "a": ["x", "y, \n "b": 1, "c" }';
    assert.deepEqual(
      map(read(text).root)
        .entries.map(({ key }) => key)
        .slice(0, 1),
      ['a'],
    );
    assert.deepEqual(
      map(read('{ "a": 1, "b":, "c": 3 }').root).entries.map(({ key }) => key),
      ['a', 'c'],
    );
    assert.deepEqual(
      map(read('{ "a": "https://app').root).entries.map(({ value }) => value.kind === 'scalar' && value.value),
      ['https://app'],
    );
  });

  it('has no root for an empty text', () => {
    assert.equal(read('').root, undefined);
    assert.equal(read('  // nothing\n').root, undefined);
  });

  it('survives any nesting, also behind stray closing brackets', () => {
    for (const text of [
      '['.repeat(100_000),
      '{"a":'.repeat(100_000),
      ']'.repeat(100_000) + '['.repeat(100_000),
      '}'.repeat(300) + '{"a":'.repeat(300),
    ]) {
      assert.equal(read(text).root, undefined);
    }
  });

  it('gives ranges inside the text for every prefix', () => {
    const text = `\uFEFF${sample}`;
    for (const length of sampled(beginnings(text), 50)) {
      const { root, comments } = read(text.slice(0, length));
      const ranges = [
        ...comments.map(({ range }) => range),
        ...[...nodesUnder(root)].flatMap((node) => [
          node.range,
          ...(node.kind === 'scalar' ? [node.contentRange] : []),
        ]),
      ];
      for (const { start, end } of ranges)
        assert.ok(start >= 0 && start <= end && end <= length, `${length}: ${start}–${end}`);
    }
  });
});
