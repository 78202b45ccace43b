/**
 * `npm run lab [rooms and framework ids…] [--json] [--write] [--fixes] [--no-fixes]`: the judge from outside. Runs every program of every
 * entry for real, and compares the headers received with `answer()` on the policy that the linter read from that same file; then
 * applies every fix and asks again. `--fixes` leaves the first part away, `--no-fixes` the second. `--write` puts the table into
 * ARCHITECTURE.md.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { globSync } from 'tinyglobby';
import { readersAmong, tryFixes } from './runner/fixes.mjs';
import { checkReading, compare, lintFile, whileRunning } from './runner/observe.mjs';
import { installLabPackages, linkPackages } from './launchers/packages.mjs';
import { freePort, temporaryFolder } from './launchers/processes.mjs';
import { compareRendered, tryRenderedFixes } from './runner/rendered.mjs';
import { tableOf, writeArchitecture } from './runner/report.mjs';

/**
 * @typedef {object} Version one row of the table
 * @property {string} label what is run: `cors 2.8.6 on Express 5.3.0`
 * @property {Record<string, string>} [files] files above the programs, by name: a requirements.txt that says the version
 * @property {Record<string, string>} [packages] npm packages beside the programs: name → name in `packages/package.json`
 *
 * @typedef {object} Started
 * @property {() => Promise<void>} close ends what was started
 *
 * @typedef {object} Entry
 * @property {readonly Version[]} versions
 * @property {string} [programs] folder of the programs, `programs` beside the entry without it
 * @property {'silent'} [upstream] set where the programs are proxies: the application behind them sends no CORS headers
 * @property {readonly string[]} [skips] programs that this version of the server cannot run; each is named by `notRun` too
 * @property {readonly string[]} [notRun] what is not run, and why: one line each
 * @property {string} [languageId] of the programs, where the file's name does not tell
 * @property {() => string | undefined} [missing] why it cannot be run on this machine, and how to install it
 * @property {(run: { file: string, port: number }) => Promise<void>} [prepare] puts the ports into a configuration file that names them, before it is linted
 * @property {(run: { file: string, port: number, folder: string, version: Version }) => Promise<Started>} [start] resolves once the port accepts connections
 * @property {(run: { file: string, folder: string, version: Version }) => Promise<{ files: string[] } | { error: string }>} [render] instead of `start`, where the programs deploy something: the files that their tool writes for the service
 * @property {(policy: object) => string} [pathOf] a path that the policy answers, `/` without it
 * @property {(origin: string | null) => readonly object[]} [requests] the requests of one origin
 * @property {(policy: object, text: string) => readonly { path: string, status: number, throws?: boolean }[]} [errors] paths that the policy covers and that fail, with the status that the application gives
 * @property {readonly { why: string, headers: readonly string[], when: (request: object, policy: object, received: object) => boolean }[]} [departures] headers for which an emulator is known to differ from the service that it stands for, and how that is known
 * @property {(policy: object, request: object, text: string) => boolean} [answers] whether the policy is about this request; all of them without it
 * @property {true} [combined] whether a header goes out as one line or as several is the server's own choice, and not the program's
 * @property {true} [unordered] the server keeps lists of names in sets, so that their order means nothing
 * @property {false} [ownStatuses] statuses are not compared: the programs have no route for some of what is asked
 * @property {(programs: string) => readonly string[]} [fill] fills the folder of the programs itself and names those to run
 * @property {() => Promise<readonly { witness: string, rule: string, paths: readonly string[] }[]>} [strangers] who must not read with cookies here
 * @property {() => Promise<void>} [after] ends what the entry itself has started
 */

const here = path.dirname(fileURLToPath(import.meta.url));
/** Programs that run at the same time. */
const lanes = Math.max(2, Math.min(4, os.cpus().length));

const known = ['--json', '--write', '--fixes', '--no-fixes'];
const flags = process.argv.slice(2).filter((argument) => argument.startsWith('-'));
const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
/** Where the entries stand, from this folder: `javascript/hapi`. */
const places = globSync('**/entry.mjs', { cwd: here, ignore: ['**/{programs,node_modules}/**'] }).map((name) =>
  path.posix.dirname(name),
);
/** An entry is chosen by its name, its place, or a room that it is in. */
const isChosen = (place, by) => place === by || place.startsWith(`${by}/`) || path.posix.basename(place) === by;
const running = places
  .filter((place) => chosen.length === 0 || chosen.some((by) => isChosen(place, by)))
  .sort((a, b) => (path.posix.basename(a) < path.posix.basename(b) ? -1 : 1));
const wrong = [
  ...chosen.filter((by) => !running.some((place) => isChosen(place, by))),
  ...flags.filter((flag) => !known.includes(flag)),
];
if (
  wrong.length > 0 ||
  (flags.includes('--write') && (chosen.length > 0 || flags.includes('--fixes') || flags.includes('--no-fixes')))
) {
  console.error(
    wrong.length > 0 ? `There is no entry or option ${wrong.join(', ')}.` : '--write needs a run of everything.',
  );
  process.exit(2);
}
const parts = { observe: !flags.includes('--fixes'), fixes: !flags.includes('--no-fixes') };

