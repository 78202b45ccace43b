import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildCli, closedApp, fixableApp, found, openApp, place } from './run.ts';
import type { Outcome, Place } from './run.ts';

interface Baseline {
  version: number;
  files: Record<string, { rule: string; fingerprint: string; count: number }[]>;
}
interface Report {
  findings: { path: string; rule: string }[];
  baseline: { files: string[]; known: number; gone: { path: string; rule: string; count: number }[] };
}

describe('baseline on the command line', function () {
  let here: Place;
  before(buildCli);
  beforeEach(() => (here = place({ 'app/open.js': openApp, 'app/closed.js': closedApp, '.git/HEAD': '' })));
  afterEach(() => here.remove());
  const known = (name = 'cors-lint-baseline.json'): Baseline =>
    JSON.parse(readFileSync(path.join(here.folder, name), 'utf8')) as Baseline;
  const json = (...args: string[]): Report => JSON.parse(here.run([...args, '-f', 'json']).out) as Report;
  const began = (): Outcome => here.run(['--write-baseline', '.']);

  it('--write-baseline writes what is found, and ends with 0', () => {
    assert.deepEqual(began(), {
      status: 0,
      out: 'No new findings in 2 files. 1 known finding is left out by cors-lint-baseline.json.\n',
      error: 'written: cors-lint-baseline.json. "baseline" in cors-lint.json, or --baseline, names it.\n',
    });
    const { version, files } = known();
    assert.equal(version, 1);
    assert.deepEqual(Object.keys(files), ['app/open.js']);
    assert.deepEqual(Object.keys(files['app/open.js']![0]!), ['rule', 'fingerprint', 'count']);
    // Nobody names it, so that it is not in use.
    assert.equal(here.run(['.']).status, 1);
  });

  for (const [how, args] of [
    ['--baseline names it', ['--baseline', 'cors-lint-baseline.json']],
    ['the settings name it', []],
  ] as const)
    it(`leaves out what it knows where ${how}, also where lines have moved`, () => {
      began();
      if (args.length === 0) here.write('cors-lint.json', '{ "baseline": "cors-lint-baseline.json" }');
      here.write('app/open.js', `// a comment\n\n${openApp}`);
      assert.equal(here.run([...args, '.']).status, 0);
      assert.deepEqual(json(...args, '.').baseline, { files: ['cors-lint-baseline.json'], known: 1, gone: [] });
      here.write('app/other.js', openApp);
      const { status, out } = here.run([...args, '.']);
      assert.equal(status, 1);
      assert.match(out, /app\/other\.js:2:9/);
      assert.doesNotMatch(out, /app\/open\.js/);
      assert.match(out, / 1 known finding is left out by cors-lint-baseline\.json\.\n$/);
      // From another folder its paths mean the same files.
      const inside = args.length === 0 ? [] : ['--baseline', '../cors-lint-baseline.json'];
      assert.deepEqual(found(here.run([...inside, '-f', 'json'], { cwd: path.join(here.folder, 'app') })), [
        'other.js any-origin',
      ]);
    });

  it('tells what is found no more, and --prune-baseline takes it out without adding anything', () => {
    here.write('app/second.js', openApp);
    here.write('app/third.js', openApp);
    began();
    here.write('app/open.js', closedApp);
    rmSync(path.join(here.folder, 'app/second.js'));
    here.write('app/new.js', openApp);
    const use = ['--baseline', 'cors-lint-baseline.json'];
    const { status, out, error } = here.run([...use, '.']);
    assert.equal(status, 1);
    assert.match(
      out,
      /1 known finding is left out by cors-lint-baseline\.json\. 2 more of it are found no more: --prune-baseline\./,
    );
    assert.equal(error, 'found no more: app/open.js: any-origin\nfound no more: app/second.js: any-origin\n');
    assert.equal(json(...use, '.').baseline.gone.length, 2);
    assert.equal(here.run([...use, '-q', '.']).error, '');
    // Nobody looked at the others in this call, but for the one that is not there any more.
    assert.deepEqual(
      json(...use, 'app/third.js').baseline.gone.map(({ path: file }) => file),
      ['app/second.js'],
    );
    assert.equal(here.run([...use, '--prune-baseline', '.']).status, 1);
    assert.deepEqual(Object.keys(known().files), ['app/third.js']);
    assert.deepEqual(json(...use, '.').baseline, { files: ['cors-lint-baseline.json'], known: 1, gone: [] });
  });

  it('a call about some files keeps what is known of the others', () => {
    began();
    here.write('app/new.js', openApp);
    assert.equal(here.run(['--write-baseline', 'app/new.js']).status, 0);
    assert.deepEqual(Object.keys(known().files), ['app/new.js', 'app/open.js']);
    here.write('app/open.js', closedApp);
    here.run(['--write-baseline', 'app']);
    assert.deepEqual(Object.keys(known().files), ['app/new.js']);
  });

  it('a file that could not be checked keeps what is known of it', () => {
    began();
    here.write('app/open.js', `${openApp}${'('.repeat(3000)}`);
    const { status } = here.run(['--write-baseline', '.']);
    assert.ok(status === 0 || status === 3);
    assert.deepEqual(Object.keys(known().files), ['app/open.js']);
  });

  it('with --fix writes what is left', () => {
    here.write('app/open.js', closedApp);
    here.write('app/fixable.js', fixableApp);
    here.run(['--fix', '--write-baseline', '.']);
    assert.deepEqual(known().files, {});
  });

  it('is told in every format', () => {
    began();
    const use = ['--baseline', 'cors-lint-baseline.json', '.'];
    assert.equal(here.run([...use, '-f', 'github']).out, '');
    const [run] = (
      JSON.parse(here.run([...use, '-f', 'sarif']).out) as {
        runs: { results: { suppressions: { kind: string }[] }[] }[];
      }
    ).runs;
    assert.deepEqual(
      run!.results.map(({ suppressions }) => suppressions.map(({ kind }) => kind)),
      [['external']],
    );
  });

  for (const [args, message] of [
    [['--baseline', 'none.json', '.'], /There is no baseline "none\.json"\. --write-baseline makes it\./],
    [['--prune-baseline', '.'], /There is no baseline "cors-lint-baseline\.json"/],
    [['--prune-baseline', '--write-baseline', '.'], /choose one/],
    [['--stdin', '--write-baseline'], /not of --stdin/],
    [['policy', 'app/open.js', '--baseline', 'x.json'], /of no use/],
    [['--baseline', 'app/open.js', '.'], /app\/open\.js:1:1: This is not JSON\./],
    [['--baseline', 'app/open.js', '--write-baseline', '.'], /app\/open\.js:1:1: This is not JSON\./],
  ] as const)
    it(`refuses ${args.join(' ')}`, () => {
      const { status, error, out } = here.run(args);
      assert.deepEqual([status, out], [2, '']);
      assert.match(error, message);
      assert.equal(readFileSync(path.join(here.folder, 'app/open.js'), 'utf8'), openApp);
    });

  it('settings that name one that is not there, or that lies elsewhere, are refused', () => {
    here.write('cors-lint.json', '{ "baseline": "none.json" }');
    assert.match(here.run(['.']).error, /There is no baseline "none\.json"/);
    here.write('cors-lint.json', '{ "baseline": "../../elsewhere.json" }');
    const { status, error } = here.run(['--write-baseline', '.']);
    assert.equal(status, 2);
    assert.match(error, /leads out of the repository/);
    here.write('cors-lint.json', '{ "baseline": 1 }');
    assert.match(here.run(['.']).error, /cors-lint\.json:1:15: "baseline" is the path of a file\./);
  });

  it('a link is not written through', function () {
    const outside = place({ 'target.txt': '' });
    try {
      symlinkSync(path.join(outside.folder, 'missing.txt'), path.join(here.folder, 'cors-lint-baseline.json'));
      const { status, error } = began();
      assert.equal(status, 2);
      assert.match(error, /^not written: cors-lint-baseline\.json: Something else has its name\.\n/);
      assert.equal(existsSync(path.join(outside.folder, 'missing.txt')), false);
      const known = '{ "version": 1, "files": {} }';
      writeFileSync(path.join(outside.folder, 'missing.txt'), known);
      assert.equal(began().status, 2);
      assert.equal(readFileSync(path.join(outside.folder, 'missing.txt'), 'utf8'), known);
    } finally {
      outside.remove();
    }
  });
});
