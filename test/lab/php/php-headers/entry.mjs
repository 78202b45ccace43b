/** Scripts of PHP that write their headers by hand, each behind PHP's own server. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from '../../launchers/processes.mjs';

const home = path.join(path.dirname(fileURLToPath(import.meta.url)), 'programs');
const { stdout, error } = spawnSync('php', ['-r', 'echo PHP_VERSION;'], { encoding: 'utf8' });

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: `PHP ${/^\d+\.\d+/.exec(stdout ?? '')?.[0] ?? ''}` }],
  missing: () => (error ? 'PHP is not installed: apt-get install php-cli' : undefined),
  /** Files that others require stand in a folder of their own. */
  fill(programs) {
    fs.cpSync(home, programs, { recursive: true });
    return fs
      .readdirSync(home)
      .filter((name) => name.endsWith('.php'))
      .sort();
  },
  start: ({ file, port }) =>
    startServer({
      command: 'php',
      args: ['-n', '-d', 'display_errors=0', '-S', `127.0.0.1:${port}`, file],
      cwd: path.dirname(file),
      env: { APP_ENV: 'production' },
      port,
    }),
};
