/** `netlify.toml`, applied by the engine that Netlify's own development server uses. */
import { pathOf, startSite } from '../../launchers/netlify-site.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: '@netlify/headers 3.0.1', packages: { '@netlify/headers': '@netlify/headers' } }],
  pathOf,
  start: (run) => startSite(run, 'netlify.toml'),
};
