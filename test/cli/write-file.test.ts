/** A fixed file takes the place of the one that was read, and of nothing else. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { replaceFile } from '../../server/src/cli/write-file.ts';
import { place } from './run.ts';
import type { Place } from './run.ts';

const [before, after] = [Buffer.from('old\n'), Buffer.from('new\n')];
const superuser = process.getuid?.() === 0;

describe('a fixed file', () => {
  let here: Place;
  let root: string;
  beforeEach(() => {
    here = place({ 'repo/a.js': before, 'outside/victim.js': before });
    root = path.join(here.folder, 'repo');
  });
  afterEach(() => here.remove());
  const at = (name: string): string => path.join(here.folder, name);
  const replace = (name: string): string | undefined => replaceFile({ file: at(name), root, before, after });
  const text = (name: string): string => readFileSync(at(name), 'utf8');

  it('is written, with its mode, and nothing else is left in its folder', () => {
    chmodSync(at('repo/a.js'), 0o751);
    assert.equal(replace('repo/a.js'), undefined);
    assert.equal(text('repo/a.js'), 'new\n');
    assert.equal(statSync(at('repo/a.js')).mode & 0o7777, 0o751);
    assert.deepEqual(readdirSync(root), ['a.js']);
  });

  it('keeps its owner', function () {
    if (!superuser) {
      console.error('SKIPPED: only the superuser may give a file away.');
      this.skip();
    }
    chownSync(at('repo/a.js'), 12345, 12346);
    assert.equal(replace('repo/a.js'), undefined);
    const { uid, gid } = statSync(at('repo/a.js'));
    assert.deepEqual([uid, gid], [12345, 12346]);
  });

  it('is not written where links were laid for every name that was ever guessed', () => {
    for (const id of [process.pid, process.pid + 1, 1, 2, 7])
      symlinkSync(at('outside/victim.js'), at(`repo/.a.js.cors-lint-${id}`));
    assert.equal(replace('repo/a.js'), undefined);
    assert.equal(text('outside/victim.js'), 'old\n');
    assert.equal(text('repo/a.js'), 'new\n');
    assert.ok(lstatSync(at('repo/a.js')).isFile());
  });

  it('gets a new name for its new text each time', () => {
    // Where the folder may not be entered by others, a name that was seen once tells nothing about the next one.
    const source = readFileSync(new URL('../../server/src/cli/write-file.ts', import.meta.url), 'utf8');
    assert.doesNotMatch(source, /process\.pid|Date\.now|Math\.random/);
  });

  it('that is a link is written where it leads to, within the repository', () => {
    mkdirSync(at('repo/sub'));
    symlinkSync('../a.js', at('repo/sub/link.js'));
    assert.equal(replace('repo/sub/link.js'), undefined);
    assert.equal(readlinkSync(at('repo/sub/link.js')), '../a.js');
    assert.equal(text('repo/a.js'), 'new\n');
  });

  it('that is a link out of the repository, or lies behind one, is not written', () => {
    symlinkSync('../outside/victim.js', at('repo/link.js'));
    symlinkSync('../outside', at('repo/folder'));
    assert.match(replace('repo/link.js')!, /outside of the repository/);
    assert.match(replace('repo/folder/victim.js')!, /outside of the repository/);
    assert.match(replace('outside/victim.js')!, /outside of the repository/);
    assert.equal(text('outside/victim.js'), 'old\n');
  });

  it('that has changed since it was read is not written', () => {
    for (const changed of ['old\nmore\n', 'odd\n', '']) {
      here.write('repo/a.js', changed);
      assert.equal(replace('repo/a.js'), 'It has changed since it was read.');
      assert.equal(text('repo/a.js'), changed);
    }
    assert.deepEqual(readdirSync(root), ['a.js']);
  });

  it('that is read-only is not written, not by the superuser either', () => {
    chmodSync(at('repo/a.js'), 0o444);
    assert.equal(replace('repo/a.js'), 'It is read-only.');
    assert.equal(text('repo/a.js'), 'old\n');
  });

  it('that has other names is not written: they would keep the old text', () => {
    linkSync(at('repo/a.js'), at('outside/other.js'));
    assert.match(replace('repo/a.js')!, /hard links/);
    assert.equal(text('outside/other.js'), 'old\n');
    assert.equal(statSync(at('repo/a.js')).ino, statSync(at('outside/other.js')).ino);
  });

  it('that is gone, or became a folder or a pipe, is said', function () {
    assert.equal(replace('repo/gone.js'), 'It is not there any more.');
    mkdirSync(at('repo/folder.js'));
    assert.equal(replace('repo/folder.js'), 'It is no file.');
    if (spawnSync('mkfifo', [at('repo/pipe.js')]).error) {
      console.error('SKIPPED: mkfifo is not there.');
      this.skip();
    }
    assert.equal(replace('repo/pipe.js'), 'It is no file.');
  });

  it('in a folder that may not be written is said, and nothing is left', function () {
    if (superuser || process.platform === 'win32') {
      console.error('SKIPPED: this user may write everywhere.');
      this.skip();
    }
    chmodSync(root, 0o555);
    assert.equal(replace('repo/a.js'), 'It, or its folder, may not be written.');
    chmodSync(root, 0o755);
    assert.ok(existsSync(at('repo/a.js')));
  });
});
