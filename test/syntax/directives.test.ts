/** The readers of server configuration come to an end, whatever lines end with, and lose nothing of what is written. */
import assert from 'node:assert/strict';
import type { DirectiveDocument } from '../../server/src/syntax/directives/directives.ts';
import { readApache } from '../../server/src/syntax/directives/apache.ts';
import { readCaddyfile } from '../../server/src/syntax/directives/caddyfile.ts';
import { readHaproxy } from '../../server/src/syntax/directives/haproxy.ts';
import { readLighttpd } from '../../server/src/syntax/directives/lighttpd.ts';
import { readNginx } from '../../server/src/syntax/directives/nginx.ts';

type Read = (path: string, text: string) => DirectiveDocument;
const readers: Readonly<Record<string, Read>> = {
  apache: readApache,
  caddyfile: readCaddyfile,
  haproxy: readHaproxy,
  lighttpd: readLighttpd,
  nginx: readNginx,
};

/** What lines end with: also what only looks like the end of one, and a backslash with nothing behind it. */
const ends = [
  '\n',
  '\r\n',
  '\r',
  '\\',
  '\\\n',
  '\\\r\n',
  '\\\r',
  '\\ ',
  '"',
  '"\\',
  "'\\\r",
  '{\\\r',
  '#\\\r',
  '<\\\r',
  '',
];

describe('directives', () => {
  for (const [format, read] of Object.entries(readers))
    it(`of ${format} end with the text, whatever stands at the ends of lines`, () => {
      for (const first of ends)
        for (const last of ends) {
          const text = `${first}alpha beta${first}gamma "delta"${last}`;
          const { directives, comments } = read('file', text);
          for (const { range } of [...directives, ...comments])
            assert.ok(range.start <= range.end && range.end <= text.length, JSON.stringify(text));
        }
    });

  it('of apache go on behind a backslash at the end of a line, and not behind a carriage return', () => {
    const names = (text: string) =>
      readApache('file', text).directives.map(({ name, args }) => [name, ...args.map((one) => one.text)]);
    assert.deepEqual(names('Header set A \\\r\n  B\r\nHeader set C D'), [
      ['Header', 'set', 'A', 'B'],
      ['Header', 'set', 'C', 'D'],
    ]);
    assert.equal(names('Header set A B\\\r').length, 1);
  });
});
