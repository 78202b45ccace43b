/**
 * `npm run test:vscode`: packs the extension and runs the suite on the packed files in real VS Code, in the extension host of
 * Node and in that of browsers, then drives the installed extension as a user does. Ends with `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { open, prepare } from './host.mjs';
import { drive } from './drive.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const project = path.resolve(here, '../..');
const out = path.join(here, 'out');
const version = '1.100.3';
/** A suite that says nothing for this long has hung. */
const longest = 120_000;

const chosen = process.argv.slice(2);
const kinds = chosen.length > 0 ? chosen : ['node', 'web', 'user'];

/** Packs what ships, and bundles the suite for both extension hosts. */
async function pack() {
  fs.rmSync(out, { recursive: true, force: true });
  fs.mkdirSync(out, { recursive: true });
  const vsix = path.join(out, 'cors-lint.vsix');
  const packed = spawnSync('npx', ['vsce', 'package', '--no-dependencies', '--out', vsix], { cwd: project, encoding: 'utf8', shell: process.platform === 'win32' });
  if (packed.status !== 0) throw new Error(`vsce failed: ${packed.stdout}${packed.stderr}`);
  const megabytes = fs.statSync(vsix).size / 1_048_576;
  if (megabytes > 5) throw new Error(`The packed extension is ${megabytes.toFixed(1)} MB; 5 are allowed`);
  await buildSuites();
  return vsix;
}

async function buildSuites() {
  const shared = { bundle: true, format: 'cjs', target: 'es2022', sourcemap: 'inline', logLevel: 'warning', external: ['vscode', 'mocha'] };
  await build({ ...shared, entryPoints: [path.join(here, 'index.node.ts')], outfile: path.join(out, 'node.js'), platform: 'node' });
  await build({ ...shared, entryPoints: [path.join(here, 'index.web.ts')], outfile: path.join(out, 'web.js'), platform: 'browser', external: ['vscode'], define: { global: 'globalThis', 'process.env.NODE_DEBUG': 'undefined' } });
}

/** Outcomes of the suite in one extension host. */
async function runSuite(kind, vsix) {
  const tests = path.join(out, `${kind}.js`);
  const host = await open({ version, vsix, kind, tests, fillWorkspace: fillForSuite });
  const results = path.join(host.workspace, '.outcomes.json');
  let timer;
  try {
    const late = new Promise((resolve) => { timer = setTimeout(resolve, longest, 'late'); });
    const end = await Promise.race([host.exited, late]);
    if (end !== 'late' && fs.existsSync(results)) return JSON.parse(fs.readFileSync(results, 'utf8'));
    await host.page.screenshot({ path: path.join(out, `${kind}.png`) });
    return [{ title: `the suite in the ${kind} extension host`, error: `${end === 'late' ? 'no answer' : `exit code ${end} without outcomes`}; last lines:\n${host.log.slice(-30).join('\n')}` }];
  } finally {
    clearTimeout(timer);
    await host.close();
  }
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
  for (const kind of kinds) {
    const outcomes = kind === 'user' ? await drive({ version, vsix, out, project }) : await runSuite(kind, vsix);
    for (const { title, error, milliseconds } of outcomes) {
      console.log(error === undefined ? `  ok ${kind}: ${title}${milliseconds === undefined ? '' : ` (${milliseconds} ms)`}` : `  FAILED ${kind}: ${title}\n${error}`);
      if (error === undefined) passed += 1;
      else failed += 1;
    }
    console.log(`${kind} done (${seconds()})`);
  }
} catch (error) {
  console.error(error);
  failed += 1;
}
if (passed === 0) failed = Math.max(failed, 1);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
