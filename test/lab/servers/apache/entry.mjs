/** Apache configurations and .htaccess files, each run by a real httpd. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { requestsFrom } from '../../runner/observations.mjs';
import { startServer } from '../../launchers/processes.mjs';

const command = ['apache2', 'httpd', '/usr/sbin/apache2'].find((name) => !spawnSync(name, ['-v']).error);
const modules = ['/usr/lib/apache2/modules', '/usr/lib64/httpd/modules'].find((folder) => fs.existsSync(folder));
const version = command && /Apache\/[\d.]+/.exec(spawnSync(command, ['-v'], { encoding: 'utf8' }).stdout)?.[0];

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: version ?? '' }],
  languageId: 'apacheconf',
  missing: () =>
    command === undefined || modules === undefined ? 'Apache is not installed: apt-get install apache2' : undefined,
  requests: (origin) => [...requestsFrom(origin), { origin, method: 'POST', cookie: false }],
  pathOf({ scope }) {
    const [kind, where] = scope.split(' ');
    return kind === 'Location' ? where : kind === 'Files' ? `/${where}` : '/a.html';
  },
  async start({ file, port }) {
    const prefix = `${file}.run`;
    const site = path.join(prefix, 'www');
    // The workers run as another user when it is started by root.
    for (const folder of [prefix, site, path.join(site, 'api')]) fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
    for (const name of ['a.html', 'b.json', 'api/index.html'])
      fs.writeFileSync(path.join(site, name), 'a file\n', { mode: 0o644 });
    if (file.endsWith('.htaccess')) fs.copyFileSync(file, path.join(site, '.htaccess'));
    fs.writeFileSync(path.join(prefix, 'main.conf'), mainFile({ prefix, site, port, file }));
    return startServer({ command, args: ['-X', '-d', prefix, '-f', path.join(prefix, 'main.conf')], port });
  },
};

function mainFile({ prefix, site, port, file }) {
  const loaded = ['mpm_event', 'authz_core', 'dir', 'mime', 'headers', 'setenvif', 'env', 'rewrite'].filter((name) =>
    fs.existsSync(path.join(modules, `mod_${name}.so`)),
  );
  return `ServerRoot ${prefix}
${loaded.map((name) => `LoadModule ${name}_module ${path.join(modules, `mod_${name}.so`)}`).join('\n')}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${prefix}/httpd.pid
Mutex file:${prefix}
DefaultRuntimeDir ${prefix}
ErrorLog ${prefix}/error.log
TypesConfig /dev/null
User www-data
Group www-data
DocumentRoot ${site}
DirectoryIndex index.html
<Directory ${site}>
  AllowOverride All
  Options FollowSymLinks
  Require all granted
</Directory>
${file.endsWith('.htaccess') ? '' : `Include ${file}`}
`;
}
