/** What stands in a file is no link and no picture in the status item. `renderLabelWithIcons` and `parseLinkedText` of VS Code read it. */
import assert from 'node:assert/strict';
import { plain } from '../../client/src/plain-words.ts';

/** As VS Code looks for them. */
const link = /\[[^\]]+\]\([^)\s]+(?:\s+"[^"]*")?\)/;
const picture = /\$\([a-z0-9-]+(?:~[a-z]+)?\)/i;

describe('words of a file in the status item', () => {
  for (const words of [
    '[x](command:evil)',
    '[a](https://evil.example "title")',
    '$(alert) $(sync~spin)',
    '[$(x)](y)',
    ']($([a](b)',
  ])
    it(`are no link and no picture: ${words}`, () => {
      assert.ok(link.test(words) || picture.test(words));
      assert.doesNotMatch(plain(words), link);
      assert.doesNotMatch(plain(words), picture);
      assert.equal(plain(words).replaceAll(' ', ''), words.replaceAll(' ', ''));
    });

  it('stay as they are otherwise', () => {
    for (const words of ['src/app.js', 'Express, cors', 'a [b] (c) $d', 'policies: 3'])
      assert.equal(plain(words), words);
  });
});
