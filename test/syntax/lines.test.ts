/** The readers of TOML and of files of lines: what they find, and where. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { entryOf, mapsOf, textOf, valueAt } from '../../server/src/edits/tree-edits.ts';
import { readDockerfile } from '../../server/src/syntax/trees/dockerfile.ts';
import { readEnv } from '../../server/src/syntax/trees/env.ts';
import { readHeadersFile } from '../../server/src/syntax/trees/headers-file.ts';
import { readIni } from '../../server/src/syntax/trees/ini.ts';
import { readShell } from '../../server/src/syntax/trees/shell.ts';
import { readProperties } from '../../server/src/syntax/trees/properties.ts';
import { readToml } from '../../server/src/syntax/trees/toml.ts';
import type { TreeDocument, TreeNode } from '../../server/src/syntax/trees/tree.ts';
import { runs } from '../seed.ts';

const readers: Readonly<Record<string, (path: string, text: string) => TreeDocument>> = {
  toml: readToml,
  properties: readProperties,
  env: readEnv,
  dockerfile: readDockerfile,
  ini: readIni,
  shell: readShell,
  headers: readHeadersFile,
};
const written = (document: TreeDocument, node: TreeNode | undefined): string | undefined =>
  node && document.text.slice(node.range.start, node.range.end);

describe('TOML', () => {
  const netlify =
    '# site\n[build]\npublish = "dist"\n\n[[headers]]\nfor = "/*"\n  [headers.values]\n  ' +
    'Access-Control-Allow-Origin = \'*\'\n  Vary = ["Origin", "Accept"]\n\n[[headers]]\nfor = "/api/*"\n' +
    'values = { "X-A" = "1" }\n';

  it('steps over blanks that TOML does not know, also below an empty first line', () => {
    for (const blank of ['\u00a0', '\f', '\u2003', '\ufeff'])
      for (const text of [`\n${blank}`, `\na = 1\n${blank}\n`, `\n\n${blank}\na = 1\n`]) {
        const { root, unread } = readToml('netlify.toml', text);
        assert.equal(unread, undefined, JSON.stringify(text));
        assert.equal(valueAt(root, 'a') !== undefined, text.includes('a = 1'), JSON.stringify(text));
      }
  });

  it('puts tables and arrays of tables where they are named', () => {
    const document = readToml('netlify.toml', netlify);
    const [first, second] = mapsOf(valueAt(document.root, 'headers'));
    assert.equal(textOf(valueAt(first, 'for')), '/*');
    assert.equal(written(document, valueAt(first, 'values', 'Access-Control-Allow-Origin')), "'*'");
    assert.equal(valueAt(first, 'values', 'Vary')?.kind, 'list');
    assert.equal(textOf(valueAt(second, 'values', 'X-A')), '1');
    assert.deepEqual(
      document.comments.map(({ text }) => text),
      ['site'],
    );
  });

  it('reads what a half-typed line, an open list and an open text leave', () => {
    for (const broken of [
      '  Access-Control-Allow-Cre',
      '  Vary = "Ori',
      '  list = [\n    "a",',
      '[headers',
      '  a = = 1',
    ]) {
      const document = readToml(
        'netlify.toml',
        netlify.replace('\n\n[[headers]]\nfor = "/api', `\n${broken}\n\n[[headers]]\nfor = "/api`),
      );
      assert.equal(
        textOf(valueAt(mapsOf(valueAt(document.root, 'headers'))[0], 'values', 'Access-Control-Allow-Origin')),
        '*',
        broken,
      );
      assert.ok(mapsOf(valueAt(document.root, 'headers')).length >= 1, broken);
    }
  });

  it('reads dotted keys and values that are no texts', () => {
    const { root } = readToml('a.toml', 'a.b.c = 1\na.b.d = true\nwhen = 2020-01-01\n');
    const value = valueAt(root, 'a', 'b', 'd');
    assert.equal(value?.kind === 'scalar' && value.value, true);
    assert.equal(textOf(valueAt(root, 'when')), '2020-01-01');
  });
});

describe('files of lines', () => {
  it('.properties: escapes, continued lines and every separator', () => {
    const document = readProperties(
      'a.properties',
      '# note\na.b = https://a.example,\\\n   https://b.example\r\nc:d\ne f\nhalf\n',
    );
    assert.equal(textOf(entryOf(document.root, 'a.b')?.value), 'https://a.example,https://b.example');
    assert.equal(textOf(entryOf(document.root, 'c')?.value), 'd');
    assert.equal(textOf(entryOf(document.root, 'e')?.value), 'f');
    assert.equal(written(document, entryOf(document.root, 'c')?.value), 'd');
    assert.equal(document.comments[0]?.text, 'note');
  });

  it('.env: export, quotes, comments, and values over several lines', () => {
    const document = readEnv(
      '.env',
      '# note\nexport A=https://a.example # mine\nB="x#y"\nC=\'multi\nline\'\n D = spaced \nhalf\nE=\n',
    );
    const texts = ['A', 'B', 'C', 'D', 'E'].map((name) => textOf(entryOf(document.root, name)?.value));
    assert.deepEqual(texts, ['https://a.example', 'x#y', 'multi\nline', 'spaced', '']);
    assert.equal(written(document, entryOf(document.root, 'B')?.value), '"x#y"');
  });

  it('Dockerfile: both forms of ENV, and several variables on continued lines', () => {
    const document = readDockerfile(
      'Dockerfile',
      'FROM node\nENV A=1 B="two words" \\\n    C=3\nENV D four\nRUN E=5 make\n',
    );
    assert.deepEqual(
      ['A', 'B', 'C', 'D', 'E'].map((name) => textOf(entryOf(document.root, name)?.value)),
      ['1', 'two words', '3', 'four', undefined],
    );
    assert.equal(written(document, entryOf(document.root, 'D')?.value), 'four');
  });

  it('Dockerfile: what an instruction hands to a shell is none of its own', () => {
    const text = [
      'RUN <<EOF cat <<-"END"',
      '# a comment of the shell',
      'ENV A=1',
      'EOF',
      'ENV B=2',
      '\tEND',
      '# ours',
      'ENV C=3 # <<EOF',
      'RUN cat <<<EOF',
      'ENV D=4',
      'RUN <<LATER',
      'ENV E=5',
    ].join('\n');
    for (const written of [text, text.replaceAll('\n', '\r\n')]) {
      const document = readDockerfile('Dockerfile', written);
      assert.deepEqual(
        document.comments.map((comment) => comment.text),
        ['ours'],
      );
      assert.deepEqual(
        ['A', 'B', 'C', 'D', 'E'].map((name) => textOf(entryOf(document.root, name)?.value)),
        [undefined, undefined, '3', '4', '5'],
      );
    }
  });

  it('INI: sections, also when they are opened twice', () => {
    const document = readIni(
      'local.ini',
      '; note\n[chttpd]\nenable_cors = true\n[cors]\norigins = * ; all\n[chttpd]\nport = 5984\n',
    );
    assert.equal(textOf(valueAt(document.root, 'cors', 'origins')), '*');
    assert.equal(textOf(valueAt(document.root, 'chttpd', 'port')), '5984');
    assert.equal(document.comments[0]?.text, 'note');
  });

  it('_headers: rules in order, headers as often as they stand, and headers that are taken away', () => {
    const document = readHeadersFile('_headers', '# note\nlost: 1\n/api/*\n  A: 1\n  A:2\n/*\n! B\n  half\n  C:\n');
    const rules = mapsOf(document.root).map(({ entries }) => entries[0]!);
    assert.deepEqual(
      rules.map(({ key }) => key),
      ['/api/*', '/*'],
    );
    assert.deepEqual(
      rules.map(({ value }) =>
        value.kind === 'map' ? value.entries.map((entry) => [entry.key, textOf(entry.value)]) : [],
      ),
      [
        [
          ['A', '1'],
          ['A', '2'],
        ],
        [['B', '']],
      ],
    );
  });

  for (const [name, read] of Object.entries(readers)) {
    it(`${name}: any text is read, with every range inside of it`, () => {
      const piece = fc.constantFrom(
        'a',
        'b.c',
        '=',
        ':',
        '"',
        "'",
        '[',
        ']',
        '[[',
        '{',
        '}',
        '\n',
        '\r\n',
        '\\',
        '#',
        ';',
        ' ',
        '/',
        '*',
        ',',
        'ENV ',
        '!',
        '\u{1f600}',
      );
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
          const text = pieces.join('');
          const check = (node: TreeNode): void => {
            assert.ok(node.range.start >= 0 && node.range.start <= node.range.end && node.range.end <= text.length);
            if (node.kind === 'map')
              for (const { value, keyRange, range } of node.entries) {
                assert.ok(keyRange.start <= keyRange.end && range.end <= text.length && range.start <= range.end);
                check(value);
              }
            if (node.kind === 'list') node.items.forEach(check);
          };
          const { root } = read('file', text);
          if (root) check(root);
        }),
        { numRuns: runs(300) },
      );
    });
  }

  it('TOML keeps what it holds behind any number of bad lines that can be stepped over, else says that it is unread', () => {
    const headers = '[[headers]]\nfor = "/*"\n[headers.values]\nAccess-Control-Allow-Origin = "*"\n';
    const few = readToml('netlify.toml', 'x y z\n'.repeat(60) + headers);
    assert.deepEqual([few.root?.kind, few.unread], ['map', undefined]);
    const many = readToml('netlify.toml', 'x y z\n'.repeat(5000) + headers);
    assert.deepEqual([many.root, many.unread], [undefined, 'It has too many lines that are no TOML.']);
  });
});

describe('a script of a shell', () => {
  const text =
    '#!/bin/sh\nexport A="x y" # why\nB=1 C=\'*\' run --flag \\\n  --other "*"\ncat <<EOF > file\nD=2\nEOF\ndocker run -e E=3 image\n' +
    'echo "F=4"\n';

  it('has variables by their names, and commands without what another line goes on with', () => {
    const document = readShell('run.sh', text);
    const { root } = document;
    assert.deepEqual(
      ['A', 'B', 'C', 'D', 'E', 'F'].map((name) => textOf(valueAt(root, name))),
      ['x y', '1', '*', undefined, '3', undefined],
    );
    assert.equal(written(document, valueAt(root, 'C')), "'*'");
    const commands = root?.kind === 'map' ? root.entries.filter(({ key }) => key === 'CMD') : [];
    assert.deepEqual(
      commands.map(({ value }) => textOf(value)),
      ['B=1 C=\'*\' run --flag     --other "*"', 'cat <<EOF > file', 'docker run -e E=3 image', 'echo "F=4"'],
    );
  });
});
