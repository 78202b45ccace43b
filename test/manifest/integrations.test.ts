/** What other programs start the command by: the action of GitHub, the hook of pre-commit. No container is built here. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { buildCli, cliFile, openApp, place } from '../cli/run.ts';
import type { Place } from '../cli/run.ts';

const root = path.resolve(fileURLToPath(import.meta.url), '../../..');
const read = (name: string): string => fs.readFileSync(path.join(root, name), 'utf8');

describe('integrations', () => {
  let here: Place;
  before(function () {
    if (spawnSync('bash', ['--version']).error) {
      console.error('SKIPPED: bash is not there.');
      this.skip();
    }
    buildCli();
  });
  beforeEach(() => (here = place({ 'open.js': openApp, 'a folder/open.js': openApp })));
  afterEach(() => here?.remove());

  interface Step {
    name: string;
    run?: string;
    env?: Record<string, string>;
  }
  const action = parse(read('action.yml')) as {
    inputs: Record<string, { default: string; description: string }>;
    runs: { steps: Step[] };
  };
  /** Runs a step as GitHub does, with the command of this project in place of the published one. */
  function step(name: string, inputs: Record<string, string>): { status: number | null; stdout: string } {
    const { run, env = {} } = action.runs.steps.find((one) => one.name === name)!;
    const value = (text: string): string =>
      text
        .replaceAll(
          /\$\{\{ inputs\.([\w-]+) \}\}/g,
          (_, input: string) => inputs[input] ?? action.inputs[input]!.default,
        )
        .replaceAll('${{ runner.temp }}', here.folder);
    const given = Object.fromEntries(Object.entries(env).map(([key, text]) => [key, value(text)]));
    const npx = here.write('bin/npx', `#!/bin/sh\nshift 2\nexec "${process.execPath}" "${cliFile}" "$@"\n`);
    fs.chmodSync(npx, 0o755);
    const place_ = { ...process.env, ...given, PATH: `${path.dirname(npx)}:${process.env.PATH}` };
    return spawnSync('bash', ['-eo', 'pipefail', '-c', run!], { cwd: here.folder, encoding: 'utf8', env: place_ });
  }

  it('the action annotates, and fails as it is told', () => {
    const { status, stdout } = step('Check', { paths: 'open.js\na folder\n' });
    assert.equal(status, 1);
    assert.match(stdout, /^::warning file=a folder\/open\.js,[^]*\n::warning file=open\.js,/);
    assert.equal(step('Check', { 'fail-on': 'never' }).status, 0);
    assert.equal(step('Check', { paths: '$(touch run)\n' }).status, 2);
    assert.equal(fs.existsSync(path.join(here.folder, 'run')), false);
  });
  it('the action writes SARIF, and does not fail by it', () => {
    assert.equal(step('Findings as SARIF', {}).status, 0);
    const report = JSON.parse(fs.readFileSync(path.join(here.folder, 'cors-lint.sarif'), 'utf8')) as {
      version: string;
    };
    assert.equal(report.version, '2.1.0');
  });
  it('texts of whoever calls the action reach its scripts as variables only', () => {
    for (const { run = '' } of action.runs.steps) assert.doesNotMatch(run, /\$\{\{/);
  });
  it('the hook calls a command of the package', () => {
    const [hook] = parse(read('.pre-commit-hooks.yaml')) as { entry: string; language: string }[];
    assert.equal(hook!.language, 'node');
    assert.ok(hook!.entry in (JSON.parse(read('package.json')) as { bin: object }).bin);
  });
});
