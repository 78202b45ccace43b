/** The lab's table: on the terminal, as JSON, and as generated text in ARCHITECTURE.md. */
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

const architecture = fileURLToPath(new URL('../../../ARCHITECTURE.md', import.meta.url));

/** Replaces what stands between the markers of that name in ARCHITECTURE.md. Throws where there are none. */
export function writeArchitecture(name, markdown) {
  const text = fs.readFileSync(architecture, 'utf8');
  const [start, end] = [`<!-- ${name}: generated -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`ARCHITECTURE.md has no markers ${start} … ${end}`);
  fs.writeFileSync(architecture, `${text.slice(0, from)}${start}\n${markdown.trim()}\n${text.slice(to)}`);
}

const count = (value) => value.toLocaleString('en-US');

/** One row a version, and the sum. */
export function tableOf(rows, notRun) {
  const sum = (member) => rows.reduce((total, row) => total + row[member], 0);
  return [
    '| framework | run with | programs | observations | left open | compared | agreed | fixes applied | held | witnesses replayed | preflights replayed |',
    '|---|---|---|---|---|---|---|---|---|---|---|',
    ...rows.map(
      (row) =>
        `| ${row.framework} | ${row.version} | ${row.programs} | ${count(row.observations)} | ${count(row.open)} | ${count(row.compared)} | ${count(row.agreed)} | ${row.fixesApplied} | ${row.fixesHeld} | ${row.witnesses} | ${row.preflights} |`,
    ),
    `| **all** | | ${sum('programs')} | ${count(sum('observations'))} | ${count(sum('open'))} | ${count(sum('compared'))} | ${count(sum('agreed'))} | ${sum('fixesApplied')} | ${sum('fixesHeld')} | ${sum('witnesses')} | ${sum('preflights')} |`,
    ...(notRun.length > 0 ? ['', ...notRun.map((line) => `Not run: ${line}`)] : []),
  ].join('\n');
}
