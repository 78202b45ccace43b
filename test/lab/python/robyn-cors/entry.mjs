/** Robyn programs that allow origins with `ALLOW_CORS`. */
import { pythonPrograms } from '../../launchers/python-programs.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  ...pythonPrograms(import.meta.url, [{ label: 'Robyn 0.88.0', pinned: ['robyn==0.88.0'], modules: [] }]),
  // It keeps the names that are allowed in a set.
  unordered: true,
  ownStatuses: false,
  departures: [
    {
      why: 'the empty answer of 403 to somebody who is not listed has the star, or the one origin, too',
      headers: ['access-control-allow-origin'],
      when: (request, policy, received) => received.status === 403,
    },
  ],
};
