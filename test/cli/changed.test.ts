import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildCli, fixableApp, found, openApp, place } from './run.ts';
import type { Place } from './run.ts';

const listApp =
  "const { origins } = require('./list.js');\nrequire('express')().use(require('cors')({ origin: origins }));\n";

describe('--changed', function () {
  let here: Place;
  before(function () {
    if (spawnSync('git', ['--version']).error) {
      console.error('SKIPPED: git is not there.');
      this.skip();
    }
    buildCli();
  });
  const git = (...args: string[]): string => {
    const own = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
    const { status, stdout, stderr } = spawnSync('git', [...own, ...args], { cwd: here.folder, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    return stdout.trim();
  };
  beforeEach(() => {
    here = place({
      'old.js': openApp,
      'app/listed.js': listApp,
      'app/list.js': "exports.origins = ['https://a.example'];\n",
    });
    git('init', '-q', '-b', 'trunk');
    git('add', '.');
    git('commit', '-q', '-m', 'first');
  });
  afterEach(() => here?.remove());
  const changed = (...args: string[]): string[] => found(here.run(['-f', 'json', ...args]));

  it('checks what is not committed: changed, staged and new files', () => {
    assert.deepEqual(changed('--changed'), []);
    const { status, out, error } = here.run(['--changed']);
    assert.deepEqual([status, out, error], [0, '', 'warning: No file that can be checked has changed.\n']);
    here.write('new.js', openApp);
    here.write('staged.js', openApp);
    git('add', 'staged.js');
    here.write('ignored.js', openApp);
    here.write('.gitignore', 'ignored.js\n');
    assert.deepEqual(changed('--changed'), ['new.js any-origin', 'staged.js any-origin']);
    here.write('old.js', `${openApp}// more\n`);
    assert.deepEqual(changed('--changed'), ['new.js any-origin', 'old.js any-origin', 'staged.js any-origin']);
    assert.match(here.run(['--changed', '.']).out, / in 3 files\.\n$/);
    assert.deepEqual(changed('--changed', 'app'), []);
  });

  it('with a commit: what the branch changed since it left it, and nothing that others did there', () => {
    git('checkout', '-q', '-b', 'work');
    here.write('mine.js', openApp);
    git('add', '.');
    git('commit', '-q', '-m', 'mine');
    git('checkout', '-q', 'trunk');
    here.write('theirs.js', openApp);
    git('add', '.');
    git('commit', '-q', '-m', 'theirs');
    git('checkout', '-q', 'work');
    here.write('late.js', openApp);
    assert.deepEqual(changed('--changed=trunk'), ['late.js any-origin', 'mine.js any-origin']);
    // Seen from a folder below the root.
    assert.deepEqual(found(here.run(['-f', 'json', '--changed=trunk', '..'], { cwd: path.join(here.folder, 'app') })), [
      '../late.js any-origin',
      '../mine.js any-origin',
    ]);
  });

  it('tells a finding of an old file whose cause has changed', () => {
    here.write('app/list.js', "exports.origins = '*';\n");
    assert.deepEqual(changed('--changed'), ['app/listed.js any-origin']);
  });

  it('leaves files alone that have not changed', () => {
    here.write('old-fixable.js', fixableApp);
    git('add', '.');
    git('commit', '-q', '-m', 'second');
    here.write('new-fixable.js', fixableApp);
    here.run(['--changed', '--fix']);
    assert.equal(readFileSync(path.join(here.folder, 'old-fixable.js'), 'utf8'), fixableApp);
    assert.notEqual(readFileSync(path.join(here.folder, 'new-fixable.js'), 'utf8'), fixableApp);
  });

  it('files that are gone, and names with letters of all kinds', () => {
    git('rm', '-q', 'old.js');
    here.write('ü "x"/new.js', openApp);
    assert.deepEqual(changed('--changed'), ['ü "x"/new.js any-origin']);
  });

  for (const [args, message] of [
    [['--changed=no-such-branch'], /Git knows no commit "no-such-branch"/],
    [['--changed=--output=written'], /Git knows no commit "--output=written"/],
    [['--changed', '-'], /about files, not about --stdin/],
    [['--changed', '--write-baseline'], /of all files/],
    [['policy', 'old.js', '--changed'], /goes with checking/],
  ] as const)
    it(`refuses ${args.join(' ')}`, () => {
      const { status, error } = here.run(args);
      assert.equal(status, 2);
      assert.match(error, message);
      assert.equal(existsSync(path.join(here.folder, 'written')), false);
    });

  it('is refused in words where there is no repository, no commit, or no common one', () => {
    const bare = place({ 'a.js': openApp });
    try {
      assert.match(
        bare.run(['--changed'], { env: { GIT_CEILING_DIRECTORIES: path.dirname(bare.folder) } }).error,
        /in no repository/,
      );
      mkdirSync(path.join(bare.folder, 'x'));
      spawnSync('git', ['init', '-q'], { cwd: bare.folder });
      assert.match(bare.run(['--changed']).error, /There is no commit yet/);
    } finally {
      bare.remove();
    }
    git('checkout', '-q', '--orphan', 'other');
    git('commit', '-q', '-m', 'unrelated');
    assert.match(here.run(['--changed=trunk']).error, /shallow clone/);
  });
});
