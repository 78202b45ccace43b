/** Handlers of `Request` and `Response` with `cors` of remix-utils. */
import { fetchVersions, startFetch } from '../../launchers/fetch-adapters.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: fetchVersions('remix-utils 10.0.0').map((version) => ({
    ...version,
    packages: { 'remix-utils': 'remix-utils' },
  })),
  start: startFetch,
  notRun: ['Remix and React Router themselves: what a loader returns was served by adapters of Node'],
};
