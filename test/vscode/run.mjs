/**
 * `npm run test:vscode`: packs the extension and runs the suite on the packed files in real VS Code, in the extension host of
 * Node and in that of browsers, then drives the installed extension as a user does. Ends with `N passed, N failed`. With names
 * (`node`, `web`, `user`, `measure`) only these are run; `bundle` packs and bundles, and runs nothing; `pictures` makes those of
 * the README anew.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { installPackages, open, prepare } from './host.mjs';
import { drive } from './drive.mjs';
import { measure } from './measure.mjs';
import { packExtension } from './pack.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.join(here, 'out');
const version = '1.100.3';
/** A suite that says nothing for this long has hung. */
const longestSilence = 600_000;

const chosen = process.argv.slice(2);
const kinds = chosen.length > 0 ? chosen : ['node', 'web', 'user'];

/** Packs what ships, and bundles the suite for both extension hosts. */
async function pack() {
  fs.rmSync(out, { recursive: true, force: true });
  fs.mkdirSync(out, { recursive: true });
  const vsix = path.join(out, 'cors-lint.vsix');
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'cors-lint-packed-'));
  try {
    packExtension(copy, vsix);
  } finally {
    fs.rmSync(copy, { recursive: true, force: true });
  }
  await buildSuites();
  return vsix;
}

async function buildSuites() {
  const shared = {
    bundle: true,
    format: 'cjs',
    target: 'es2022',
    sourcemap: 'inline',
    logLevel: 'warning',
    external: ['vscode', 'mocha'],
  };
  await build({
    ...shared,
    entryPoints: [path.join(here, 'index.node.ts')],
    outfile: path.join(out, 'node.js'),
    platform: 'node',
  });
  await build({
    ...shared,
    entryPoints: [path.join(here, 'index.web.ts')],
    outfile: path.join(out, 'web.js'),
    platform: 'browser',
    external: ['vscode'],
    define: { global: 'globalThis', 'process.env.NODE_DEBUG': 'undefined' },
  });
}

/** Runs the suite in one extension host and tells each outcome as it comes. */
async function runSuite(kind, vsix, tell) {
  const host = await open({ version, vsix, kind, tests: path.join(out, `${kind}.js`), fillWorkspace: fillForSuite });
  const file = path.join(host.workspace, '.outcomes.txt');
  let told = 0;
  let lastNews = Date.now();
  const tellNew = () => {
    // A line without its end is still being written.
    const lines = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
    for (const line of lines.slice(told)) {
      tell(JSON.parse(line));
      told += 1;
      lastNews = Date.now();
    }
  };
  try {
    let exit;
    void host.exited.then((code) => {
      exit = code;
    });
    while (exit === undefined && Date.now() - lastNews < longestSilence) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      tellNew();
    }
    tellNew();
    if (exit !== 0) fs.writeFileSync(path.join(out, `${kind}.log`), host.logs());
    if (exit !== undefined && told > 0) return;
    await host.page.screenshot({ path: path.join(out, `${kind}.png`) });
    const end = exit === undefined ? `no news for ${longestSilence / 1000} s` : `exit code ${exit} without outcomes`;
    tell({
      title: `the suite in the ${kind} extension host`,
      error: `${end}; last lines:\n${host.log.slice(-30).join('\n')}`,
    });
  } finally {
    await host.close();
  }
}

/** One part in a window of its own. */
async function runPart(kind, vsix) {
  const outcome = { passed: 0, failed: 0 };
  const tell = ({ title, error, milliseconds }) => {
    console.log(
      error === undefined
        ? `  ok ${kind}: ${title}${milliseconds === undefined ? '' : ` (${milliseconds} ms)`}`
        : `  FAILED ${kind}: ${title}\n${error}`,
    );
    outcome[error === undefined ? 'passed' : 'failed'] += 1;
  };
  try {
    if (kind === 'user') await drive({ version, vsix, out, tell });
    else if (kind === 'pictures') await pictures({ version, vsix, tell });
    else if (kind === 'measure') await measure({ version, vsix, tell });
    else await runSuite(kind, vsix, tell);
  } catch (error) {
    tell({ title: 'the part as a whole', error: error instanceof Error ? error.stack : String(error) });
  }
  return outcome;
}

/** What cuts and joins pictures is installed by whoever makes some. */
async function pictures(options) {
  installPackages(path.join(here, 'pictures'));
  const { makePictures } = await import('./pictures/scenes.mjs');
  await makePictures(options);
}

function fillForSuite(folder) {
  fs.writeFileSync(path.join(folder, 'package.json'), '{ "dependencies": { "cors": "2.8.5", "express": "4.21.2" } }\n');
}

const started = Date.now();
const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`;
let passed = 0;
let failed = 0;
try {
  prepare(version);
  const vsix = await pack();
  console.log(`VS Code ${version} and the packed extension are ready (${seconds()})`);
  for (const kind of kinds.filter((name) => name !== 'bundle')) {
    let outcome = await runPart(kind, vsix);
    if (outcome.failed > 0) {
      console.log(
        `RUN AGAIN ${kind}: ${outcome.failed} failed, and a window may be slow once; what fails twice has failed`,
      );
      outcome = await runPart(kind, vsix);
    }
    passed += outcome.passed;
    failed += outcome.failed;
    console.log(`${kind} done (${seconds()})`);
  }
} catch (error) {
  console.error(error);
  failed += 1;
}
if (passed === 0 && !kinds.includes('bundle')) failed = Math.max(failed, 1);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
