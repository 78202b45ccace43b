/** The scaffolds that CONTRIBUTING names, each in a copy of the repository: what they write is generated from, and compiles. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

describe('scaffolds', () => {
  let copy: string;
  const run = (command: string, ...args: string[]) =>
    spawnSync(command, args, { cwd: copy, encoding: 'utf8', timeout: 600_000 });

  before(() => {
    copy = fs.mkdtempSync(path.join(os.tmpdir(), 'cors-lint-scaffold-'));
    for (const name of ['server', 'package.json', 'README.md', 'tsconfig.json', '.prettierrc.json'])
      fs.cpSync(name, path.join(copy, name), { recursive: true });
    for (const name of ['examples.test.ts', 'messages.ts'])
      fs.cpSync(`test/rules/${name}`, path.join(copy, 'test/rules', name));
    fs.symlinkSync(path.resolve('node_modules'), path.join(copy, 'node_modules'), 'junction');
  });
  after(() => fs.rmSync(copy, { recursive: true, force: true }));

  it('write a rule and frameworks of each shape that compile, need nothing generated, and whose examples hold', () => {
    for (const [script, ...args] of [
      ['new-rule', 'my-rule'],
      ['new-framework', 'javascript/my-program'],
      ['new-framework', 'clouds/nowhere/my-tree', '--shape', 'tree'],
      ['new-framework', 'servers/my-directives', '--shape', 'directives'],
    ] as const) {
      const made = run('node', `server/scripts/${script}.mjs`, ...args);
      assert.equal(made.status, 0, made.stderr + made.stdout);
    }
    const checked = run('node', 'server/scripts/generate.mjs', '--check');
    assert.equal(checked.status, 0, checked.stderr);
    // What was there before is compiled by `npm test` itself.
    const files = [
      'rules/my-rule.ts',
      'frameworks/javascript/my-program.ts',
      'frameworks/clouds/nowhere/my-tree.ts',
      'frameworks/servers/my-directives.ts',
    ].map((name) => `server/src/${name}`);
    fs.writeFileSync(
      path.join(copy, 'tsconfig.written.json'),
      JSON.stringify({ extends: './tsconfig.json', include: [], files }),
    );
    const compiled = run('node', path.resolve('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.written.json');
    assert.equal(compiled.status, 0, compiled.stdout);
    const tried = run(
      'node',
      path.resolve('node_modules/mocha/bin/mocha.js'),
      '--import=tsx',
      '--grep',
      'the bad example',
      'test/rules/examples.test.ts',
    );
    assert.equal(tried.status, 0, tried.stdout);
  });

  it('refuse a wrong id and one that is taken', () => {
    assert.equal(run('node', 'server/scripts/new-rule.mjs', 'My Rule').status, 2);
    assert.equal(run('node', 'server/scripts/new-rule.mjs', 'any-origin').status, 2);
    assert.equal(run('node', 'server/scripts/new-framework.mjs', 'servers/nginx').status, 2);
    assert.equal(run('node', 'server/scripts/new-framework.mjs', 'without-a-room').status, 2);
  });
});
