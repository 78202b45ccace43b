import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildCli, closedApp, fixableApp, found, openApp, place } from './run.ts';
import type { Place } from './run.ts';

describe('options and exit codes of the command', function () {
  let here: Place;
  before(buildCli);
  beforeEach(() => (here = place({ 'open.js': openApp, 'closed.js': closedApp })));
  afterEach(() => here.remove());

  it('0 without findings, 1 with them, 2 for wrong usage', () => {
    assert.equal(here.run(['closed.js']).status, 0);
    assert.equal(here.run(['open.js']).status, 1);
    assert.equal(here.run(['no-such-file.js']).status, 2);
  });

  it('3 for what could not be checked, with the reason', () => {
    // Without its grammars beside it, or a package of them anywhere above, the command can read no program.
    const command = path.join(here.folder, 'alone/cli.js');
    const built = fileURLToPath(new URL('../../dist/', import.meta.url));
    for (const name of ['cli.js', 'node'])
      cpSync(path.join(built, name), path.join(here.folder, 'alone', name), { recursive: true });
    const { status, stderr } = spawnNode([command, path.join(here.folder, 'open.js')]);
    assert.equal(status, 3);
    assert.match(stderr, /^could not be checked: .*open\.js: Error: The grammar "javascript" could not be loaded/);
  });

  for (const [level, expected] of [
    ['error', 0],
    ['warning', 1],
    ['information', 1],
    ['never', 0],
  ] as const) {
    it(`--fail-on ${level} with a warning ends with ${expected}`, () =>
      assert.equal(here.run(['open.js', '--fail-on', level]).status, expected));
  }
  it('--fail-on counts the severities that the settings choose', () => {
    here.write('cors-lint.json', '{ "rules": { "any-origin": "information" } }');
    assert.equal(here.run(['open.js']).status, 0);
    assert.equal(here.run(['open.js', '--fail-on', 'information']).status, 1);
    here.write('cors-lint.json', '{ "rules": { "any-origin": "error" } }');
    assert.equal(here.run(['open.js', '--fail-on', 'error']).status, 1);
  });

  for (const [args, message] of [
    [['--format', 'xml'], /--format is one of text, json, sarif, github, gitlab, junit, checkstyle, not "xml"/],
    [['--fail-on', 'all'], /--fail-on is one of/],
    [['--no-such-option'], /^cors-lint: There is no option "--no-such-option"\. See cors-lint --help\.\n$/],
    [['--formt', 'json'], /Did you mean "--format"\?\n$/],
    [['--fix-d'], /Did you mean "--fix-dry-run"\?\n$/],
    [['--format'], /argument missing\. See cors-lint --help\.\n$/],
    [['*.py'], /No file matches "\*\.py"\./],
    [['nowhere/*.js'], /There is no file or folder "nowhere\/\*\.js"/],
    [
      ['try', 'open.js', '--origin', 'app.example.com'],
      /No browser sends the origin "app\.example\.com"\. Write "https:\/\/app\.example\.com"\./,
    ],
    [['try', 'open.js', '--origin', 'https://app.example.com/'], /Write "https:\/\/app\.example\.com"\./],
    [['try', 'open.js', '--origin', 'https://*.example.com'], /Write scheme, host/],
    [['--origin', 'https://a.example'], /--origin goes with try/],
    [['--no-credentials'], /--no-credentials goes with try/],
    [['--stdin-filename', 'a.js'], /goes with --stdin/],
    [['--stdin', '--fix'], /--fix-dry-run/],
    [['--stdin', 'open.js'], /With --stdin no path/],
    [['--fix', '--fix-dry-run'], /choose one/],
    [['--unsafe-fixes', 'open.js'], /--unsafe-fixes goes with --fix or --fix-dry-run/],
    [['policy'], /policy takes a file/],
    [['policy', 'open.js', '--fix'], /changes no files/],
    [['policy', 'open.js', '--format', 'sarif'], /text or json/],
    [['try', 'open.js'], /at least one --origin/],
    [['try', '--origin', 'https://a.example'], /try takes a file or folder/],
    [['explain', 'any-origin', 'missing-vary'], /explain takes one rule id/],
    [['nowhere'], /There is no file or folder "nowhere"/],
    [['--config', 'nowhere.json', 'open.js'], /There is no settings file "nowhere\.json"\.$/m],
  ] as const) {
    it(`refuses ${args.join(' ')}`, () => {
      const { status, out, error } = here.run(args);
      assert.deepEqual({ status, out }, { status: 2, out: '' });
      assert.match(error, /^cors-lint: /);
      assert.match(error, message);
    });
  }

  it('--help and --version', () => {
    const { status, out } = here.run(['--help']);
    assert.equal(status, 0);
    for (const option of [
      '--format',
      '--fix',
      '--fix-dry-run',
      '--unsafe-fixes',
      '--stdin',
      '--stdin-filename',
      '--config',
      '--root',
      '--fail-on',
      '--quiet',
      '--origin',
      '--method',
      '--request-header',
      '--no-credentials',
    ])
      assert.ok(out.includes(option), option);
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    assert.deepEqual(here.run(['-v']), { status: 0, out: `${version}\n`, error: '' });
  });

  it('help is the same as --help', () => assert.equal(here.run(['help']).out, here.run(['--help']).out));

  it('without a path checks the working directory', () =>
    assert.deepEqual(found(here.run(['-f', 'json'])), ['open.js any-origin']));
  it('checks a file that is named twice once', () =>
    assert.deepEqual(found(here.run(['-f', 'json', 'open.js', '.', './open.js'])), ['open.js any-origin']));

  it('--quiet shows only what fails, and no summary', () => {
    const { out, status } = here.run(['--quiet', '.']);
    assert.equal(status, 1);
    assert.match(out, /any-origin/);
    assert.doesNotMatch(out, /in 2 files/);
    assert.deepEqual(here.run(['-q', '--fail-on', 'error', '.']), { status: 0, out: '', error: '' });
    assert.match(here.run(['.']).out, /^0 errors, 1 warning, 0 for information, in 2 files\.$/m);
  });

  it('--stdin reads the text, and --stdin-filename says what it is', () => {
    assert.deepEqual(found(here.run(['--stdin', '--format', 'json'], { input: openApp })), ['stdin.js any-origin']);
    const nginx = 'location / {\n  add_header Access-Control-Allow-Origin *;\n}\n';
    assert.ok(
      found(here.run(['--stdin', '--stdin-filename', 'conf.d/site.conf', '-f', 'json'], { input: nginx })).includes(
        'conf.d/site.conf any-origin',
      ),
    );
    here.write('sub/cors-lint.json', '{ "rules": { "any-origin": "off" } }');
    assert.equal(here.run(['--stdin', '--stdin-filename', 'sub/a.js'], { input: openApp }).status, 0);
    here.write('sub/cors-lint.json', '{ "exclude": ["a.js"] }');
    const excluded = here.run(['--stdin', '--stdin-filename', 'sub/a.js', '-f', 'json'], { input: openApp });
    assert.equal((JSON.parse(excluded.out) as { files: number }).files, 0);
  });

  it('policy and try read standard input too', () => {
    assert.match(here.run(['policy', '--stdin'], { input: openApp }).out, /Read without cookies/);
    assert.match(
      here.run(['try', '--stdin', '--origin', 'https://a.example'], { input: openApp }).out,
      /https:\/\/a\.example: can read/,
    );
  });

  it('--config takes the place of the nearest settings file', () => {
    here.write('cors-lint.json', '{ "rules": { "any-origin": "error" } }');
    here.write('elsewhere/mine.json', '{ "rules": { "any-origin": "off" } }');
    assert.equal(here.run(['--config', 'elsewhere/mine.json', 'open.js']).status, 0);
    assert.equal(here.run(['-c', 'elsewhere/mine.json', 'open.js', '--fail-on', 'error']).status, 0);
    assert.equal(here.run(['open.js', '--fail-on', 'error']).status, 1);
  });

  it('explain prints a rule, and guesses a mistyped one', () => {
    const { status, out } = here.run(['explain', 'any-origin']);
    assert.equal(status, 0);
    assert.match(out, /^any-origin: [^]*\nReported:\n[^]*\nRight:\n/);
    assert.deepEqual(here.run(['explain', 'any-orign']), {
      status: 2,
      out: '',
      error: 'cors-lint: There is no rule "any-orign". Did you mean "any-origin"?\n',
    });
    assert.match(here.run(['explain', 'completely-different']).error, /The rules are: .*any-origin/);
  });

  it('--fix writes safe fixes, keeps the mode, and reports what is left', () => {
    const file = here.write('fixable.js', fixableApp);
    chmodSync(file, 0o640);
    const { status, out } = here.run(['--fix', 'fixable.js', '--fail-on', 'information']);
    assert.deepEqual(
      [status, out],
      [
        0,
        'fixable.js:3:1: fixed: Remove this comment [unused-suppression]\nFixed 1 finding in 1 file. No findings in 1 file.\n',
      ],
    );
    assert.equal(readFileSync(file, 'utf8'), `${closedApp}module.exports = app;\n`);
    assert.equal(statSync(file).mode & 0o777, 0o640);
  });

  it('--fix counts as left what is to be fixed in other files, and leaves those alone', () => {
    const list = "exports.origins = ['https://a.example.com/'];\n";
    here.write('other/list.js', list);
    here.write(
      'other/app.js',
      "const { origins } = require('./list.js');\nrequire('express')().use(require('cors')({ origin: origins }));\n",
    );
    for (const args of [['other/app.js'], ['--fix', 'other/app.js']]) {
      const { out } = here.run(args);
      assert.match(out, /malformed-origin/);
      assert.match(out, / 1 with a safe fix in other files, which only an editor applies\.\n$/);
      assert.doesNotMatch(out, /with a safe fix: --fix/);
    }
    assert.equal(readFileSync(path.join(here.folder, 'other/list.js'), 'utf8'), list);
  });

  it('--unsafe-fixes applies what changes who reads, too, where nothing is left to fill in', () => {
    const app = (options: string) => `require('express')().use(require('cors')({ ${options} }));\n`;
    const reflected = app('origin: true, credentials: true');
    const open = app("origin: '*'");
    const file = here.write('unsafe/app.js', reflected);
    const list = here.write('unsafe/list.js', open);
    const offered = / 1 with a fix that changes who reads: --fix --unsafe-fixes\.\n$/;
    assert.match(here.run(['--fix', 'unsafe']).out, offered);
    assert.deepEqual([file, list].map(textIn), [reflected, open]);

    assert.match(
      here.run(['--fix', '--unsafe-fixes', 'unsafe']).out,
      /: fixed: Send no credentials \[any-origin-with-credentials\]\n/,
    );
    // Which origins are let in nobody knows but who writes them.
    assert.deepEqual([file, list].map(textIn), [app('origin: true'), open]);

    writeFileSync(file, reflected);
    here.write('unsafe/cors-lint.json', '{ "trustedOrigins": ["https://app.example.com"] }');
    const { status, out } = here.run(['--fix', '--unsafe-fixes', 'unsafe']);
    assert.equal(status, 0, out);
    const trusted = "origin: ['https://app.example.com']";
    assert.deepEqual([file, list].map(textIn), [app(`${trusted}, credentials: true`), app(trusted)]);
  });

  it('--fix-dry-run shows a patch, writes nothing, and reports on the text on disk', () => {
    here.write('fixable.js', fixableApp);
    const { status, out } = here.run(['--fix-dry-run', 'fixable.js', '--fail-on', 'information']);
    assert.equal(status, 1);
    assert.match(out, /^--- a\/fixable\.js\n\+\+\+ b\/fixable\.js\n@@ -\d+,\d+ \+\d+,\d+ @@\n/);
    assert.match(out, /^-\/\/ cors-lint-disable-line any-origin/m);
    // The patch says what it repairs.
    assert.doesNotMatch(out, /\[unused-suppression\]/);
    assert.match(out, /\nWould fix 1 finding in 1 file\. 0 errors, 0 warnings, 1 for information, in 1 file\./);
    assert.equal(readFileSync(path.join(here.folder, 'fixable.js'), 'utf8'), fixableApp);
    const json = here.run(['--fix-dry-run', 'fixable.js', '-f', 'json']);
    assert.deepEqual(found(json), ['fixable.js unused-suppression']);
    assert.match(json.error, /^--- a\/fixable\.js\n/);
    assert.match(here.run(['--stdin', '--fix-dry-run'], { input: fixableApp }).out, /^--- a\/stdin\.js\n/);
  });

  it('a patch of --fix-dry-run applies', function () {
    here.write('fixable.js', fixableApp);
    const { error } = here.run(['--fix-dry-run', 'fixable.js', '-f', 'json']);
    here.write('it.patch', error);
    const { status, error: missing } = spawnProgram('git', ['apply', 'it.patch'], here.folder);
    if (missing) {
      console.error('SKIPPED: git is not there, so the patch was not applied.');
      this.skip();
    }
    assert.equal(status, 0);
    assert.equal(readFileSync(path.join(here.folder, 'fixable.js'), 'utf8'), `${closedApp}module.exports = app;\n`);
  });
});

function textIn(file: string): string {
  return readFileSync(file, 'utf8');
}

function spawnNode(args: readonly string[]): { status: number | null; stderr: string } {
  return spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 600_000 });
}
function spawnProgram(program: string, args: readonly string[], cwd: string): { status: number | null; error?: Error } {
  return spawnSync(program, args, { cwd, encoding: 'utf8', timeout: 600_000 });
}
