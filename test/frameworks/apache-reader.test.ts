/** What the Apache reader makes of lines, sections, quotes and half-typed text; and which files it is for. */
import assert from 'node:assert/strict';
import { readApache } from '../../server/src/syntax/directives/apache.ts';
import { sourceKind } from '../../server/src/service/language.ts';
import { suppressionEdit } from '../../server/src/service/suppression-edit.ts';
import type { Finding } from '../../server/src/service/lint.ts';
import { beginnings, sampled } from '../seed.ts';

const shape = (text: string): unknown => {
  const list = (directives: ReturnType<typeof readApache>['directives']): unknown[] =>
    directives.map(({ name, args, block }) => [
      name,
      ...args.map((word) => word.text),
      ...(block ? [list(block)] : []),
    ]);
  return list(readApache('httpd.conf', text).directives);
};
const cases: readonly [string, string, unknown][] = [
  [
    'directives',
    'Header set A "b c"\r\nHeader set D e\r\n',
    [
      ['Header', 'set', 'A', 'b c'],
      ['Header', 'set', 'D', 'e'],
    ],
  ],
  ['sections', '<Location "/a">\n  B c\n</Location>\nD\n', [['Location', '/a', [['B', 'c']]], ['D']]],
  ['an expression with signs', '<If "%{A} > 1 && b =~ m#c$#">\nD\n</If>', [['If', '%{A} > 1 && b =~ m#c$#', [['D']]]]],
  ['a line that goes on', 'Header set \\\n  A b', [['Header', 'set', 'A', 'b']]],
  ['a sign of comments inside a line', 'A #b', [['A', '#b']]],
  ['escapes', 'A "x\\.y\\"z"', [['A', 'x\\.y"z']]],
  ['an unclosed section', '<If "a">\nB', [['If', 'a', [['B']]]]],
  ['an end without a beginning', '</If>\nB', [['B']]],
];

describe('Apache reader', () => {
  for (const [name, text, expected] of cases) it(name, () => assert.deepEqual(shape(text), expected));

  it('reads every prefix, with ranges inside of it', () => {
    const text = cases.map(([, one]) => one).join('\n');
    for (const end of sampled(beginnings(text), 50)) {
      const visit = (directives: ReturnType<typeof readApache>['directives']): void => {
        for (const { range, args, block } of directives) {
          for (const one of [range, ...args.flatMap((word) => [word.range, word.contentRange])])
            assert.ok(one.start >= 0 && one.start <= one.end && one.end <= end, `at ${end}`);
          visit(block ?? []);
        }
      };
      visit(readApache('a.conf', text.slice(0, end)).directives);
    }
  });

  it('takes whole-line comments only', () => {
    assert.deepEqual(
      readApache('a.conf', ' # one\nA # b\n').comments.map(({ text }) => text),
      ['one'],
    );
  });

  it('knows its files by name and by what is in them', () => {
    const format = (path: string, text: string, languageId?: string) => {
      const kind = sourceKind(path, languageId, text);
      return kind?.shape === 'directives' ? kind.format : kind?.shape;
    };
    assert.equal(format('/a/.htaccess', ''), 'apache');
    assert.equal(format('/etc/apache2/sites-available/000-default.conf', ''), 'apache');
    assert.equal(format('/etc/sites-available/shop', '<VirtualHost *:80>\n</VirtualHost>'), 'apache');
    assert.equal(format('/etc/sites-available/shop', 'server {\n  add_header A b;\n}'), 'nginx');
    assert.equal(format('/x/site.conf', 'Header set Access-Control-Allow-Origin *', 'apacheconf'), 'apache');
  });

  it('accepts a finding above the line, never at its end', () => {
    const text = 'A\nHeader set Access-Control-Allow-Origin *\n';
    const edit = suppressionEdit(
      { rule: 'any-origin', range: { start: 4, end: 8 } } as Finding,
      'line',
      text,
      'plaintext',
      'file:///a/.htaccess',
    );
    assert.equal(edit.range.start, 2);
    assert.match(edit.newText, /^# cors-lint-disable-next-line any-origin -- .*\n$/);
  });
});
