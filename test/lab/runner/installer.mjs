/**
 * The process of the lab that installs, once a machine, what entries run: one after the other, since some share it. It says of
 * each place when it may start; those that install nothing may at once.
 */
import { load } from './run-entry.mjs';

// Without the lab nobody wants the answer.
process.on('disconnect', () => process.exit(1));

const later = [];
for (const place of process.argv.slice(2)) {
  const { entries } = await load(place);
  if (entries.some(({ missing }) => missing)) later.push({ place, entries });
  else process.send({ ready: place });
}
for (const { place, entries } of later) {
  // Why something is missing is said by the entry itself.
  for (const entry of entries) entry.missing?.();
  process.send({ ready: place });
}
process.exit(0);