installLabPackages();
const rows = [];
const notRun = [];
const mismatches = [];
const leftOpen = new Set();
for (const place of running) {
  const id = path.posix.basename(place);
  const {
    entry: only,
    entries = [only],
    notRun: left = [],
  } = await import(pathToFileURL(path.join(here, place, 'entry.mjs')).href);
  notRun.push(...left.map((line) => `${id}: ${line}`));
  for (const entry of entries) await runEntry(place, entry);
}
const total = (member) => rows.reduce((sum, row) => sum + row[member], 0);
const passed = total('agreed') + total('fixesHeld') + total('witnesses') + total('preflights');
if (flags.includes('--json'))
  console.log(
    JSON.stringify({ rows, mismatches, leftOpen: [...leftOpen], notRun, passed, failed: mismatches.length }, null, 2),
  );
else {
  if (rows.length > 0) console.table(rows);
  for (const mismatch of mismatches.slice(0, 100)) console.log(`MISMATCH ${mismatch}`);
  if (mismatches.length > 100) console.log(`… and ${mismatches.length - 100} more mismatches`);
  if (leftOpen.size > 0) console.log(`LEFT OPEN by the model, and so not compared: ${[...leftOpen].join('; ')}`);
  for (const line of notRun) console.log(`NOT RUN ON THIS MACHINE: ${line}`);
  console.log(`${passed} passed, ${mismatches.length} failed`);
}
const failed = mismatches.length > 0 || passed === 0;
if (flags.includes('--write') && !failed) writeArchitecture('lab', tableOf(rows, notRun));
process.exit(failed ? 1 : 0);

/** Rows of the same name are summed: the examples have one entry a file. */
async function runEntry(place, entry) {
  const id = path.posix.basename(place);
  const reason = entry.missing?.();
  if (reason !== undefined) {
    notRun.push(`${id}: ${reason}`);
    return;
  }
  try {
    for (const version of entry.versions) {
      const started = Date.now();
      const row = await runVersion(place, entry, version);
      const same = rows.find(({ framework, version: label }) => framework === id && label === version.label);
      if (same === undefined) rows.push(row);
      else for (const [member, value] of Object.entries(row)) if (typeof value === 'number') same[member] += value;
      console.error(
        `${id} (${version.label}): ${row.programs} programs, ${row.agreed} observations agreed, ${row.fixesHeld} of ${row.fixesApplied} fixes held, ${((Date.now() - started) / 1000).toFixed(0)} s`,
      );
    }
  } finally {
    await entry.after?.();
  }
  notRun.push(
    ...[...(entry.notRun ?? []), ...(entry.departures ?? []).map(({ why }) => `not compared: ${why}`)].map(
      (line) => `${id}: ${line}`,
    ),
  );
}

/** Runs all programs of one version in a folder of its own, where the linter finds the version's packages. */
async function runVersion(place, entry, version) {
  const id = path.posix.basename(place);
  const { folder, remove } = temporaryFolder(id);
  const programs = path.join(folder, 'programs');
  if (entry.fill) fs.mkdirSync(programs, { mode: 0o755 });
  else fs.cpSync(path.join(here, place, entry.programs ?? 'programs'), programs, { recursive: true });
  for (const [name, text] of Object.entries(version.files ?? {})) fs.writeFileSync(path.join(folder, name), text);
  if (version.packages) linkPackages(folder, version.packages);
  const row = {
    framework: id,
    version: version.label,
    programs: 0,
    notStarted: 0,
    observations: 0,
    compared: 0,
    open: 0,
    agreed: 0,
    fixesApplied: 0,
    fixesHeld: 0,
    witnesses: 0,
    preflights: 0,
  };
  const queue =
    entry.fill?.(programs) ??
    fs
      .readdirSync(programs)
      .filter(
        (name) =>
          !/^[_.]/.test(name) && !entry.skips?.includes(name) && fs.statSync(path.join(programs, name)).isFile(),
      )
      .sort();
  try {
    await Promise.all(
      Array.from({ length: lanes }, async () => {
        for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
          const report = (failure) => mismatches.push(`${id} (${version.label}) ${name}: ${failure}`);
          row.programs += 1;
          await runProgram(
            { entry, version, folder, file: path.join(programs, name), port: await freePort() },
            row,
            report,
          );
        }
      }),
    );
  } finally {
    remove();
  }
  return row;
}

/** What fails before the first observation counts as a mismatch of its own and touches no other figure. */
async function runProgram(run, row, report) {
  try {
    await run.entry.prepare?.(run);
    const { render } = run.entry;
    const lint = await lintFile(run.file, run.entry);
    checkReading(lint, run.entry);
    if (parts.observe) {
      const compared = await (render
        ? compareRendered(run, lint)
        : whileRunning(run, (port) => compare(run, lint.policies, port)));
      row.observations += compared.compared + compared.open;
      for (const member of ['compared', 'open', 'agreed']) row[member] += compared[member];
      for (const failure of compared.failures) report(failure);
      for (const open of compared.openIn) leftOpen.add(`${row.framework}/${open}`);
    }
    const strangers = (await run.entry.strangers?.()) ?? [];
    if (strangers.length > 0)
      for (const failure of await whileRunning(run, (port) => readersAmong(port, strangers))) report(failure);
    if (!parts.fixes) return;
    const tried = await (render ? tryRenderedFixes : tryFixes)(run, await lintFile(run.file, run.entry));
    row.fixesApplied += tried.applied;
    row.fixesHeld += tried.held;
    row.witnesses += tried.replayed;
    row.preflights += tried.preflights;
    for (const failure of tried.failures) report(failure);
  } catch (error) {
    row.notStarted += 1;
    report(error instanceof Error ? error.message : String(error));
  }
}
