/** Configurations of Vite: its development server, and its preview. */
import { fileURLToPath } from 'node:url';
import { startNodeHost } from '../../launchers/node-host.mjs';
import { requestsFrom } from '../../runner/observations.mjs';

const hosts = new Map();

const common = {
  // A server of files knows no POST.
  requests: (origin) => requestsFrom(origin).filter(({ method }) => method !== 'POST'),
  start({ file, port, folder, version }) {
    if (!hosts.has(version.label))
      hosts.set(version.label, startNodeHost(fileURLToPath(new URL('host.mjs', import.meta.url))));
    return hosts.get(version.label).start({ file, port, folder });
  },
  async after() {
    await Promise.all([...hosts.values()].map((host) => host.close()));
    hosts.clear();
  },
};

/** @type {import('../../runner/entry.mjs').Entry[]} */
export const entries = [
  {
    ...common,
    versions: [
      { label: 'Vite 8.3.8', packages: { vite: 'vite' } },
      { label: 'Vite 7.3.8', packages: { vite: 'vite7' } },
      { label: 'Vite 6.4.6', packages: { vite: 'vite6' } },
    ],
    // From 6.0.11 these keep the default, which lets in the machine itself: there is nothing to read.
    skips: ['vite.credentials-only.config.js', 'vite.methods-only.config.mjs'],
  },
  {
    ...common,
    versions: [
      { label: 'Vite 6.0.10', packages: { vite: 'vite6010' } },
      { label: 'Vite 5.4.21', packages: { vite: 'vite5' } },
    ],
  },
];
