/** itty-router 5 and 6 on an adapter of Node. */
import { fetchVersions, startFetch } from '../../launchers/fetch-adapters.mjs';

const [{ adapter }] = fetchVersions('itty-router');

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [
    { label: 'itty-router 6.0.0', adapter, packages: { 'itty-router': 'itty-router' } },
    { label: 'itty-router 5.0.24', adapter, packages: { 'itty-router': 'itty5' } },
  ],
  start: startFetch,
};
