/** Programs of Rack, each in a file of its own, behind WEBrick. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { startServer } from './processes.mjs';

/** The entry of a folder of programs; `gem` is what they need beside Rack. */
export function rackEntry(home, gem) {
  const files = ['rack', 'webrick', ...gem.files].map((file) => `require '${file}'`).join('; ');
  const asked = ['-e', `${files}; print ${gem.version}`];
  const { stdout, status } = spawnSync('ruby', asked, { encoding: 'utf8' });
  return {
    versions: [{ label: `${gem.title} ${stdout ?? ''}`.trim() }],
    missing: () => (status === 0 ? undefined : `Ruby or a gem is not installed: apt-get install ${gem.packages}`),
    fill(programs) {
      fs.cpSync(home, programs, { recursive: true });
      return fs
        .readdirSync(home)
        .filter((name) => name.endsWith('.ru'))
        .sort();
    },
    start: ({ file, port }) =>
      startServer({
        command: 'rackup',
        args: ['-s', 'webrick', '-o', '127.0.0.1', '-p', String(port), '-E', 'none', file],
        cwd: path.dirname(file),
        env: {},
        port,
      }),
  };
}
