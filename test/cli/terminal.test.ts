/** What a person at a terminal, or a program that reads lines, gets to see. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rules } from '../../server/src/rules/index.ts';
import { wantsColor } from '../../server/src/node/color.ts';
import { buildCli, cliFile, fixableApp, openApp, place } from './run.ts';
import type { Place } from './run.ts';

const colored = { NO_COLOR: undefined, FORCE_COLOR: '1' };
const crossFile = {
  'app/server.js':
    "const { origins } = require('./origins.js');\nrequire('express')().use(require('cors')({ origin: origins, credentials: true }));\n",
  'app/origins.js': '// who may\nexports.origins = true;\n',
};

describe('terminal', function () {
  let here: Place;
  before(buildCli);
  beforeEach(() => (here = place({ 'open.js': openApp })));
  afterEach(() => here.remove());

  it('each finding begins with its place, as compilers write it', () => {
    here.write('folder/nginx.conf', 'add_header Access-Control-Allow-Origin *;\n');
    const heads = here
      .run(['.'])
      .out.split('\n')
      .filter((line) => /^\S+:\d+:\d+: (error|warning|information): .+ \[[a-z-]+\]$/.test(line));
    assert.equal(heads.length, here.run(['.', '-f', 'json']).out.match(/"rule":/g)!.length);
    assert.match(heads[0]!, /^folder\/nginx\.conf:1:1: /);
    assert.match(heads.at(-1)!, /^open\.js:2:9: /);
  });

  describe('colours', () => {
    for (const [title, env, isTerminal, expected] of [
      ['a terminal', {}, true, true],
      ['a pipe', {}, false, false],
      ['NO_COLOR', { NO_COLOR: '1' }, true, false],
      ['an empty NO_COLOR, which says nothing', { NO_COLOR: '' }, true, true],
      ['FORCE_COLOR', { FORCE_COLOR: '1' }, false, true],
      ['an empty FORCE_COLOR', { FORCE_COLOR: '' }, false, true],
      ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, true, false],
      ['both, of which forcing counts', { FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
      ['a terminal that has none', { TERM: 'dumb' }, true, false],
    ] as const)
      it(`are ${expected ? 'written' : 'left out'} for ${title}`, () =>
        assert.equal(wantsColor(env, isTerminal), expected));

    const commands: readonly (readonly string[])[] = [
      ['open.js'],
      ['--fix-dry-run', 'fixable.js'],
      ['policy', 'open.js'],
      ['try', 'open.js', '--origin', 'https://a.example'],
      ['explain', 'any-origin'],
      ['explain'],
    ];
    for (const command of commands)
      it(`of ${command.join(' ')} obey the environment and the options, which count more`, () => {
        here.write('fixable.js', fixableApp);
        const has = (args: readonly string[], env?: NodeJS.ProcessEnv): boolean =>
          here.run([...command, ...args], env && { env }).out.includes('\u001b[');
        assert.deepEqual(
          [has([]), has([], colored), has(['--color']), has(['--no-color'], colored), has(['--color', '--no-color'])],
          [false, true, true, false, false],
        );
        const plain = here.run(command).out;
        assert.equal(here.run([...command, '--color']).out.replaceAll(/\u001b\[\d+m/g, ''), plain);
      });
    it('are for people only', () => {
      for (const args of [
        ['-f', 'json'],
        ['-f', 'sarif'],
        ['-f', 'github'],
        ['policy', '-f', 'json'],
      ])
        assert.ok(!here.run([...args, 'open.js', '--color']).out.includes('\u001b'), args.join(' '));
    });
  });

  it('"-" is standard input, for every command', () => {
    const finding = here.run(['--stdin'], { input: openApp }).out;
    assert.equal(here.run(['-'], { input: openApp }).out, finding);
    assert.match(here.run(['-', '--stdin-filename', 'src/app.ts'], { input: openApp }).out, /^src\/app\.ts:2:9: /);
    assert.match(here.run(['policy', '-'], { input: openApp }).out, /^stdin\.js:2 /);
    assert.match(here.run(['try', '-', '--origin', 'https://a.example'], { input: openApp }).out, /can read/);
    assert.match(here.run(['-', 'open.js']).error, /With --stdin no path/);
  });

  it('--fix says what it did, in text and in JSON', () => {
    const fixed = (json: string): unknown => (JSON.parse(json) as { fixed?: unknown }).fixed;
    here.write('fixable.js', fixableApp);
    here.write('second.js', fixableApp);
    const { out } = here.run(['--fix', '.']);
    assert.match(out, /^fixable\.js:3:1: fixed: Remove this comment \[unused-suppression\]\nsecond\.js:3:1: fixed: /);
    assert.match(out, /\nFixed 2 findings in 2 files\. 0 errors, 1 warning, 0 for information, in 3 files\.\n$/);
    here.write('fixable.js', fixableApp);
    assert.deepEqual(fixed(here.run(['--fix', '-f', 'json', '.']).out), [
      { path: 'fixable.js', rule: 'unused-suppression', title: 'Remove this comment', line: 3, column: 1 },
    ]);
    assert.equal(fixed(here.run(['--fix', '-f', 'json', '.']).out), undefined);
    here.write('fixable.js', fixableApp);
    assert.doesNotMatch(here.run(['--fix', '-q', '.']).out, /fixed/);
  });

  it('--fix-dry-run does not tell again what its patch repairs', () => {
    here.write('both.js', `${fixableApp}app.use('/all', require('cors')());\n`);
    const { out } = here.run(['--fix-dry-run', 'both.js']);
    assert.match(out, /^--- a\/both\.js\n/);
    assert.match(out, /both\.js:5:17: warning: .*\[any-origin\]/);
    assert.doesNotMatch(out, /\[unused-suppression\]/);
    assert.match(out, /\nWould fix 1 finding in 1 file\. /);
  });

  describe('nothing to check is a warning', () => {
    for (const [title, args] of [
      ['an empty folder', ['empty']],
      ['files of no known kind', ['note.txt']],
      ['a glob of such files', ['**/*.txt']],
    ] as const)
      it(title, () => {
        here.write('note.txt', 'Access-Control-Allow-Origin: *');
        here.write('empty/.keep', '');
        const { status, out, error } = here.run(args);
        assert.deepEqual([status, out], [0, '']);
        assert.match(error, /warning: No file was checked\.\n$/);
        assert.equal((JSON.parse(here.run([...args, '-f', 'json']).out) as { files: number }).files, 0);
      });
    it('and is not said where something was', () => assert.equal(here.run(['.']).error, ''));
  });

  it('a named file that cannot be read is an error, the others are checked all the same', () => {
    if (!existsSync('/dev/null')) return;
    const { status, out, error } = here.run(['open.js', '/dev/null']);
    assert.equal(status, 2);
    assert.match(out, /\[any-origin\]/);
    assert.match(error, /^not read: .*dev\/null: It is neither a file nor a folder\.\n$/);
  });

  it('a place in another file is relative, with line and column, in text, JSON and SARIF', () => {
    for (const [name, text] of Object.entries(crossFile)) here.write(name, text);
    const { out } = here.run(['app/server.js']);
    assert.match(out, /^ {2}app\/origins\.js:2:\d+: It is set here\./m);
    assert.ok(!out.includes(here.folder));
    const { findings } = JSON.parse(here.run(['app/server.js', '-f', 'json']).out) as {
      findings: { related?: { path: string; line: number; column: number; endLine: number; message: string }[] }[];
    };
    const [related] = findings.flatMap((finding) => finding.related ?? []);
    assert.deepEqual(
      [related!.path, related!.line, related!.endLine, related!.message],
      ['app/origins.js', 2, 2, 'It is set here.'],
    );
    const sarif = here.run(['app/server.js', '-f', 'sarif']).out;
    assert.match(sarif, /"relatedLocations"[^]*"uri": "app\/origins\.js"\s*},\s*"region": {\s*"startLine": 2,/);
  });
  it('a place in the same file has line and column too', () => {
    here.write('nginx.conf', 'add_header Access-Control-Allow-Origin *;\nadd_header Access-Control-Allow-Origin *;\n');
    assert.match(here.run(['nginx.conf']).out, /^ {2}nginx\.conf:\d:\d+: /m);
  });

  it('explain lists the rules', () => {
    const { out, status } = here.run(['explain']);
    assert.equal(status, 0);
    for (const { id, title } of rules) assert.ok(out.includes(`${title}.`) && out.includes(`${id} `), id);
    assert.equal(out.trimEnd().split('\n').length, rules.length + 2);
  });

  it('JSON of policy holds no marks of Markdown', () => {
    const { policies } = JSON.parse(here.run(['policy', 'open.js', '-f', 'json']).out) as {
      policies: { rows: { value: string }[] }[];
    };
    const values = policies.flatMap(({ rows }) => rows.map(({ value }) => value));
    assert.ok(values.length > 3);
    for (const value of values) assert.ok(!value.includes('`'), value);
  });

  it('a full device is said', function () {
    if (!existsSync('/dev/full')) {
      console.error('SKIPPED: /dev/full is not there.');
      this.skip();
    }
    const { status, stderr } = spawnSync(process.execPath, [cliFile, 'open.js'], {
      cwd: here.folder,
      encoding: 'utf8',
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
      timeout: 600_000,
    });
    assert.equal(status, 3);
    assert.match(stderr, /cors-lint: The report cannot be written \(ENOSPC\)\.\n$/);
  });
});

describe('cors-lint-server at a terminal', () => {
  const server = path.join(path.dirname(cliFile), 'server.js');
  before(function () {
    const root = fileURLToPath(new URL('../../', import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, ['esbuild.js', '--stale', 'server.js'], {
      cwd: root,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
  });
  const says = (...args: string[]) => {
    const { status, stdout } = spawnSync(process.execPath, [server, ...args], { encoding: 'utf8', timeout: 600_000 });
    return { status, stdout };
  };
  it('--version and --help answer and end', () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    assert.deepEqual(says('--version'), { status: 0, stdout: `${version}\n` });
    assert.match(says('--help').stdout, /^cors-lint-server: [^]*--stdio/);
  });
  it('a pipe without arguments is a client', async () => {
    const child = spawn(process.execPath, [server], { stdio: ['pipe', 'pipe', 'ignore'] });
    const body = JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: { processId: null, rootUri: null, capabilities: {} },
    });
    child.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
    let said = '';
    for await (const chunk of child.stdout) {
      said += String(chunk);
      if (said.includes('"capabilities"')) child.stdin.end();
    }
    assert.match(said, /^Content-Length: \d+\r\n\r\n.*"capabilities"/s);
  });
});
