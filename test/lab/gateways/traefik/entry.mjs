/**
 * Settings of Traefik in files, labels and objects of Kubernetes, each read by Traefik's own readers and run by its own
 * headers middleware.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildGo, removeGo, whyNoGo } from '../../launchers/go-launcher.mjs';
import { startUpstream } from '../../launchers/upstream.mjs';
import { startServer } from '../../launchers/processes.mjs';

const launcher = path.join(path.dirname(fileURLToPath(import.meta.url)), 'launcher');
let upstream;

/** The last version that the registry has from before `*` beside credentials became the caller's own origin, and the newest. */
export const entries = [entryOf('3.7.13', 'programs', 'go.mod'), entryOf('3.6.12', 'programs-3.6', 'go-3.6.mod')];

/** @returns {import('../../runner/entry.mjs').Entry} */
function entryOf(version, programs, modules) {
  /** Each middleware answers below its own name. */
  const pathOf = ({ scope }) => `/${scope.split(' ').at(-1)}/`;
  return {
    versions: [{ label: `headers middleware of Traefik ${version}` }],
    programs,
    pathOf,
    missing: whyNoGo,
    upstream: 'silent',
    errors: (policy) => [{ path: `${pathOf(policy)}missing`, status: 404 }],
    async start({ file, port }) {
      upstream ??= startUpstream();
      const command = buildGo(launcher, modules);
      return startServer({
        command,
        args: [file, String(port), `http://127.0.0.1:${(await upstream).address().port}`],
        port,
      });
    },
    async after() {
      removeGo();
      const server = await upstream;
      upstream = undefined;
      if (server)
        await new Promise((resolve) => {
          server.close(resolve);
        });
    },
  };
}
