/**
 * `npm run bench`: the ratios that the design promises, all measured in one run. Nothing here passes or fails by a clock; the
 * figures are for people. With names of rows only these are measured (`npm run bench -- ripgrep start`). `--profile` writes a
 * profile of each process of theirs and prints where the time went; `--history` appends the figures to `history.jsonl`, a line
 * for each run with its commit, which git ignores: figures of different machines have nothing to say to each other.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { edits, keystroke, keystrokeInPolicies, verifyWithEslint } from './keystrokes.mjs';
import { profileFlags, round, row } from './measure.mjs';
import { profiled, topFunctions } from './profile.mjs';
import { againstEslint, againstOxlint, againstRipgrep, memoryOfScan } from './scan-rows.mjs';
import { sizes } from './size-rows.mjs';
import { commandStart, idleServer, serverStart } from './start-rows.mjs';

/** Each gives a row or several. */
const measured = {
  keystroke,
  policies: keystrokeInPolicies,
  verify: verifyWithEslint,
  ripgrep: againstRipgrep,
  memory: memoryOfScan,
  eslint: againstEslint,
  oxlint: againstOxlint,
  sizes,
  start: commandStart,
  server: serverStart,
  idle: idleServer,
  vsix: sizeOfPackage,
  edits,
};

function sizeOfPackage() {
  const vsix = fs.readdirSync('.').find((name) => name.endsWith('.vsix'));
  if (vsix) return row('.vsix, MB', round(fs.statSync(vsix).size / 1_048_576), undefined, '≤ 5');
  console.log('NOT RUN: no .vsix here; `npm run package` makes it.');
  return [];
}

const args = process.argv.slice(2);
const names = args.filter((argument) => !argument.startsWith('--'));
const unknown = names.find((name) => !Object.hasOwn(measured, name));
if (unknown !== undefined)
  throw new Error(`There is no row "${unknown}". The rows are: ${Object.keys(measured).join(', ')}.`);
const profiles = args.includes('--profile') ? fs.mkdtempSync(path.join(os.tmpdir(), 'cors-lint-profile-')) : undefined;
if (profiles !== undefined) profileFlags.push('--cpu-prof', `--cpu-prof-dir=${profiles}`);

// What ships is measured, not the build for debugging; its functions have no names, so that a profile is of the other one.
spawnSync('node', ['esbuild.js', ...(profiles === undefined ? ['--production'] : [])], { stdio: 'inherit' });

const rows = [];
for (const name of names.length > 0 ? names : Object.keys(measured)) {
  const measure = measured[name];
  const found = [await (profiles === undefined ? measure() : profiled(profiles, measure))].flat();
  // All of them take minutes, and whoever stops halfway keeps what was measured.
  for (const { what, ours, against } of found)
    console.log([what, ours, against].filter((part) => part !== undefined).join(': '));
  rows.push(...found);
}
console.table(
  rows.map(({ what, ours, against, goal }) => ({ what, ours, against, ratio: ratioOf(ours, against), goal })),
);
if (profiles !== undefined) {
  console.table(topFunctions(profiles));
  console.log(`The profiles are in ${profiles}; the developer tools of Chrome and VS Code open them.`);
}
if (args.includes('--history')) appendHistory();

function ratioOf(ours, against) {
  return ours === undefined || against === undefined ? undefined : round(ours / against);
}

function appendHistory() {
  const git = (...words) => execFileSync('git', words, { encoding: 'utf8' }).trim();
  const line = {
    commit: git('rev-parse', 'HEAD'),
    date: git('log', '-1', '--format=%cI'),
    changed: git('status', '--porcelain') !== '',
    node: process.version,
    processor: os.cpus()[0]?.model,
    rows,
  };
  fs.appendFileSync(new URL('history.jsonl', import.meta.url), `${JSON.stringify(line)}\n`);
}
