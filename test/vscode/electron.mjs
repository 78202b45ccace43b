/**
 * The suite of Node's extension host in a downloaded VS Code, for machines with internet and a display:
 * `node test/vscode/run.mjs bundle && xvfb-run -a node test/vscode/electron.mjs`. `VSCODE_VERSION` chooses, `stable` else.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';

const here = path.dirname(fileURLToPath(import.meta.url));
const version = process.env.VSCODE_VERSION ?? 'stable';
const suite = path.join(here, 'out', 'node.js');

async function download() {
  try {
    return await downloadAndUnzipVSCode({ version, timeout: 30_000, cachePath: path.join(here, 'out', 'vscode') });
  } catch (error) {
    console.error(
      `NOT RUN: the suite in desktop VS Code ${version}: it cannot be downloaded here (${error instanceof Error ? error.message : error})`,
    );
    return undefined;
  }
}

async function main() {
  if (!fs.existsSync(suite)) throw new Error('Bundle the suite first: node test/vscode/run.mjs bundle');
  const executable = await download();
  if (executable === undefined) return;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cors-lint-'));
  try {
    const workspace = path.join(folder, 'workspace');
    const extension = path.join(folder, 'extension');
    fs.mkdirSync(workspace);
    fs.writeFileSync(
      path.join(workspace, 'package.json'),
      '{ "dependencies": { "cors": "2.8.5", "express": "4.21.2" } }\n',
    );
    // The packed files, as in `run.mjs`; a .vsix is a zip archive with the extension in its folder `extension`.
    const unpacked = spawnSync('unzip', ['-q', path.join(here, 'out', 'cors-lint.vsix'), 'extension/*', '-d', folder], {
      encoding: 'utf8',
    });
    if (unpacked.status !== 0) throw new Error(`unzip failed: ${unpacked.error ?? unpacked.stderr}`);
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: extension,
      extensionTestsPath: suite,
      launchArgs: [workspace, '--disable-extensions', `--user-data-dir=${path.join(folder, 'user')}`],
    });
    console.log(`The suite passed in desktop VS Code ${version}`);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
