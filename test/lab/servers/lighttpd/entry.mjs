/** lighttpd configurations, each run by a real lighttpd. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { startServer } from '../../launchers/processes.mjs';

const command = ['lighttpd', '/usr/sbin/lighttpd'].find((name) => !spawnSync(name, ['-v']).error);
const version = command && /lighttpd\/[\d.]+/.exec(spawnSync(command, ['-v'], { encoding: 'utf8' }).stdout)?.[0];

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: version ?? '' }],
  missing: () => (command === undefined ? 'lighttpd is not installed: apt-get install lighttpd' : undefined),
  languageId: 'lighttpd',
  pathOf: ({ scope }) => /"\^?(\/[\w/]*)/.exec(scope)?.[1] ?? '/a.html',
  async start({ file, port }) {
    const prefix = `${file}.run`;
    for (const folder of ['', 'api', 'fonts']) {
      fs.mkdirSync(path.join(prefix, folder), { recursive: true });
      for (const name of ['a.html', 'index.html']) fs.writeFileSync(path.join(prefix, folder, name), 'a file\n');
    }
    fs.writeFileSync(
      path.join(prefix, 'main.conf'),
      `server.document-root = "${prefix}"
server.bind = "127.0.0.1"
server.port = ${port}
server.modules = ("mod_setenv")
index-file.names = ("index.html")
include "${file}"
`,
    );
    return startServer({ command, args: ['-D', '-f', path.join(prefix, 'main.conf')], port });
  },
};
