/** The walk against git itself, on trees and patterns made at random. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import fc from 'fast-check';
import { walk } from '../../server/src/cli/walk.ts';
import { place } from './run.ts';
import { runs } from '../seed.ts';

const part = fc.constantFrom('a', 'b', 'x y', '*', 'a*', '?', '[ab]', '**', '.c');
const pattern = fc
  .tuple(
    fc.constantFrom('', '', '!', '!', '/', '!/'),
    fc.array(part, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '', '/', '/**', '/*'),
  )
  .map(([start, parts, end]) => start + parts.join('/') + end);
const folder = fc.array(fc.constantFrom('a', 'b', 'x y', '.c'), { maxLength: 3 }).map((names) => names.join('/'));
const tree = fc.record({
  files: fc.uniqueArray(
    fc.tuple(folder, fc.constantFrom('a.js', 'b.js', 'file')).map(([base, name]) => path.posix.join(base, name)),
    { minLength: 3, maxLength: 12 },
  ),
  ignores: fc.uniqueArray(
    fc.tuple(
      folder,
      fc.array(fc.oneof(pattern, fc.constantFrom('*.js', '!b.js', 'file', '!file')), { minLength: 1, maxLength: 4 }),
    ),
    { minLength: 1, maxLength: 3, selector: ([base]) => base },
  ),
});

describe('the walk', function () {
  it('finds what git finds', function () {
    if (spawnSync('git', ['--version']).error) {
      console.error('SKIPPED: git is not there to compare with.');
      this.skip();
    }
    fc.assert(
      fc.property(tree, ({ files, ignores }) => {
        const here = place({
          ...Object.fromEntries(files.map((name) => [name, ''])),
          ...Object.fromEntries(
            ignores.map(([base, lines]) => [path.posix.join(base, '.gitignore'), `${lines.join('\n')}\n`]),
          ),
        });
        try {
          const git = (...args: string[]): string => {
            const { status, stdout, stderr } = spawnSync(
              'git',
              ['-c', 'core.excludesFile=', '-c', 'core.quotePath=false', ...args],
              { cwd: here.folder, encoding: 'utf8', timeout: 600_000 },
            );
            assert.equal(status, 0, stderr);
            return stdout;
          };
          git('init', '-q');
          const expected = git('ls-files', '-z', '--others', '--exclude-standard')
            .split('\0')
            .filter((name) => name !== '')
            .sort();
          const unreadable: string[] = [];
          const found = [
            ...walk(here.folder, {
              enters: (name) => name !== '.git',
              wants: () => true,
              unreadable: (name) => void unreadable.push(name),
            }),
          ]
            .map((file) => path.relative(here.folder, file))
            .sort();
          assert.deepEqual(found, expected);
          assert.deepEqual(unreadable, []);
        } finally {
          here.remove();
        }
      }),
      { numRuns: runs(150) },
    );
  });
});
