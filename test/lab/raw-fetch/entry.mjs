/** Headers written by hand in Fetch handlers: Workers, Deno and Bun style. */
import { fetchVersions, startFetch, thrown } from '../fetch-adapters.mjs';

/** @type {import('../run.mjs').Entry} */
export const entry = {
  versions: fetchVersions('Fetch handlers'),
  start: startFetch,
  errors: thrown,
  notRun: ['the programs in Workers, Deno and Bun style ran on adapters of Node, not on those servers'],
};
