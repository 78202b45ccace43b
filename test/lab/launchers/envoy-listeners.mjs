/**
 * One real Envoy for all programs of the gateways that write its configuration: each program is a listener of its own,
 * which Envoy takes from a
 * file while it runs. What the control plane would send of a program is written by the entry, after the sources of that control plane.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { command, entry as envoy } from '../gateways/envoy/entry.mjs';
import { accepts, freePort, startServer, temporaryFolder } from './processes.mjs';
import { requestsFrom } from '../runner/observations.mjs';
import { startUpstream } from './upstream.mjs';

const type = (name) => `type.googleapis.com/envoy.${name}`;
const listeners = new Map();
let running;
let written = 0;

/**
 * The entry of a control plane: `routesOf(text)` gives for each object of a file its path and what Envoy gets for it,
 * on a route or a virtual host.
 * @returns {import('../runner/entry.mjs').Entry}
 */
export function controlPlane({ label, routesOf }) {
  return {
    versions: [{ label }],
    upstream: 'silent',
    missing: envoy.missing,
    requests: (origin) => [...requestsFrom(origin), { origin, method: 'PUT', cookie: true }],
    errors: (policy) => [{ path: `${pathOf(policy)}missing`, status: 404 }],
    pathOf,
    async start({ file, port }) {
      running ??= startEnvoy();
      const { folder } = await running;
      listeners.set(port, routesOf(fs.readFileSync(file, 'utf8')));
      writeListeners(folder);
      const close = async () => {
        listeners.delete(port);
        writeListeners(folder);
      };
      for (let attempt = 0; attempt < 500; attempt++) {
        if (await accepts(port)) return { close };
        await new Promise((resolve) => {
          setTimeout(resolve, 20);
        });
      }
      await close();
      throw new Error(
        `Envoy does not take the listener of ${path.basename(file)}: ${(await running).said().trim().slice(-1000)}`,
      );
    },
    async after() {
      const envoyServer = await running;
      running = undefined;
      listeners.clear();
      await envoyServer?.close();
    },
  };
}

/** Each object answers below its own name. */
function pathOf({ scope }) {
  return `/${scope.split(' ').at(-1)}/`;
}

async function startEnvoy() {
  const { folder, remove } = temporaryFolder('envoy');
  const upstream = await startUpstream();
  const admin = await freePort();
  writeListeners(folder);
  const file = path.join(folder, 'bootstrap.json');
  fs.writeFileSync(
    file,
    JSON.stringify({
      node: { id: 'lab', cluster: 'lab' },
      admin: { address: address(admin) },
      dynamic_resources: {
        lds_config: { resource_api_version: 'V3', path_config_source: { path: path.join(folder, 'listeners.json') } },
      },
      static_resources: {
        clusters: [
          {
            name: 'application',
            type: 'STATIC',
            connect_timeout: '5s',
            load_assignment: {
              cluster_name: 'application',
              endpoints: [{ lb_endpoints: [{ endpoint: { address: address(upstream.address().port) } }] }],
            },
          },
        ],
      },
    }),
  );
  const server = await startServer({
    command,
    args: ['--config-path', file, '--disable-hot-restart', '--concurrency', '1', '--log-level', 'error'],
    port: admin,
  });
  return {
    folder,
    said: server.said,
    async close() {
      await server.close();
      await new Promise((resolve) => {
        upstream.close(resolve);
      });
      remove();
    },
  };
}

/** Envoy notices a file that takes the place of another one. */
function writeListeners(folder) {
  const next = path.join(folder, `next-${written++}.json`);
  fs.writeFileSync(
    next,
    JSON.stringify({
      version_info: String(written),
      resources: [...listeners].map(([port, routes]) => listener(port, routes)),
    }),
  );
  fs.renameSync(next, path.join(folder, 'listeners.json'));
}

function listener(port, routes) {
  return {
    '@type': type('config.listener.v3.Listener'),
    name: `program-${port}`,
    address: address(port),
    filter_chains: [
      {
        filters: [
          {
            name: 'envoy.filters.network.http_connection_manager',
            typed_config: {
              '@type': type('extensions.filters.network.http_connection_manager.v3.HttpConnectionManager'),
              stat_prefix: 'program',
              http_filters: [
                {
                  name: 'envoy.filters.http.cors',
                  typed_config: { '@type': type('extensions.filters.http.cors.v3.Cors') },
                },
                {
                  name: 'envoy.filters.http.router',
                  typed_config: { '@type': type('extensions.filters.http.router.v3.Router') },
                },
              ],
              route_config: {
                name: 'program',
                virtual_hosts: [
                  {
                    name: 'program',
                    domains: ['*'],
                    routes: routes.map(({ path: prefix, cors, headers }) => ({
                      match: { prefix },
                      route: { cluster: 'application' },
                      ...(cors && {
                        typed_per_filter_config: {
                          'envoy.filters.http.cors': {
                            '@type': type('extensions.filters.http.cors.v3.CorsPolicy'),
                            ...cors,
                          },
                        },
                      }),
                      ...headers,
                    })),
                  },
                ],
              },
            },
          },
        ],
      },
    ],
  };
}

function address(port) {
  return { socket_address: { address: '127.0.0.1', port_value: port } };
}

/** The objects of a file of Kubernetes: documents, lists, and what a list of documents holds. */
export function objectsOf(text, kind) {
  const roots = parseAllDocuments(text, { merge: true })
    .map((document) => document.toJS())
    .filter(Boolean);
  return roots.flatMap((root) => (root.kind === 'List' ? root.items : [root])).filter((object) => object.kind === kind);
}

/** Seconds of a duration as Go reads it, `undefined` for what it refuses. */
export function goSeconds(text) {
  const units = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, ns: 1e-9 };
  if (!/^[+-]?(\d+(\.\d*)?(h|ms|m|s|us|ns))+$/.test(text)) return text === '0' ? 0 : undefined;
  return (
    [...text.matchAll(/(\d+(?:\.\d*)?)(h|ms|m|s|us|ns)/g)].reduce(
      (sum, [, amount, unit]) => sum + Number(amount) * units[unit],
      0,
    ) * (text.startsWith('-') ? -1 : 1)
  );
}
