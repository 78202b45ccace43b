/**
 * Cloudflare's own runtime (workerd, started by Miniflare): `worker <file> <port>` runs a Worker, `site <folder>
 * <port>` serves files with their `_headers`.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';

const [, , kind, given, port] = process.argv;
const require = createRequire(new URL('../packages/package.json', import.meta.url));
const { Log, LogLevel, Miniflare } = require('miniflare');

const shared = {
  host: '127.0.0.1',
  port: Number(port),
  compatibilityDate: '2026-04-01',
  log: new Log(LogLevel.ERROR),
  modules: true,
};
// Whatever path is asked for, there is a page.
const site = {
  script: 'export default {}',
  assets: {
    directory: given,
    assetConfig: { not_found_handling: 'single-page-application' },
    routerConfig: { has_user_worker: false },
  },
};
const server = new Miniflare({ ...shared, ...(kind === 'site' ? site : { script: fs.readFileSync(given, 'utf8') }) });
await server.ready;
