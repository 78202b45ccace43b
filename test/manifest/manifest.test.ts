/** What package.json promises to VS Code, held against what the code does. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Connection } from 'vscode-languageserver';
import type { Client } from '../../server/src/lsp/client.ts';
import { createDocumentSettings } from '../../server/src/lsp/document-settings.ts';
import type { Files } from '../../server/src/lsp/files.ts';

const root = path.resolve(fileURLToPath(import.meta.url), '../../..');
const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');
const manifest = JSON.parse(read('package.json'));
const { contributes } = manifest;

/** Settings that make no sense in `cors-lint.json`: they are about the editor, or about one user. */
const editorOnly = ['codeLens', 'enable', 'onlyNewFindings', 'run'];
/** Settings that hold for a team, and have no place in an editor. */
const fileOnly = ['overrides', 'baseline'];
/** Read by the client or its library, not by the server. */
const ofTheClient = ['standDown', 'trace.server'];

const manifestSettings = Object.keys(contributes.configuration.properties).map((name) =>
  name.replace(/^corsLint\./, ''),
);

/** The names that the server asks the editor's settings for: a settings object that notes what is read of it. */
async function settingsRead(): Promise<string[]> {
  const names = new Set<string>();
  const noting = new Proxy({}, { get: (_target, name) => void (typeof name === 'string' && names.add(name)) });
  const connection = {
    workspace: { getConfiguration: () => ({ then: (resolve: (value: object) => void) => resolve(noting) }) },
  } as unknown as Connection;
  const files = { read: async () => undefined, readWithin: async () => undefined } as unknown as Files;
  await createDocumentSettings(
    connection,
    () => ({ configuration: true }) as Client,
    files,
    () => [],
  ).of('file:///project/server.js');
  // A promise asks of everything that it gets whether it is one.
  names.delete('then');
  return [...names];
}

describe('the manifest', function () {
  it('uses every text of package.nls.json, and no other', () => {
    const used = new Set([...read('package.json').matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key));
    assert.deepEqual([...used].sort(), Object.keys(JSON.parse(read('package.nls.json'))).sort());
  });

  it('declares the settings that the server reads, and those are the keys of cors-lint.json', async () => {
    assert.deepEqual(
      manifestSettings.filter((name) => !ofTheClient.includes(name)).sort(),
      (await settingsRead()).sort(),
    );
    const schema = JSON.parse(read('server/schema/cors-lint.schema.json'));
    const keys = Object.keys(schema.properties).filter((key) => key !== '$schema' && !fileOnly.includes(key));
    assert.deepEqual([...keys, ...editorOnly, ...ofTheClient].sort(), [...manifestSettings].sort());
  });

  it('declares the commands that the client registers', () => {
    const registered = [...read('client/src/commands.ts').matchAll(/ command\('(\w+)'/g)].map(
      ([, name]) => `corsLint.${name}`,
    );
    const declared = contributes.commands.map(({ command }: { command: string }) => command);
    // Only actions of the server call it, with a text.
    assert.deepEqual(registered.sort(), [...declared, 'corsLint.copyText'].sort());
  });

  it('points at files that are there', () => {
    const files = [
      manifest.icon,
      ...contributes.walkthroughs.flatMap(({ steps }: { steps: { media: { image: string } }[] }) =>
        steps.map(({ media }) => media.image),
      ),
    ];
    for (const [, image] of read('README.md').matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)) files.push(image);
    for (const file of files) {
      assert.ok(fs.existsSync(path.join(root, file)), file);
      assert.ok(fs.statSync(path.join(root, file)).size <= 300 * 1024, `${file} is larger than 300 KB`);
    }
  });

  it('works in folders that nobody trusts, and in those that are on no disk', () => {
    const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
    assert.equal(untrustedWorkspaces.supported, true);
    assert.equal(virtualWorkspaces.supported, true);
    assert.ok(fs.existsSync(path.join(root, 'client/src/extension.web.ts')) && manifest.browser !== undefined);
  });

  it('has a banner in the gallery, and a page with moving pictures', () => {
    assert.match(manifest.galleryBanner.color, /^#[\da-f]{6}$/);
    assert.match(manifest.galleryBanner.theme, /^(dark|light)$/);
    const pictures = [...read('README.md').matchAll(/(?:!\[[^\]]+\]\(|<img src=")([^)"]+\.(?:gif|png))/g)];
    const moving = pictures.filter(([, file]) => framesOf(file!) > 1);
    assert.ok(moving.length >= 3, `${moving.length} of ${pictures.length} pictures move`);
    assert.ok(pictures.length - moving.length >= 2, 'stills in light and dark');
  });

  it('has a walkthrough whose links are commands of its own', () => {
    const texts: Record<string, string> = JSON.parse(read('package.nls.json'));
    const links = Object.values(texts).flatMap((text) =>
      [...text.matchAll(/\]\(command:([^)]+)\)/g)].map(([, name]) => name),
    );
    assert.ok(links.length >= 2);
    const declared = new Set(contributes.commands.map(({ command }: { command: string }) => command));
    for (const link of links) assert.ok(declared.has(link), link);
  });

  it('has a problem matcher that reads what the command line writes', () => {
    const built = spawnSync(process.execPath, ['esbuild.js', '--stale', 'cli.js'], { cwd: root, encoding: 'utf8' });
    assert.equal(built.status, 0, built.stderr);
    const args = ['dist/cli.js', 'test/vscode/shop'];
    const said = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' }).stdout;
    const { findings } = JSON.parse(
      spawnSync(process.execPath, [...args, '--format', 'json'], { cwd: root, encoding: 'utf8' }).stdout,
    );
    const matched = problemsIn(said);
    assert.ok(matched.length >= 4, said);
    assert.equal(matched.length, findings.length, said);
    assert.deepEqual(
      matched.find(({ file }) => file.endsWith('server.js')),
      {
        severity: 'error',
        message: '"https://evil-shop.example" can read these responses with the user\'s cookies.',
        code: 'bypassable-origin-check',
        file: 'test/vscode/shop/server.js',
        line: 8,
        column: 11,
      },
    );
    assert.ok(
      matched.some(({ severity }) => severity === 'info'),
      'VS Code knows "info", not "information"',
    );
  });
});

interface Problem {
  readonly severity: string;
  readonly message: string;
  readonly code: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Pictures in a file: each of a moving one has a block that says how long it stays. */
function framesOf(file: string): number {
  const graphicControl = /\x21\xf9\x04/g;
  return fs.readFileSync(path.join(root, file), 'latin1').match(graphicControl)?.length ?? 0;
}

/** As VS Code matches: each line by the one expression. */
function problemsIn(text: string): Problem[] {
  const [{ pattern }] = contributes.problemMatchers;
  assert.equal(pattern.length, 1);
  const [one] = pattern;
  return text.split('\n').flatMap((line) => {
    const match = new RegExp(one.regexp).exec(line);
    return match === null
      ? []
      : [
          {
            severity: match[one.severity]!,
            message: match[one.message]!,
            code: match[one.code]!,
            file: match[one.file]!,
            line: Number(match[one.line]),
            column: Number(match[one.column]),
          },
        ];
  });
}
