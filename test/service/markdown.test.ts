import assert from 'node:assert/strict';
import fc from 'fast-check';
import { codeBlock, codeSpan, markdownText, withoutMarks } from '../../server/src/service/markdown.ts';
import { shortened, visible, visibleJson } from '../../server/src/service/visible-text.ts';

/** Signs that mean something to Markdown, to HTML, to a terminal or to whoever reads. */
const sign = fc.constantFrom(
  ...['`', '``', '\\', '*', '_', '[', ']', '(', ')', '!', '<', '>', '&', '#', '|', '~', '$', '{', '}', ' ', 'a'],
  ...['\n', '\r\n', '\t', '\0', '\u001b', '\u009b', '\u202e', '\u2028', '\ufeff', '\ud800', '\udc00', '😀'],
  ...['https://', 'www.', '@', 'x.example', '<img src=x>', '![i](//e)', '-', '1.'],
);
const text = fc.array(sign, { maxLength: 12 }).map((signs) => signs.join(''));
const unseen = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Surrogate}/u;

describe('text that is shown', () => {
  it('holds nothing that is not seen, and is on one line', () => {
    fc.assert(fc.property(text, (given) => assert.doesNotMatch(visible(given), unseen)));
    assert.equal(visible('a\nb\r\t\u001b[2J\u202e é 😀'), 'a\\nb\\r\\t\\x1b[2J\\u202e é 😀');
    assert.equal(visible('plain text, 100 % of it'), 'plain text, 100 % of it');
  });

  it('is the same text in JSON, where nothing hides either', () => {
    fc.assert(
      fc.property(text, (given) => {
        const written = visibleJson({ [given]: [given] });
        assert.deepEqual(JSON.parse(written), { [given]: [given] });
        assert.doesNotMatch(written.replaceAll('\n', ''), unseen);
      }),
    );
  });

  it('has a bounded length, with its begin and its end', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 8, max: 30 }), (given, most) => {
        const short = shortened(given, most);
        assert.ok(short.length <= most);
        if (given.length <= most) assert.equal(short, given);
        else assert.ok(short.includes(' … '));
      }),
    );
    assert.equal(shortened(`https://${'a'.repeat(100)}.example`, 27), 'https://aaaaaaaaaa … xample');
    assert.equal(shortened('😀'.repeat(20), 12), '😀😀😀 … 😀');
  });
});

describe('text in Markdown', () => {
  it('stays text: every sign that means something is escaped', () => {
    fc.assert(
      fc.property(text, (given) => {
        const unescaped = markdownText(given).replaceAll(/\\./g, '');
        assert.doesNotMatch(unescaped, /[!#$&*<>[\]_`{|}~@]|:\/\/|www\./i);
      }),
    );
    assert.equal(
      markdownText('/![i](https://e.example/p.png) <b>'),
      '/\\!\\[i\\]\\(https\\://e.example/p.png\\) \\<b\\>',
    );
    assert.equal(markdownText('every route'), 'every route');
  });

  it('cannot leave its code span, and is in it letter by letter', () => {
    fc.assert(
      fc.property(text, (given) => {
        const span = codeSpan(given);
        const [, fence, inner] = /^(`+)([^]*?)\1$/.exec(span) ?? [];
        assert.ok(fence !== undefined && inner !== undefined, span);
        assert.ok(![...inner.matchAll(/`+/g)].some(([run]) => run.length === fence.length), span);
        if (given !== '') assert.equal(withoutMarks(span), visible(given));
      }),
    );
    assert.equal(codeSpan('https://a.example'), '`https://a.example`');
    assert.equal(codeSpan('a``b'), '```a``b```');
    assert.equal(codeSpan('`'), '`` ` ``');
  });

  it('reads the same where nobody reads Markdown', () => {
    fc.assert(fc.property(text, (given) => assert.equal(withoutMarks(markdownText(given)), visible(given))));
    assert.equal(withoutMarks('origins that match ``a`b``; `c` \\*'), 'origins that match a`b; c *');
  });

  it('cannot leave its block of code', () => {
    for (const inside of ['```\n# x', '````\n```', 'a']) {
      const lines = codeBlock(inside).split('\n');
      assert.ok(!lines.slice(1, -1).includes(lines[0]!), lines.join('\n'));
    }
  });
});
