/** What is published: packed from a copy of the sources, installed into an empty folder, and used there. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { satisfies } from 'semver';
import { openApp } from '../cli/run.ts';
import { copySources, packExtension, sourcesOfBuild } from '../vscode/pack.mjs';

const root = path.resolve(fileURLToPath(import.meta.url), '../../..');
const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));

function run(command: string, args: readonly string[], cwd: string): string {
  const { error, status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    timeout: 600_000,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  if (error) throw error;
  assert.ok(status === 0 || status === 1, `${command} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

const openController = `import org.springframework.web.bind.annotation.CrossOrigin

@RestController

@CrossOrigin
class Shop
`;

describe('the npm package', function () {
  let folder: string;
  let packed: { filename: string; size: number; files: { path: string }[] };
  before(() => {
    folder = fs.mkdtempSync(path.join(tmpdir(), 'cors-lint-package-'));
    const copy = path.join(folder, 'sources');
    copySources(sourcesOfBuild, copy);
    [packed] = JSON.parse(run('npm', ['pack', '--json'], copy));
    fs.mkdirSync(path.join(folder, 'user'));
    fs.writeFileSync(path.join(folder, 'user/package.json'), '{ "private": true }');
    fs.writeFileSync(path.join(folder, 'user/server.js'), openApp);
    fs.writeFileSync(path.join(folder, 'user/Shop.kt'), openController);
    const file = path.join(copy, packed.filename);
    run('npm', ['install', '--offline', '--no-audit', '--no-fund', file], path.join(folder, 'user'));
  });
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('is small, and holds the commands, what they read, and the licences', () => {
    assert.ok(packed.size < 3_000_000, `${packed.size} bytes`);
    const others = packed.files
      .map((file) => file.path)
      .filter(
        (file) =>
          !/^(dist\/(cli|server)\.js|dist\/node\/[\w./-]+\.cjs|dist\/grammars\/[\w-]+\.wasm(\.br)?)$/.test(file),
      );
    assert.deepEqual(others.sort(), [
      'LICENSE',
      'README.md',
      'dist/THIRD-PARTY-NOTICES.txt',
      'package.json',
      'server/schema/cors-lint.schema.json',
    ]);
  });
  it('brings no other package and no other command', () => {
    const modules = path.join(folder, 'user/node_modules');
    assert.deepEqual(
      fs.readdirSync(modules).filter((name) => !name.startsWith('.')),
      ['cors-lint'],
    );
    const commands = fs.readdirSync(path.join(modules, '.bin')).map((name) => name.replace(/\.(cmd|ps1)$/, ''));
    assert.deepEqual([...new Set(commands)].sort(), ['cors-lint', 'cors-lint-server']);
    assert.equal(manifest.dependencies, undefined, 'what is bundled is no dependency of whoever installs it');
  });
  it('works where it is installed', () => {
    const user = path.join(folder, 'user');
    assert.match(
      run('npx', ['--offline', 'cors-lint', 'server.js'], user),
      /^server\.js:2:9: warning: .*\[any-origin\]$/m,
    );
    // Its grammar is one of those that are compressed.
    assert.match(run('npx', ['--offline', 'cors-lint', 'Shop.kt'], user), /^Shop\.kt:5:2: warning: .*\[any-origin\]$/m);
    assert.equal(run('npx', ['--offline', 'cors-lint-server', '--version'], user), `${manifest.version}\n`);
  });
  it('names each package that it bundles, with its licence', () => {
    const notices = fs.readFileSync(
      path.join(folder, 'user/node_modules/cors-lint/dist/THIRD-PARTY-NOTICES.txt'),
      'utf8',
    );
    for (const name of [
      'yaml',
      'refa',
      'tldts',
      'vscode-languageserver',
      '@vscode/tree-sitter-wasm',
      'tree-sitter-bicep',
    ])
      assert.match(notices, new RegExp(`^${name} [\\d.]+ \\([\\w-]+\\)\\n`, 'm'));
    assert.ok(notices.match(/Copyright|copyright/g)!.length > 20);
  });
  it('can be installed with the oldest Node that it names: no package of ours wants a newer one', () => {
    const oldest = /^>=(\d+)\.(\d+)$/.exec(manifest.engines.node);
    assert.ok(oldest);
    const { packages } = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { engines?: { node?: string } }>;
    };
    const refusing = Object.entries(packages)
      .filter(([, { engines }]) => engines?.node && !satisfies(`${oldest[1]}.${oldest[2]}.0`, engines.node))
      .map(([name, { engines }]) => `${name} ${engines!.node}`);
    assert.deepEqual(refusing, []);
  });
});

describe('the packed extension', () => {
  it('is small', () => {
    const folder = fs.mkdtempSync(path.join(tmpdir(), 'cors-lint-extension-'));
    try {
      const vsix = path.join(folder, 'packed.vsix');
      packExtension(folder, vsix);
      const { size } = fs.statSync(vsix);
      assert.ok(size < 5_000_000, `${size} bytes`);
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });
});
