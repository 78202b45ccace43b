/** What the lab has found: on the terminal, as JSON, and as `test/lab/RESULTS.md`. */
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

const results = fileURLToPath(new URL('../RESULTS.md', import.meta.url));

const byName = (a, b) => (a.framework < b.framework ? -1 : a.framework > b.framework ? 1 : 0);
const sum = (rows, member) => rows.reduce((total, row) => total + row[member], 0);

/** Prints everything, with what failed and the closing line at the end. Returns how many checks passed and failed. */
export function report({ rows, mismatches, leftOpen, notRun, times }, { json }) {
  const sorted = [...rows].sort(byName);
  const passed = sum(rows, 'agreed') + sum(rows, 'fixesHeld') + sum(rows, 'witnesses') + sum(rows, 'preflights');
  const failed = mismatches.length;
  if (json) {
    console.log(JSON.stringify({ rows: sorted, mismatches, leftOpen, notRun, times, passed, failed }, null, 2));
    return { passed, failed };
  }
  if (rows.length > 0) console.table(sorted);
  const slowest = [...times].sort((a, b) => b.seconds - a.seconds);
  console.log(`TIMES: ${slowest.map(({ place, seconds }) => `${place} ${seconds.toFixed(0)} s`).join(', ')}`);
  if (leftOpen.length > 0)
    console.log(`LEFT OPEN by the model, and so not compared: ${[...new Set(leftOpen)].sort().join('; ')}`);
  for (const line of [...notRun].sort()) console.log(`NOT RUN ON THIS MACHINE: ${line}`);
  for (const mismatch of mismatches.slice(0, 100)) console.log(`MISMATCH ${mismatch}`);
  if (failed > 100) console.log(`… and ${failed - 100} more mismatches`);
  console.log(`${passed} passed, ${failed} failed`);
  return { passed, failed };
}

/** Writes the table of a whole run. */
export function writeResults({ rows, notRun }) {
  fs.writeFileSync(
    results,
    `${[
      '# What the real servers say',
      '',
      'Written by `npm run lab -- --write`. Every program of the lab is run, asked, and compared with ' +
        '`answer()`; every fix is applied and asked again.',
      'What only deploys something is judged by what its own tool writes: that template must answer as the ' +
        'program does, and lose a finding with its fix.',
      '',
      tableOf([...rows].sort(byName)),
      ...(notRun.length > 0 ? ['', ...[...notRun].sort().map((line) => `- Not run: ${line}`)] : []),
    ].join('\n')}\n`,
  );
}

const count = (value) => value.toLocaleString('en-US');

/** One row a version, and the sum. */
function tableOf(rows) {
  const line = (name, version, of) =>
    `| ${[
      name,
      version,
      of('programs'),
      count(of('observations')),
      count(of('open')),
      count(of('compared')),
      count(of('agreed')),
      of('fixesApplied'),
      of('fixesHeld'),
      of('witnesses'),
      of('preflights'),
    ].join(' | ')} |`;
  return [
    '| framework | run with | programs | observations | left open | compared | agreed | fixes applied | ' +
      'held | witnesses replayed | preflights replayed |',
    '|---|---|---|---|---|---|---|---|---|---|---|',
    ...rows.map((row) => line(row.framework, row.version, (member) => row[member])),
    line('**all**', '', (member) => sum(rows, member)),
  ].join('\n');
}
