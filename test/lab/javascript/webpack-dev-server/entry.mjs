/** Configurations of webpack's development server, each with a build of one small file. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startNodeHost } from '../../launchers/node-host.mjs';
import { startNode } from '../../launchers/processes.mjs';

const hosts = new Map();
const packages = { webpack: 'webpack', 'webpack-merge': 'webpack-merge' };

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [
    { label: 'webpack-dev-server 5.2.7', packages: { ...packages, 'webpack-dev-server': 'webpack-dev-server' } },
    { label: 'webpack-dev-server 4.15.2', packages: { ...packages, 'webpack-dev-server': 'webpack-dev-server4' } },
  ],
  pathOf: () => '/main.js',
  start({ file, port, folder, version }) {
    // A program that makes the server itself is run as it is.
    if (path.basename(file).startsWith('run-')) return startNode({ file, port });
    if (!hosts.has(version.label))
      hosts.set(version.label, startNodeHost(fileURLToPath(new URL('host.mjs', import.meta.url))));
    return hosts.get(version.label).start({ file, port, folder });
  },
  async after() {
    await Promise.all([...hosts.values()].map((host) => host.close()));
    hosts.clear();
  },
  notRun: ['webpack-dev-server 6, which needs Node 22'],
};
