/**
 * `npm run test:hook`: the hook of pre-commit, installed from a clone of this folder as pre-commit installs it, in a small project
 * with an open `cors()`. Where pre-commit is not there, its own steps are made with npm (`pre_commit/languages/node.py`).
 * https://pre-commit.com/#node
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
const folder = fs.mkdtempSync(path.join(tmpdir(), 'cors-lint-hook-'));
process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

const repository = path.join(folder, 'cors-lint');
const project = path.join(folder, 'project');
copySources();
commit(repository);
fs.mkdirSync(project);
fs.writeFileSync(path.join(project, 'open.js'), "const cors = require('cors');\nrequire('express')().use(cors());\n");
fs.writeFileSync(path.join(project, 'README.md'), '# Use `cors()`\n');
commit(project);

packsAsOlderReleasesRead();
if (spawnSync('pre-commit', ['--version']).status === 0) runsByPreCommit();
else {
  console.error('SKIPPED: pre-commit is not there; npm is told what it would tell npm.');
  installsFromRepository();
}

/** What is tracked, or would be: the folder as it stands now, without what is built and installed. */
function copySources() {
  const listed = run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], root).stdout;
  for (const name of new Set(listed.split('\0')))
    if (name !== '' && fs.existsSync(path.join(root, name)))
      fs.cpSync(path.join(root, name), path.join(repository, name), { recursive: true });
}

function commit(repository) {
  const git = ['-c', 'user.name=CORS Lint', '-c', 'user.email=cors-lint@example.com', '-c', 'commit.gpgsign=false'];
  execFileSync('git', ['init', '--quiet'], { cwd: repository });
  execFileSync('git', ['add', '--all'], { cwd: repository });
  execFileSync('git', [...git, 'commit', '--quiet', '--message', 'As it stands'], { cwd: repository });
}

/** Older releases take all that `npm pack` prints for the name of a file. */
function packsAsOlderReleasesRead() {
  const modules = path.join(repository, 'node_modules');
  fs.symlinkSync(path.join(root, 'node_modules'), modules, 'junction');
  assert.equal(run('npm', ['pack'], repository).stdout.trim(), `cors-lint-${version}.tgz`);
  fs.rmSync(modules);
}

function runsByPreCommit() {
  const env = { PRE_COMMIT_HOME: path.join(folder, 'home') };
  const said = run('pre-commit', ['try-repo', '--ref', 'HEAD', '--all-files', repository], project, env, 1);
  assert.match(said.stdout, /^open\.js:2:26: warning: .*\[any-origin\]$/m);
  assert.match(said.stdout, /^0 errors, 1 warning, 0 for information, in 1 file\.$/m);
}

function installsFromRepository() {
  const prefix = path.join(folder, 'prefix');
  const env = { npm_config_prefix: prefix };
  run('npm', ['install', '--allow-git=root', '--install-links', '--global', `git+file://${repository}`], folder, env);
  const bin = process.platform === 'win32' ? prefix : path.join(prefix, 'bin');
  const said = run(path.join(bin, 'cors-lint'), ['open.js'], project, {}, 1);
  assert.match(said.stdout, /^open\.js:2:26: warning: .*\[any-origin\]$/m);
}

/** Runs a command to its end, and fails where it ends with another status. */
function run(command, args, cwd, env = {}, expected = 0) {
  const shell = process.platform === 'win32';
  const ended = spawnSync(command, args, {
    cwd,
    shell,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  if (ended.error) throw ended.error;
  assert.equal(ended.status, expected, `${command} ${args.join(' ')}:\n${ended.stdout}\n${ended.stderr}`);
  return ended;
}
