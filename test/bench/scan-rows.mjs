/** Rows about the command line over folders, in user and system seconds of whole processes. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { cpuSeconds, ours, peakMegabytes, row } from './measure.mjs';
import { eslintCall, oxlintCall, ripgrepCall } from './peers.mjs';
import { expressFile, inFolder, realFiles, tree } from './texts.mjs';

export const againstRipgrep = () =>
  inFolder(async (folder) => {
    tree(folder, 10_000);
    const theirs = await ripgrepCall(folder);
    return row(
      '10,000 files of which 1 % hold CORS, CPU s (against rg --files-with-matches)',
      cpuSeconds(ours(folder, '--format', 'json')),
      cpuSeconds(theirs, { times: 5 }),
      '≤ 8',
    );
  });

export const memoryOfScan = () =>
  inFolder((folder) => {
    tree(folder, 10_000);
    const { megabytes } = peakMegabytes(ours(folder, '--format', 'json'));
    return row('memory of that scan, MB', megabytes, undefined, '≤ 110');
  });

export const againstEslint = () =>
  inFolder((folder) => {
    realFiles(folder, 5_000);
    return row(
      '5,000 scripts of installed packages, ESLint with its only published CORS rule, CPU s (against ours)',
      // Its settings reach no file outside of the folder that it is called in.
      cpuSeconds(eslintCall(folder), { runs: 1, cwd: folder }),
      cpuSeconds(ours(folder, '--format', 'json')),
      '≥ 50',
    );
  });

/** Every other file holds what that rule reports. */
export const againstOxlint = () =>
  inFolder((folder) => {
    for (let i = 0; i < 200; i++)
      fs.writeFileSync(
        path.join(folder, `file${i}.js`),
        i % 2 === 0 ? expressFile(60 + i) : `${expressFile(60 + i)}app.use(cors());\n`,
      );
    const theirs = oxlintCall(folder);
    const reported = reportsOf(theirs);
    if (reported < 100)
      throw new Error(`oxlint reports ${reported} times where every other one of 200 files is wrong.`);
    return row(
      `200 files that are all CORS, CPU s (against oxlint with that rule, which reports ${reported})`,
      cpuSeconds(ours(folder, '--format', 'json')),
      cpuSeconds(theirs),
      '≤ 0.5',
    );
  });

/** How often the rule speaks: a peer that finds nothing may not have looked. */
function reportsOf([command, args]) {
  const { stdout } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  return stdout.split('sonarjs(cors)').length - 1;
}
