import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { buildCli, copyCommand, closedApp, found, openApp, place } from './run.ts';
import type { JsonReport, Place } from './run.ts';

const nginx = 'location / {\n  add_header Access-Control-Allow-Origin * always;\n}\n';

describe('files that the command looks at', function () {
  let here: Place;
  before(buildCli);
  beforeEach(() => (here = place()));
  afterEach(() => here.remove());
  const write = (files: Readonly<Record<string, string | Uint8Array>>): void =>
    Object.entries(files).forEach(([name, text]) => here.write(name, text));
  const reported = (...args: string[]): string[] =>
    found(here.run(['-f', 'json', ...args])).map((line) => line.slice(0, line.lastIndexOf(' ')));
  const count = (...args: string[]): number => (JSON.parse(here.run(['-f', 'json', ...args]).out) as JsonReport).files;

  it('a glob that no shell has expanded, as a walk finds files', () => {
    write({
      'src/a.js': openApp,
      'src/b/c.ts': openApp,
      'src/b/d.js': openApp,
      'src/node_modules/e.js': openApp,
      'f.js': openApp,
      '[g].js': openApp,
    });
    assert.deepEqual(reported('src/**/*.js'), ['src/a.js', 'src/b/d.js']);
    assert.deepEqual(reported('./*.js'), ['[g].js', 'f.js']);
    assert.deepEqual(reported('src/b/*.{js,ts}', '[g].js'), ['[g].js', 'src/b/c.ts', 'src/b/d.js']);
  });

  it('links that lead in a circle are said and no crash', () => {
    symlinkSync('b', path.join(here.folder, 'a'));
    symlinkSync('a', path.join(here.folder, 'b'));
    assert.deepEqual(here.run(['a', '-q']), { status: 2, out: '', error: 'not read: a: It cannot be read (ELOOP).\n' });
  });

  describe('.gitignore', () => {
    /** What git itself would look at. */
    const gitFiles = (): string[] => {
      const git = (...args: string[]): string => {
        const { status, stdout, error } = spawnSync('git', args, {
          cwd: here.folder,
          encoding: 'utf8',
          timeout: 600_000,
        });
        if (error || status !== 0) throw error ?? new Error(`git ${args.join(' ')} ended with ${status}`);
        return stdout;
      };
      git('init', '-q');
      return git('-c', 'core.excludesFile=', 'ls-files', '--others', '--exclude-standard')
        .split('\n')
        .filter((name) => name.endsWith('.js'))
        .sort();
    };
    const cases: Readonly<Record<string, Readonly<Record<string, string>>>> = {
      'a nested file brings back what its parent ignores': {
        '.gitignore': '*.js\n',
        'sub/.gitignore': '!k.js\n',
        'sub/k.js': openApp,
        'sub/other.js': openApp,
        'k.js': openApp,
      },
      'a folder that is ignored is not entered, whatever stands in it': {
        '.gitignore': 'build/\n',
        'build/.gitignore': '!a.js\n',
        'build/a.js': openApp,
        'src/build/b.js': openApp,
        'a.js': openApp,
      },
      'a folder that a nested file brings back is entered': {
        '.gitignore': 'build/\n*.gen.js\n',
        'sub/.gitignore': '!build/\n',
        'sub/build/a.js': openApp,
        'sub/build/a.gen.js': openApp,
        'build/a.js': openApp,
      },
      'a folder of a strange name is brought back': {
        '.gitignore': 'x*\n',
        'sub/.gitignore': '!x\\[1\\] !\n',
        'sub/x[1] !/a.js': openApp,
        'sub/x1/a.js': openApp,
      },
      'patterns with a slash count from their own folder': {
        'one/.gitignore': '/a.js\ndeep/*.js\n',
        'one/a.js': openApp,
        'one/two/a.js': openApp,
        'one/deep/b.js': openApp,
        'deep/b.js': openApp,
      },
      'the last pattern decides, and letters keep their case': {
        '.gitignore': '*.js\n!a.js\n!B.js\n/sub/a.js\n',
        'a.js': openApp,
        'b.js': openApp,
        'sub/a.js': openApp,
      },
      'comments, blanks and escapes': {
        '.gitignore': '# a.js\n\n\\#b.js\nc.js   \n\\!d.js\n',
        'a.js': openApp,
        '#b.js': openApp,
        'c.js': openApp,
        '!d.js': openApp,
      },
      'double stars': {
        '.gitignore': '**/gen/**\nout/**/x.js\n',
        'a/gen/b/c.js': openApp,
        'out/x.js': openApp,
        'out/1/2/x.js': openApp,
        'out/y.js': openApp,
      },
    };
    for (const [title, files] of Object.entries(cases)) {
      it(title, () => {
        write(files);
        const expected = gitFiles();
        assert.ok(
          expected.length > 0 && expected.length < Object.keys(files).filter((name) => name.endsWith('.js')).length,
          'The case tells both from one another.',
        );
        assert.deepEqual([...reported('.')].sort(), expected);
      });
    }

    it('above the named folder counts, up to the root of the repository, with info/exclude', () => {
      write({
        '.gitignore': 'b.js\n',
        '.git/info/exclude': 'c.js\n',
        'sub/.gitignore': '!c.js\n',
        'sub/a.js': openApp,
        'sub/b.js': openApp,
        'sub/c.js': openApp,
        'c.js': openApp,
      });
      assert.deepEqual(reported('sub'), ['sub/a.js', 'sub/c.js']);
      assert.deepEqual(reported('.'), ['sub/a.js', 'sub/c.js']);
    });

    it('does not hide what is named', () => {
      write({ '.gitignore': 'build/\n', '.git/HEAD': '', 'build/a.js': openApp, 'build/deep/b.js': openApp });
      assert.deepEqual(reported('build'), ['build/a.js', 'build/deep/b.js']);
      assert.deepEqual(reported('build/a.js'), ['build/a.js']);
      assert.deepEqual(reported('.'), []);
    });
  });

  it('are those of servers without an ending, too', () => {
    write({ 'snippets/cors': nginx, 'sites-available/shop': nginx, 'conf.d/site': nginx, 'elsewhere/cors': nginx });
    assert.deepEqual(reported('.'), ['conf.d/site', 'sites-available/shop', 'snippets/cors']);
  });

  it('are not those of packages, nor links', () => {
    write({
      'node_modules/x/a.js': openApp,
      'deep/node_modules/x/a.js': openApp,
      'dist/a.min.js': openApp,
      'real.js': openApp,
      '.hidden/a.js': openApp,
    });
    symlinkSync('real.js', path.join(here.folder, 'link.js'));
    symlinkSync('.', path.join(here.folder, 'loop'));
    assert.deepEqual(reported('.'), ['.hidden/a.js', 'real.js']);
    assert.deepEqual(reported('link.js'), ['link.js']);
  });

  it('that are named but of no known kind are said to be skipped', () => {
    write({ 'x.pas': 'uses Cors;', 'closed.js': closedApp });
    assert.deepEqual(here.run(['x.pas', 'closed.js']), {
      status: 0,
      out: 'No findings in 1 file.\n',
      error: 'skipped: x.pas: This kind of file holds no CORS settings that are known.\n',
    });
    assert.equal(here.run(['.']).error, '');
  });

  it('count when they were looked at', () => {
    write({ 'a.js': 'export const x = 1;\n', 'b.js': closedApp, 'snippets/x.pas': '', 'cors.bin.js': `${openApp}\0` });
    assert.equal(count('.'), 2);
    assert.equal(here.run(['.']).error, 'skipped: cors.bin.js: The file is binary.\n');
  });

  it('that are too large are said, and not counted', () => {
    write({
      'large.js': openApp + ' '.repeat(9 * 1_048_576),
      'huge.js': Buffer.alloc(17 * 1_048_576, openApp),
      'large-without.js': ' '.repeat(9 * 1_048_576),
    });
    const { error, out, status } = here.run(['.', '-f', 'json']);
    assert.match(
      error,
      /^skipped: huge\.js: The file is larger than 16 MB\.\nskipped: large\.js: The file is larger than \d+ MB\.\n$/,
    );
    assert.deepEqual([status, JSON.parse(out)], [0, { version: 1, findings: [], files: 1 }]);
  });

  it('that may not be read are said, and not counted', function () {
    if (process.platform === 'win32') {
      console.error('SKIPPED: on Windows this needs other means to take rights away.');
      this.skip();
    }
    write({ 'a.js': openApp, 'secret.js': openApp, 'closed/b.js': openApp });
    chmodSync(path.join(here.folder, 'secret.js'), 0);
    chmodSync(path.join(here.folder, 'closed'), 0);
    chmodSync(here.folder, 0o755);
    // The superuser may read everything, so somebody else runs the command, from where everybody may read it.
    const superuser = process.getuid?.() === 0;
    const public_ = place();
    copyCommand(public_.folder);
    chmodSync(public_.folder, 0o755);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [path.join(public_.folder, 'cli.js'), '.', '-f', 'json'],
      { cwd: here.folder, encoding: 'utf8', timeout: 600_000, ...(superuser && { uid: 65534, gid: 65534 }) },
    );
    public_.remove();
    chmodSync(path.join(here.folder, 'closed'), 0o755);
    assert.equal(stderr, 'skipped: closed: It may not be read.\nskipped: secret.js: It may not be read.\n');
    assert.equal(status, 1);
    assert.equal((JSON.parse(stdout) as JsonReport).files, 1);
  });

  it('that are neither file nor folder are said', function () {
    const { error } = spawnSync('mkfifo', [path.join(here.folder, 'pipe.js')]);
    if (error) {
      console.error('SKIPPED: mkfifo is not there.');
      this.skip();
    }
    assert.deepEqual(here.run(['pipe.js']), {
      status: 2,
      out: '',
      error: 'not read: pipe.js: It is neither a file nor a folder.\n',
    });
    assert.equal(here.run(['.']).error, 'warning: No file was checked.\n');
  });

  describe('encodings', () => {
    const umlaut = `// Zugang für alle\n${openApp}`;
    for (const [title, bytes] of [
      ['UTF-8', Buffer.from(umlaut)],
      ['UTF-8 with a mark', Buffer.from(`\ufeff${umlaut}`)],
      ['UTF-16, little end first', Buffer.from(`\ufeff${umlaut}`, 'utf16le')],
      ['UTF-16, big end first', Buffer.from(`\ufeff${umlaut}`, 'utf16le').swap16()],
      ['invalid UTF-8', Buffer.from(umlaut, 'latin1')],
    ] as const) {
      it(title, () => {
        here.write('a.js', bytes);
        const report = JSON.parse(here.run(['a.js', '-f', 'json']).out) as JsonReport;
        assert.deepEqual(
          report.findings.map(({ rule, line, column }) => ({ rule, line, column })),
          [{ rule: 'any-origin', line: 3, column: 9 }],
        );
      });
    }
    for (const encoding of ['utf8', 'utf16le'] as const) {
      it(`are kept by --fix: ${encoding} with a mark`, () => {
        const comment = '// cors-lint-disable-line any-origin -- für früher\r\n';
        const file = here.write('a.js', Buffer.from(`\ufeff// für alle\r\n${closedApp}${comment}`, encoding));
        assert.equal(here.run(['--fix', 'a.js', '--fail-on', 'information']).status, 0);
        assert.deepEqual(readFileSync(file), Buffer.from(`\ufeff// für alle\r\n${closedApp}`, encoding));
      });
    }
    it('of an imported file is recognised too', () => {
      write({
        'origins.js': Buffer.from("\ufeffexports.origins = '*';\n", 'utf16le'),
        'server.js':
          "const { origins } = require('./origins.js');\nrequire('express')().use(require('cors')({ origin: origins }));\n",
      });
      assert.deepEqual(reported('server.js'), ['server.js']);
    });
    it('that would lose letters are not written', () => {
      const bytes = Buffer.from(`// für alle\n${closedApp}// cors-lint-disable-line any-origin -- x\n`, 'latin1');
      const file = here.write('a.js', bytes);
      const { status, error } = here.run(['--fix', 'a.js', '--fail-on', 'information']);
      assert.equal(status, 2);
      assert.match(error, /^not fixed: a\.js: .*UTF-8/);
      assert.deepEqual(readFileSync(file), bytes);
    });
  });

  describe('of development', () => {
    const local = "require('express')().use(require('cors')({ origin: 'http://localhost:3000' }));\n";
    it('are told by the path below the settings file, not by the folders above it', () => {
      mkdirSync(path.join(here.folder, 'test'));
      write({
        'test/project/cors-lint.json': '{}',
        'test/project/server.js': local,
        'test/project/test/server.js': local,
      });
      assert.deepEqual(reported('test/project', '--fail-on', 'never'), ['test/project/server.js']);
      assert.deepEqual(reported('test/project/server.js'), ['test/project/server.js']);
    });
    it('are told by the path below the named folder where there is no settings file', () => {
      write({ 'test/project/server.js': local, 'test/project/test/server.js': local });
      assert.deepEqual(reported('test/project'), ['test/project/server.js']);
      assert.deepEqual(found(here.run(['-f', 'json', '.'], { cwd: path.join(here.folder, 'test/project') })), [
        'server.js development-origin',
      ]);
      const elsewhere = here.write('elsewhere/x', '');
      assert.equal(
        found(
          here.run(['-f', 'json', path.join(here.folder, 'test/project/server.js')], { cwd: path.dirname(elsewhere) }),
        ).length,
        1,
      );
    });
  });
});
