/** The reader of XML, and how edits are written into it. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { entryOf, replaceValue, textOf, valueAt } from '../../server/src/edits/tree-edits.ts';
import { applyEdits } from '../../server/src/service/apply-edits.ts';
import { readXml } from '../../server/src/syntax/trees/xml.ts';
import type { TreeDocument, TreeNode } from '../../server/src/syntax/trees/tree.ts';
import { runs } from '../seed.ts';

const written = (document: TreeDocument, node: TreeNode | undefined): string | undefined =>
  node && document.text.slice(node.range.start, node.range.end);
const content = (document: TreeDocument, node: TreeNode | undefined): string | undefined =>
  node?.kind === 'scalar' ? document.text.slice(node.contentRange.start, node.contentRange.end) : undefined;

describe('XML', () => {
  const config =
    '<?xml version="1.0"?>\n<!DOCTYPE a>\n<!-- note -->\n<a>\n  <b x="1" y = \'&quot;2&quot;\'/>\n  <c>\n' +
    '    one &amp; two\n  </c>\n  <c><![CDATA[<three>]]></c>\n  <d></d>\n</a>\n';

  it('finds attributes, texts and children where they stand', () => {
    const document = readXml('a.xml', config);
    const a = valueAt(document.root, 'a');
    assert.equal(textOf(valueAt(a, 'b', '@x')), '1');
    assert.equal(written(document, valueAt(a, 'b', '@x')), '"1"');
    assert.equal(textOf(valueAt(a, 'b', '@y')), '"2"');
    assert.equal(written(document, valueAt(a, 'b', '@y')), "'&quot;2&quot;'");
    assert.equal(content(document, valueAt(a, 'b', '@y')), '&quot;2&quot;');
    assert.equal(written(document, valueAt(a, 'b')), '<b x="1" y = \'&quot;2&quot;\'/>');
    const [, first, second] = a?.kind === 'map' ? a.entries.map(({ value }) => value) : [];
    assert.equal(textOf(valueAt(first, '#text')), 'one & two');
    assert.equal(written(document, valueAt(first, '#text')), 'one &amp; two');
    assert.equal(textOf(valueAt(second, '#text')), '<three>');
    assert.equal(written(document, valueAt(second, '#text')), '<![CDATA[<three>]]>');
    assert.equal(content(document, valueAt(second, '#text')), '<three>');
    assert.equal(written(document, a), config.slice(config.indexOf('<a>'), -1));
    assert.deepEqual(
      document.comments.map(({ text, range }) => [text, config.slice(range.start, range.end)]),
      [['note', '<!-- note -->']],
    );
  });

  it('writes values in the quotes that stand there, and escapes what the place needs', () => {
    const document = readXml('a.xml', config);
    const a = valueAt(document.root, 'a');
    assert.match(applyEdits(config, replaceValue(document, valueAt(a, 'b', '@x')!, 'a"b&c')), /x="a&quot;b&amp;c"/);
    assert.match(applyEdits(config, replaceValue(document, valueAt(a, 'b', '@y')!, "a'b")), /y = 'a&apos;b'/);
    assert.match(
      applyEdits(config, replaceValue(document, valueAt(entryOf(a, 'c')!.value, '#text')!, '"<x>"')),
      /<c>"&lt;x&gt;"<\/c>/,
    );
  });

  it('reads what half-typed elements, attributes and comments leave', () => {
    for (const broken of [
      '<half',
      '<half x',
      '<half x=',
      '<half x="1"',
      '</nobody>',
      '<half>',
      '<open><inner>',
      '&',
      '< ',
      '<x y="1" y="2">',
    ]) {
      const { root } = readXml('a.xml', config.replace('  <d>', `  ${broken}\n  <d>`));
      assert.equal(textOf(valueAt(root, 'a', 'b', '@x')), '1', broken);
    }
    assert.equal(textOf(valueAt(readXml('a.xml', '<a><b x="1"/><!-- open').root, 'a', 'b', '@x')), '1');
    assert.equal(readXml('a.xml', '  \n').root, undefined);
  });

  it('any text is read, with every range inside of it', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '<a',
      '<a>',
      '</a>',
      '/>',
      '<',
      '>',
      '</',
      '=',
      '"',
      "'",
      ' x="1"',
      ' x=1',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      '<!D',
      '&amp;',
      '&#x41;',
      '&#99999999;',
      '&#',
      '&',
      '\n',
      '\r\n',
      ' ',
      '\u{1f600}',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const { root, comments } = readXml('file', text);
        const inside = ({ start, end }: TreeNode['range']): void =>
          assert.ok(start >= 0 && start <= end && end <= text.length, JSON.stringify([text, start, end]));
        const check = (node: TreeNode): void => {
          inside(node.range);
          if (node.kind === 'scalar') inside(node.contentRange);
          if (node.kind === 'map')
            for (const { value, keyRange, range } of node.entries) {
              inside(keyRange);
              inside(range);
              assert.equal(value.parent, node);
              check(value);
            }
        };
        if (root) check(root);
        for (const { range } of comments) inside(range);
      }),
      { numRuns: runs(2000) },
    );
  });
});
