/** Scripts of package.json that start small web servers: each is run by npm, with the servers installed above it. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { requestsFrom } from '../../runner/observations.mjs';
import { answers, startServer } from '../../launchers/processes.mjs';

const scripts = fileURLToPath(new URL('programs/', import.meta.url));
const page = '<!doctype html><title>Shop</title>';
/** What the servers serve, and what the scripts start beside them. */
const files = {
  'index.html': page,
  'public/index.html': page,
  'dist/index.html': page,
  'db.json': '{ "products": [{ "id": "1", "name": "tea" }] }',
  'wait.mjs': 'setInterval(() => undefined, 1000);\n',
};
const tools = {
  'http-server': 'http-server',
  serve: 'serve',
  'live-server': 'live-server',
  vite: 'vite',
  concurrently: 'concurrently',
  'npm-run-all': 'npm-run-all',
  'cross-env': 'cross-env',
};

const common = {
  // A server of files knows no POST.
  requests: (origin) => requestsFrom(origin).filter(({ method }) => method !== 'POST'),
  async start({ file, port, folder, version }) {
    linkCommands(folder, version.packages);
    return startServer({
      command: 'npm',
      args: ['run', '--silent', 'start'],
      cwd: path.dirname(file),
      port,
      env: { PORT: String(port), BROWSER: 'none', NODE_ENV: 'development' },
      ready: answers,
    });
  },
};
const filled = (isOurs) => (programs) =>
  fs
    .readdirSync(scripts)
    .filter(isOurs)
    .sort()
    .map((name) => {
      const folder = path.join(programs, name.replace('.json', ''));
      for (const [at, text] of Object.entries({
        ...files,
        'package.json': fs.readFileSync(path.join(scripts, name), 'utf8'),
      })) {
        fs.mkdirSync(path.dirname(path.join(folder, at)), { recursive: true });
        fs.writeFileSync(path.join(folder, at), text);
      }
      return path.relative(programs, path.join(folder, 'package.json'));
    });

/** As an installation does, so that npm finds the commands of the packages. */
function linkCommands(folder, packages) {
  const commands = path.join(folder, 'node_modules', '.bin');
  if (fs.existsSync(commands)) return;
  fs.mkdirSync(commands);
  for (const name of Object.keys(packages)) {
    const home = path.join(folder, 'node_modules', name);
    const { bin } = JSON.parse(fs.readFileSync(path.join(home, 'package.json'), 'utf8'));
    for (const [command, at] of Object.entries(typeof bin === 'string' ? { [name]: bin } : bin))
      fs.symlinkSync(path.join(home, at), path.join(commands, command));
  }
}

/** @type {import('../../runner/entry.mjs').Entry[]} */
export const entries = [
  {
    ...common,
    versions: [
      {
        label: 'http-server 14.1.1, serve 14.2.7, live-server 1.2.2, json-server 0.17.4, Vite 8.3.8',
        packages: { ...tools, 'json-server': 'json-server' },
      },
    ],
    fill: filled((name) => !name.startsWith('json-server-1')),
  },
  {
    ...common,
    versions: [{ label: 'json-server 1.0.0-beta.3', packages: { ...tools, 'json-server': 'json-server1' } }],
    fill: filled((name) => name.startsWith('json-server-1')),
    // The files of its folder go out without any CORS header.
    pathOf: () => '/products',
    // It writes a field line for each header that was asked for.
    combined: true,
  },
];
