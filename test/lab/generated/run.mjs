/**
 * `npm run lab:generated [-- places…] [--seed N] [--count N]`: programs whose options are made by chance, run as those of the lab are. What
 * a library does with options that nobody wrote down for it is compared with what its table says. Prints the seed and each
 * program that disagrees.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startNodeHost } from '../launchers/node-host.mjs';
import { installLabPackages, linkPackages } from '../launchers/packages.mjs';
import { compiled, freePort, temporaryFolder } from '../launchers/processes.mjs';
import { compare, lintFile } from '../runner/observe.mjs';
import { load } from '../runner/run-entry.mjs';
import { chanceOf, optionsText } from './options.mjs';
import { libraries } from './programs.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, count: { type: 'string', default: '20' } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const count = Number(values.count);
const chosen = Object.keys(libraries).filter(
  (place) => positionals.length === 0 || positionals.some((name) => path.posix.basename(place) === name),
);
const host = fileURLToPath(new URL('../launchers/shared-host.mjs', import.meta.url));

installLabPackages();
let failed = 0;
for (const place of chosen)
  for (const entry of (await load(place)).entries) {
    const reason = entry.missing?.();
    if (reason !== undefined) console.log(`${place}: ${reason}`);
    else for (const version of entry.versions) failed += await runVersion(place, entry, version);
  }
console.log(`seed ${seed}: ${failed} programs disagree`);
process.exit(failed === 0 ? 0 : 1);

async function runVersion(place, entry, version) {
  const library = libraries[place];
  const { folder, remove } = temporaryFolder('generated');
  linkPackages(folder, { ...version.packages, ...library.extraPackages });
  for (const [name, text] of Object.entries(version.files ?? {})) fs.writeFileSync(path.join(folder, name), text);
  fs.mkdirSync(path.join(folder, 'programs'));
  const shared = library.ownProcess ? undefined : startNodeHost(host);
  const chance = chanceOf(seed);
  const total = { programs: 0, compared: 0, open: 0, disagree: 0 };
  try {
    for (let number = 1; number <= count; number++) {
      const options = optionsText(chance, library);
      const file = path.join(folder, 'programs', `program-${number}.${library.extension ?? 'mjs'}`);
      fs.writeFileSync(file, library.program(options));
      const run = { entry, version, folder, file, port: await freePort(), log: [], compiles: library.compiles };
      const { failures, compared = 0, open = 0 } = await runProgram(run, shared ?? entry);
      total.programs += 1;
      total.compared += compared;
      total.open += open;
      if (failures.length === 0) continue;
      total.disagree += 1;
      console.log([`${place} (${version.label}) ${options}`, ...failures.slice(0, 4)].join('\n    '));
    }
  } finally {
    await shared?.close();
    remove();
  }
  console.log(`${place} (${version.label}): ${JSON.stringify(total)}`);
  return total.disagree;
}

/** A program that does not start agrees with a policy that says so. */
async function runProgram(run, starter) {
  const lint = await lintFile(run.file, run.entry);
  await run.entry.prepare?.(run);
  const refusing = lint.policies.find(({ refusesToStart }) => refusesToStart !== undefined);
  // What is switched off is no policy.
  if (lint.policies.length === 0) return { failures: [] };
  if (lint.policies.length > 1) return { failures: [`${lint.policies.length} policies were read`] };
  let server;
  try {
    // Decorators want a compiler of their own.
    server = await starter.start(run.compiles ? { ...run, file: await compiled(run.file) } : run);
  } catch (error) {
    const [said] = String(error.message ?? error).split('\n');
    return { failures: refusing ? [] : [`it does not start, and the model says that it does: ${said}`] };
  }
  try {
    // These programs have no path that fails, and how names are spread over lines makes no difference to browsers.
    return await compare({ ...run, entry: { ...run.entry, errors: undefined, combined: true } }, lint, run.port);
  } catch (error) {
    return { failures: [String(error.message ?? error)] };
  } finally {
    await server.close();
  }
}
