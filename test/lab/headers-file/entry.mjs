/** `_headers` on Netlify, applied by the engine that its own development server uses. */
import { pathOf, startSite } from '../netlify-site.mjs';

/** @type {import('../run.mjs').Entry & { notRun: readonly string[] }} */
export const entry = {
  // The linter takes the file for one of Netlify's because of what lies above it.
  versions: [{ label: '@netlify/headers 3.0.1', packages: { '@netlify/headers': '@netlify/headers' }, files: { 'netlify.toml': '[build]\npublish = "programs"\n' } }],
  notRun: ['Cloudflare: its parser of _headers is published only inside of tools that bring a whole browser engine; its rules are those of its source.'],
  pathOf,
  start: (run) => startSite(run, '_headers'),
};
