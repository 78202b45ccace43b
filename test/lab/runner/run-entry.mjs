/** Runs one entry: every program of every version, what it answers and what its fixes do. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { linkPackages } from '../launchers/packages.mjs';
import { freePort, temporaryFolder } from '../launchers/processes.mjs';
import { askBefore, readersAmong, tryFixes } from './fixes.mjs';
import { checkReading, compare, lintFile, whileRunning } from './observe.mjs';
import { describeRequest, origins, requestsFrom, send } from './observations.mjs';
import { compareRendered, isForeseen, tryRenderedFixes } from './rendered.mjs';

const lab = fileURLToPath(new URL('..', import.meta.url));
/** Programs that run at the same time. */
const lanes = Math.max(2, Math.min(4, os.cpus().length));

/** What `entry.mjs` in the place exports. */
export async function load(place) {
  const module = await import(pathToFileURL(path.join(lab, place, 'entry.mjs')).href);
  return { entries: module.entries ?? [module.entry], notRun: module.notRun ?? [] };
}

/**
 * @typedef {object} Outcome of one place
 * @property {object[]} rows one a version
 * @property {string[]} mismatches
 * @property {string[]} leftOpen by the model
 * @property {string[]} notRun
 * @property {string[]} log what is to be read while the lab runs
 */

/**
 * @param {string} place
 * @param {{ observe: boolean, fixes: boolean }} parts
 * @returns {Promise<Outcome>}
 */
export async function runPlace(place, parts) {
  const id = path.posix.basename(place);
  const outcome = { rows: [], mismatches: [], leftOpen: [], notRun: [], log: [] };
  const { entries, notRun } = await load(place);
  outcome.notRun.push(...notRun.map((line) => `${id}: ${line}`));
  for (const entry of entries) await runEntry({ place, id, entry, parts }, outcome);
  return outcome;
}

/** Rows of the same name are summed: the examples have one entry a file. */
async function runEntry({ place, id, entry, parts }, outcome) {
  const reason = entry.missing?.();
  if (reason !== undefined) {
    outcome.notRun.push(`${id}: ${reason}`);
    return;
  }
  try {
    for (const version of entry.versions) {
      const started = Date.now();
      const row = await runVersion({ place, id, entry, version, parts }, outcome);
      const same = outcome.rows.find(({ version: label }) => label === version.label);
      if (same === undefined) outcome.rows.push(row);
      else for (const [member, value] of Object.entries(row)) if (typeof value === 'number') same[member] += value;
      outcome.log.push(
        `${id} (${version.label}): ${row.programs} programs, ${row.agreed} observations agreed, ` +
          `${row.hoverRows} claims of the hover compared, ` +
          `${row.fixesHeld} of ${row.fixesApplied} fixes held, ${((Date.now() - started) / 1000).toFixed(0)} s`,
      );
    }
  } finally {
    await entry.after?.();
  }
  outcome.notRun.push(
    ...[...(entry.notRun ?? []), ...(entry.departures ?? []).map(({ why }) => `not compared: ${why}`)].map(
      (line) => `${id}: ${line}`,
    ),
  );
}

/** Runs all programs of one version in a folder of its own, where the linter finds the version's packages. */
async function runVersion({ place, id, entry, version, parts }, outcome) {
  const { folder, remove } = temporaryFolder(id);
  const programs = path.join(folder, 'programs');
  if (entry.fill) fs.mkdirSync(programs, { mode: 0o755 });
  else fs.cpSync(path.join(lab, place, entry.programs ?? 'programs'), programs, { recursive: true });
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
    hoverRows: 0,
  };
  const queue = entry.fill?.(programs) ?? programsIn(programs, entry);
  try {
    await Promise.all(
      Array.from({ length: lanes }, async () => {
        for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
          row.programs += 1;
          const port = await freePort();
          const run = { entry, version, folder, name, file: path.join(programs, name), port, log: outcome.log };
          const failures = await runProgram(run, row, parts, outcome.leftOpen);
          outcome.mismatches.push(...failures.map((failure) => `${id} (${version.label}) ${name}: ${failure}`));
        }
      }),
    );
  } finally {
    remove();
  }
  return row;
}

function programsIn(folder, { skips }) {
  return fs
    .readdirSync(folder)
    .filter((name) => !/^[_.]/.test(name) && !skips?.includes(name) && fs.statSync(path.join(folder, name)).isFile())
    .sort();
}

/** Returns what went wrong. What fails before the first observation counts as a mismatch of its own and touches no other figure. */
async function runProgram(run, row, parts, leftOpen) {
  const failures = [];
  let lint;
  try {
    await run.entry.prepare?.(run);
    lint = await lintFile(run.file, run.entry);
    if (run.entry.unsent?.includes(run.name)) return await compareUnsent(run, lint, row);
    checkReading(lint, run.entry);
    const { compared, tried } = await judge(run, lint, parts);
    if (compared) {
      row.observations += compared.compared + compared.open;
      for (const member of ['compared', 'open', 'agreed']) row[member] += compared[member];
      row.hoverRows += compared.rows ?? 0;
      failures.push(...compared.failures);
      failures.push(...(compared.hover ?? []));
      leftOpen.push(...compared.openIn.map((open) => `${row.framework}/${open}`));
    }
    const strangers = (await run.entry.strangers?.()) ?? [];
    if (strangers.length > 0) failures.push(...(await whileRunning(run, (port) => readersAmong(port, strangers))));
    if (tried) {
      row.fixesApplied += tried.applied;
      row.fixesHeld += tried.held;
      row.witnesses += tried.replayed;
      row.preflights += tried.preflights;
      failures.push(...tried.failures);
    }
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    row.notStarted += 1;
    if (!lint || !isForeseen(lint, said, run.entry.refusal)) return [...failures, said];
    for (const member of ['observations', 'compared', 'agreed']) row[member] += 1;
  }
  return failures;
}

/** Headers that are written when the answer is on its way: the linter reads no policy of them, and none of them arrives. */
async function compareUnsent(run, { policies }, row) {
  if (policies.length > 0) return [`the linter read ${policies.length} policies of headers that nothing sends`];
  return whileRunning(run, async (port) => {
    const failures = [];
    for (const request of origins.flatMap(requestsFrom)) {
      const { headers } = await send(port, '/', request);
      row.observations += 1;
      row.compared += 1;
      if (headers.has('access-control-allow-origin')) failures.push(`${describeRequest(request)}: the header is sent`);
      else row.agreed += 1;
    }
    return failures;
  });
}

/** Starts the program as it is once, for its answers and for what its findings say; then each fixed copy. */
async function judge(run, lint, parts) {
  if (run.entry.render)
    return {
      compared: parts.observe ? await compareRendered(run, lint) : undefined,
      tried: parts.fixes ? await tryRenderedFixes(run, lint) : undefined,
    };
  const { compared, before } = await whileRunning(run, async (port) => ({
    compared: parts.observe ? await compare(run, lint, port) : undefined,
    before: parts.fixes ? await askBefore(run, lint, port) : undefined,
  }));
  return { compared, tried: before && (await tryFixes(run, lint, before)) };
}
