/**
 * `npm run lab [rooms and framework ids…] [--json] [--write] [--fixes] [--no-fixes]`: the judge from outside. Runs every program of
 * every entry for real, and compares the headers received with `answer()` on the policy that the linter read from that same file; then
 * applies every fix and asks again. `--fixes` leaves the first part away, `--no-fixes` the second. `--write` writes the table,
 * `test/lab/RESULTS.md`.
 */
import { installLabPackages } from './launchers/packages.mjs';
import { choose, inOrder } from './runner/choice.mjs';
import { report, writeResults } from './runner/report.mjs';
import { runSideBySide } from './runner/workers.mjs';

const known = ['--json', '--write', '--fixes', '--no-fixes'];
const flags = process.argv.slice(2).filter((argument) => argument.startsWith('-'));
const { chosen, unknown } = choose(process.argv.slice(2).filter((argument) => !argument.startsWith('-')));
const isPart = process.argv.length > 2 + flags.length || flags.includes('--fixes') || flags.includes('--no-fixes');
refuse([...unknown, ...flags.filter((flag) => !known.includes(flag))]);

function refuse(wrong) {
  if (wrong.length > 0) console.error(`There is no entry or option ${wrong.join(', ')}.`);
  else if (flags.includes('--write') && isPart) console.error('--write needs a run of everything.');
  else return;
  process.exit(2);
}

const started = Date.now();
const since = (from) => `${((Date.now() - from) / 1000).toFixed(0)} s`;

installLabPackages();
console.error(`packages of npm: ${since(started)}`);

const total = { rows: [], mismatches: [], leftOpen: [], notRun: [], times: [] };
const parts = { observe: !flags.includes('--fixes'), fixes: !flags.includes('--no-fixes') };
await runSideBySide(await inOrder(chosen), parts, (place, outcome, seconds) => {
  for (const member of ['rows', 'mismatches', 'leftOpen', 'notRun']) total[member].push(...outcome[member]);
  total.times.push({ place, seconds });
  console.error([...outcome.log, ...outcome.mismatches.map((one) => `MISMATCH ${one}`)].join('\n'));
});

const { passed, failed } = report(total, { json: flags.includes('--json') });
console.error(`${since(started)} in all`);
const isGood = failed === 0 && passed > 0;
if (flags.includes('--write') && isGood) await writeResults(total);
process.exit(isGood ? 0 : 1);
