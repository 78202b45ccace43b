/** `_headers` on Netlify, applied by the engine of its own development server, and on Cloudflare, by its own runtime. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pathOf, siteFolder, startSite } from '../../launchers/netlify-site.mjs';
import { installed } from '../../launchers/packages.mjs';
import { startServer } from '../../launchers/processes.mjs';

const script = fileURLToPath(new URL('../../launchers/cloudflare.mjs', import.meta.url));

/** @type {readonly import('../../runner/entry.mjs').Entry[]} */
export const entries = [
  {
    // The linter takes the file for one of Netlify's because of what lies above it.
    versions: [
      {
        label: '@netlify/headers 3.0.1',
        packages: { '@netlify/headers': '@netlify/headers' },
        files: { 'netlify.toml': '[build]\npublish = "programs"\n' },
      },
    ],
    pathOf,
    start: (run) => startSite(run, '_headers'),
  },
  {
    versions: [
      {
        label: `assets of Workers: miniflare ${installed('miniflare')}`,
        files: { 'wrangler.toml': 'name = "shop"\n[assets]\ndirectory = "programs"\n' },
      },
    ],
    // Cloudflare reads no header in it, and so there is no policy to compare.
    skips: ['one-flat._headers'],
    notRun: ['Cloudflare: one-flat._headers, where it reads no header'],
    missing: () =>
      installed('@cloudflare/workerd-linux-64') === undefined ? 'workerd is not to be had for this system' : undefined,
    pathOf,
    async start({ file, port }) {
      const site = siteFolder(file, '_headers');
      fs.writeFileSync(path.join(site, 'index.html'), 'a page');
      return startServer({
        command: process.execPath,
        args: [script, 'site', site, String(port)],
        port,
        cwd: site,
        seconds: 60,
      });
    },
  },
];
