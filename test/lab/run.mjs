/**
 * `npm run lab [framework ids…]`: the judge from outside. Runs every program of every entry for real, and compares the headers
 * received with `answer()` on the policy that the linter read from that same file.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';
import { answer } from '../../server/src/policy/answer.ts';
import { nodeHost } from '../../server/src/node/host.ts';
import { installLabPackages, linkPackages } from './packages.mjs';
import { freePort } from './processes.mjs';
import { differences, openHeaders, origins, requestsFrom, send } from './observations.mjs';

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
 * @property {string} [languageId] of the programs, where the file's name does not tell
 * @property {() => string | undefined} [missing] why it cannot be run on this machine, and how to install it
 * @property {(text: string, ports: { port: number }) => string} [rewrite] puts the free port into a configuration file that names one
 * @property {(run: { file: string, port: number, folder: string, version: Version }) => Promise<Started>} start resolves once the port accepts connections
 * @property {(policy: object) => string} [pathOf] a path that the policy answers, `/` without it
 * @property {(origin: string | null) => readonly object[]} [requests] the requests of one origin
 * @property {() => Promise<void>} [after] ends what the entry itself has started
 */

const here = path.dirname(fileURLToPath(import.meta.url));
const linter = createLinter(nodeHost());
/** Programs that run at the same time. */
const lanes = Math.max(2, Math.min(4, os.cpus().length));

const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const ids = fs.readdirSync(here).filter((id) => fs.existsSync(path.join(here, id, 'entry.mjs'))).filter((id) => chosen.length === 0 || chosen.includes(id)).sort();
if (chosen.some((id) => !ids.includes(id))) {
  console.error(`There is no entry ${chosen.filter((id) => !ids.includes(id)).join(', ')} in test/lab.`);
  process.exit(2);
}

installLabPackages();
const rows = [];
const notRun = [];
const mismatches = [];
const leftOpen = new Set();
let agreed = 0;
for (const id of ids) {
  const { entry } = await import(pathToFileURL(path.join(here, id, 'entry.mjs')).href);
  const reason = entry.missing?.();
  if (reason !== undefined) {
    notRun.push(`${id}: ${reason}`);
    continue;
  }
  for (const version of entry.versions) rows.push(await observeVersion(id, entry, version));
  await entry.after?.();
}
if (rows.length > 0) console.table(rows);
for (const mismatch of mismatches.slice(0, 100)) console.log(`MISMATCH ${mismatch}`);
if (leftOpen.size > 0) console.log(`LEFT OPEN by the model, and so not compared: ${[...leftOpen].join('; ')}`);
for (const line of notRun) console.log(`NOT RUN ON THIS MACHINE: ${line}`);
console.log(`${agreed} passed, ${mismatches.length} failed`);
process.exit(mismatches.length > 0 || agreed === 0 ? 1 : 0);

/** Runs all programs of one version in a folder of its own, where the linter finds the version's packages. */
async function observeVersion(id, entry, version) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `cors-lint-lab-${id}-`));
  fs.chmodSync(folder, 0o755);
  const programs = path.join(folder, 'programs');
  fs.cpSync(path.join(here, id, 'programs'), programs, { recursive: true });
  for (const [name, text] of Object.entries(version.files ?? {})) fs.writeFileSync(path.join(folder, name), text);
  if (version.packages) linkPackages(folder, version.packages);
  const row = { framework: id, version: version.label, programs: 0, observations: 0, agreed: 0 };
  const names = fs.readdirSync(programs).filter((name) => !name.startsWith('_') && fs.statSync(path.join(programs, name)).isFile()).sort();
  const queue = [...names];
  try {
    await Promise.all(Array.from({ length: lanes }, async () => {
      for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
        row.programs += 1;
        const failures = [];
        try {
          const observations = await observeProgram({ id, entry, version, folder, file: path.join(programs, name), failures });
          row.observations += observations;
        } catch (error) {
          failures.push(error instanceof Error ? error.message : String(error));
        }
        mismatches.push(...failures.map((failure) => `${id} (${version.label}) ${name}: ${failure}`));
        row.agreed -= failures.length;
      }
    }));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
  row.agreed += row.observations;
  agreed += row.agreed;
  return row;
}

async function observeProgram({ id, entry, version, folder, file, failures }) {
  const port = await freePort();
  if (entry.rewrite) fs.writeFileSync(file, entry.rewrite(fs.readFileSync(file, 'utf8'), { port }));
  const text = fs.readFileSync(file, 'utf8');
  const { policies, problems } = await linter.lint({ path: file.replaceAll('\\', '/'), languageId: entry.languageId, text }, defaultSettings);
  if (policies.length === 0 || problems) throw new Error(`the linter read ${policies.length} policies ${problems ?? ''}`);
  if (policies.length > 1 && !entry.pathOf) throw new Error(`the linter read ${policies.length} policies, and the entry does not say which path each answers`);
  let observations = 0;
  const server = await entry.start({ file, port, folder, version });
  try {
    for (const policy of policies) {
      for (const origin of origins) {
        for (const request of (entry.requests ?? requestsFrom)(origin)) {
          observations += 1;
          const received = await send(port, entry.pathOf?.(policy) ?? '/', request);
          const modelled = answer(policy, request);
          const open = openHeaders(modelled);
          if (open.length > 0) leftOpen.add(`${id}/${path.basename(file)} (${open.join(', ')})`);
          const found = differences(received, modelled);
          if (found.length > 0) failures.push(`${request.method}${request.preflight ? ` (preflight of ${request.preflight.method})` : ''} from ${origin}: ${found.join('; ')}`);
        }
      }
    }
  } finally {
    await server.close();
  }
  return observations;
}

