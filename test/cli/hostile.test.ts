/** A repository of a stranger on the command line: it is read and reported, and nothing more comes of it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { buildCli, cliFile, copyCommand, closedApp, fixableApp, found, openApp, place } from './run.ts';
import type { Outcome, Place } from './run.ts';

const allow = (origins: string): string =>
  `const { origins } = require('${origins}');\nrequire('express')().use(require('cors')({ origin: origins }));\n`;
const list = "exports.origins = '*';\n";
const outsiders = { 'above/list.js': list, 'above/cors-lint.json': '{ "exclude": ["**"] }' };

describe('a hostile workspace', function () {
  this.timeout(600_000);
  let here: Place;
  let repo: string;
  before(buildCli);
  beforeEach(() => {
    here = place({ 'above/repo/.git/HEAD': '' });
    repo = path.join(here.folder, 'above/repo');
  });
  afterEach(() => here.remove());
  const write = (files: Readonly<Record<string, string | Uint8Array>>): void =>
    Object.entries(files).forEach(([name, text]) => here.write(name, text));
  const run = (...args: string[]): Outcome => here.run(args, { cwd: repo });
  const link = (target: string, name: string): void => symlinkSync(target, path.join(repo, name));
  const pipe = (name: string): boolean => spawnSync('mkfifo', [path.join(repo, name)]).status === 0;

  describe('reads nothing outside of the repository', () => {
    it('not by import, and with --root it does', () => {
      write({ ...outsiders, 'above/repo/a.js': allow('../list.js'), 'above/repo/b.js': allow('./own.js') });
      write({ 'above/repo/own.js': list });
      assert.deepEqual(found(run('-f', 'json', '.')), ['b.js any-origin']);
      write({ 'above/cors-lint.json': '{}' });
      assert.deepEqual(found(run('-f', 'json', '--root', '..', '.')), ['a.js any-origin', 'b.js any-origin']);
    });

    it('not through a link to a file or a folder', () => {
      write({ ...outsiders, 'above/repo/a.js': allow('./link.js'), 'above/repo/b.js': allow('./folder/list.js') });
      write({ 'above/repo/own.js': list, 'above/repo/c.js': allow('./inside.js') });
      link('../list.js', 'link.js');
      link('..', 'folder');
      link('own.js', 'inside.js');
      assert.deepEqual(found(run('-f', 'json', '.')), ['c.js any-origin']);
    });

    it('not where a link is named, as a shell does with a star', () => {
      write({ 'above/open.js': openApp, 'above/repo/own.js': openApp });
      link('../open.js', 'link.js');
      link('..', 'folder');
      link('own.js', 'inside.js');
      const { error, out, status } = run('link.js', 'folder', 'inside.js', '-f', 'json');
      assert.deepEqual(found({ error, out, status }), ['inside.js any-origin']);
      assert.match(error, /^not read: link\.js: .*outside of the repository.*\nnot read: folder: .*outside.*\n$/);
    });

    it('no settings above it, which are named, and none that a link brings', () => {
      write({ ...outsiders, 'above/repo/a.js': openApp });
      const { error, status } = run('.');
      assert.equal(status, 1);
      assert.match(error, /^ignored: \.\.\/cors-lint\.json: It lies above the repository\./);
      assert.equal(
        run('--config', '../cors-lint.json', 'a.js').error,
        'skipped: a.js: The settings exclude it.\nwarning: No file was checked. ../cors-lint.json excludes 1 file.\n',
      );
      link('../cors-lint.json', 'cors-lint.json');
      const linked = run('.');
      assert.equal(linked.status, 2);
      assert.match(linked.error, /^cors-lint: The settings file "cors-lint\.json" leads out of the repository\./);
    });

    it('and says which settings leave everything out', () => {
      write({ 'above/repo/a.js': openApp, 'above/repo/cors-lint.json': '{ "exclude": ["**"] }' });
      assert.deepEqual(run('.'), {
        status: 0,
        out: '',
        error: 'warning: No file was checked. cors-lint.json excludes 2 files.\n',
      });
    });
  });

  describe('opens nothing that never ends', () => {
    it('no pipe as settings, patterns, source or import', function () {
      if (!pipe('pipe.js')) {
        console.error('SKIPPED: mkfifo is not there.');
        this.skip();
      }
      write({ 'above/repo/a.js': allow('./pipe.js'), 'above/repo/open.js': openApp });
      pipe('.gitignore');
      const walked = run('-f', 'json', '.');
      assert.deepEqual(found(walked), ['open.js any-origin']);
      assert.equal(walked.error, 'skipped: .gitignore: It is no file.\n');
      pipe('cors-lint.json');
      const { error, status } = run('.');
      assert.equal(status, 2);
      assert.match(error, /"cors-lint\.json" cannot be read\. It is no file\./);
      assert.match(run('--config', 'pipe.js', 'open.js').error, /"pipe\.js" cannot be read\. It is no file\./);
    });

    it('no link to a device', function () {
      if (process.platform === 'win32') {
        console.error('SKIPPED: Windows has no such device.');
        this.skip();
      }
      write({ 'above/repo/open.js': openApp, 'above/repo/a.js': allow('./zero.js') });
      link('/dev/zero', '.gitignore');
      link('/dev/zero', 'zero.js');
      const walked = run('-f', 'json', '.');
      assert.deepEqual(found(walked), ['open.js any-origin']);
      assert.match(walked.error, /^skipped: \.gitignore: It is a link, which git does not follow\.\n$/);
      link('/dev/zero', 'cors-lint.json');
      assert.equal(run('.').status, 2);
    });

    it('no file of patterns that is larger than any', () => {
      write({ 'above/repo/open.js': openApp, 'above/repo/.gitignore': '*.js\n'.repeat(300_000) });
      const { error, out, status } = run('-f', 'json', '.');
      assert.deepEqual(found({ error, out, status }), ['open.js any-origin']);
      assert.equal(error, 'skipped: .gitignore: It is larger than 1 MB.\n');
    });
  });

  describe('with --fix', () => {
    it('loses no file but that which may not be written, and ends with 2', function () {
      if (process.platform === 'win32') {
        console.error('SKIPPED: on Windows this needs other means to take rights away.');
        this.skip();
      }
      write({ 'above/repo/a.js': fixableApp, 'above/repo/b.js': fixableApp, 'above/repo/closed/c.js': fixableApp });
      chmodSync(path.join(repo, 'a.js'), 0o444);
      chmodSync(path.join(repo, 'b.js'), 0o666);
      for (const folder of ['..', '../..', '.']) chmodSync(path.join(repo, folder), 0o777);
      chmodSync(path.join(repo, 'closed'), 0o555);
      chmodSync(path.join(repo, 'closed/c.js'), 0o666);
      const { status, stderr } = asSomebody(['--fix', '.'], repo);
      chmodSync(path.join(repo, 'closed'), 0o755);
      assert.equal(status, 2);
      assert.match(stderr, /^not fixed: a\.js: It is read-only\.$/m);
      assert.match(stderr, /^not fixed: closed\/c\.js: It, or its folder, may not be written\.$/m);
      assert.equal(readFileSync(path.join(repo, 'a.js'), 'utf8'), fixableApp);
      assert.equal(readFileSync(path.join(repo, 'closed/c.js'), 'utf8'), fixableApp);
    });
  });

  describe('in names and texts', () => {
    const escape = '\u001b]0;title\u0007\u001b[2J';
    const raw = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

    const serves = (origin: string): string =>
      `location / {\n  add_header Access-Control-Allow-Origin "${origin}";\n}\n`;

    it('gives the terminal no command, in no format and no line', () => {
      const name = `${escape}\u202e\u009b.conf`;
      write({ [`above/repo/${name}`]: serves(`http://${escape}.example/`), [`above/repo/x${escape}.pas`]: '' });
      for (const args of [
        ['.', `x${escape}.pas`],
        ['.', '-f', 'github'],
        ['policy', '.'],
        ['try', '.', '--origin', 'https://a.example'],
      ]) {
        const { out, error } = run(...args);
        assert.doesNotMatch(out + error, raw, args.join(' '));
        assert.match(out, /\\x1b\]0;title\\x07/);
      }
      assert.match(run(`x${escape}.pas`).error, /^skipped: x\\x1b\]0;title\\x07/);
    });

    it('gives a build no command', () => {
      write({
        'above/repo/::error ::x.js': openApp,
        'above/repo/a\n::error ::y.js': openApp,
        'above/repo/routes.js': `const app = require('express')();\napp.use('/a\\n::error ::z', require('cors')());\n`,
        'above/repo/b.js': `${openApp.trim()} // ##[error]w ##vso[task.setvariable]\n`,
      });
      for (const args of [['.'], ['policy', '.'], ['try', '.', '--origin', 'https://a.example']]) {
        const { out, error } = run(...args);
        for (const line of `${out}\n${error}`.split('\n')) assert.doesNotMatch(line, /^\s*::|##\[|##vso\[/);
      }
      const annotations = run('.', '-f', 'github').out.trim().split('\n');
      assert.equal(annotations.length, 4);
      for (const line of annotations) assert.match(line, /^::warning file=[^:,]+,line=\d+,.*title=any-origin::Every/);
    });

    it('writes no link into SARIF', () => {
      write({ 'above/repo/a.js': `${openApp}// cors-lint-disable [here](https://evil.example) -- why\n` });
      const log = JSON.parse(run('.', '-f', 'sarif').out) as {
        readonly runs: readonly { readonly results: readonly { readonly message: { readonly text: string } }[] }[];
      };
      const messages = log.runs[0]!.results.map(({ message }) => message.text);
      assert.ok(
        messages.some((text) => text.includes('\\[here](https://evil.example)')),
        messages.join('\n'),
      );
      for (const text of messages) assert.doesNotMatch(text, /(?<!\\)\[[^\]]*\]\(/);
    });

    it('says why a name that is no UTF-8 is not read', function () {
      if (process.platform !== 'linux') {
        console.error('SKIPPED: only here a name may be any bytes.');
        this.skip();
      }
      write({ 'above/repo/a.js': openApp });
      renameSync(
        path.join(repo, 'a.js'),
        Buffer.concat([Buffer.from(`${repo}/`), Buffer.from([0x61, 0xff]), Buffer.from('.js')]),
      );
      assert.equal(
        run('.').error,
        'skipped: a\ufffd.js: Its name is not valid UTF-8.\nwarning: No file was checked.\n',
      );
    });
  });

  describe('costs one file and no other', () => {
    const nested = (depth: number): string =>
      'from fastapi.middleware.cors import CORSMiddleware\n' +
      Array.from({ length: depth }, (_, level) => `${' '.repeat(level)}if a:\n`).join('') +
      `${' '.repeat(depth)}app.add_middleware(CORSMiddleware, allow_origins=['*'])\n`;
    const flat =
      'from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\napp = FastAPI()\n' +
      "app.add_middleware(CORSMiddleware, allow_origins=['*'])\n";

    it('where a grammar cannot go on: the others are reported, then it ends with 3', () => {
      write({ 'above/repo/a.py': nested(600), 'above/repo/z.py': flat });
      const { status, out, error } = run('.');
      assert.equal(status, 3);
      assert.equal(error, 'could not be checked: a.py: Its blocks are nested more than 250 deep.\n');
      assert.match(out, /^z\.py:4:.*\[any-origin\]$/m);
      assert.match(out, /in 1 file\. 1 file could not be checked\.\n$/);
      for (const format of ['json', 'sarif', 'github'] as const) {
        const report = run('.', '-f', format);
        assert.equal(report.status, 3);
        assert.match(report.out, /nested more than 250 deep/);
        assert.match(report.out, /any-origin/);
      }
      assert.doesNotMatch(run('a.py').out, /No findings/);
    });

    it('where blocks are nested 3,000 deep', () => {
      write({
        'above/repo/z.conf': 'server {\n  add_header Access-Control-Allow-Origin *;\n}\n',
        'above/repo/z.js': closedApp,
      });
      write({
        'above/repo/nginx.conf': `http {${'location / {'.repeat(3000)}add_header Access-Control-Allow-Origin *;${'}'.repeat(3001)}\n`,
        'above/repo/Caddyfile': `:80 {\n${'route {\n'.repeat(3000)}header Access-Control-Allow-Origin *\n${'}\n'.repeat(3001)}`,
      });
      const { status, out, error } = run('.');
      assert.equal(status, 3);
      for (const name of ['nginx.conf', 'Caddyfile'])
        assert.ok(error.includes(`could not be checked: ${name}: It is nested more than 500 deep.\n`), error);
      assert.match(out, /in 2 files\. 2 files could not be checked\./);
    });

    it('and policy and try end with 3, too', () => {
      write({ 'above/repo/a.py': nested(600) });
      assert.equal(run('policy', 'a.py').status, 3);
      assert.equal(run('try', 'a.py', '--origin', 'https://a.example').status, 3);
    });
  });
});

/** As a user who may not write everywhere, from a copy of the command that everybody may read. */
function asSomebody(args: readonly string[], cwd: string): { readonly status: number | null; readonly stderr: string } {
  if (process.getuid?.() !== 0) return spawnSync(process.execPath, [cliFile, ...args], { cwd, encoding: 'utf8' });
  const everybodys = place();
  copyCommand(everybodys.folder);
  chmodSync(everybodys.folder, 0o755);
  const ended = spawnSync(process.execPath, [path.join(everybodys.folder, 'cli.js'), ...args], {
    cwd,
    encoding: 'utf8',
    timeout: 60_000,
    uid: 65534,
    gid: 65534,
  });
  everybodys.remove();
  return ended;
}
