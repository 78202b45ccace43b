/** socket.io over polling; WebSockets are not covered by CORS at all. */
import { requestsFrom } from '../../runner/observations.mjs';
import { startNode } from '../../launchers/processes.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'socket.io 4.8.4', packages: { 'socket.io': 'socket.io' } }],
  pathOf: () => '/socket.io/?EIO=4&transport=polling',
  // The handshake is a GET; other methods are answered by an error, with the same headers.
  requests: (origin) => requestsFrom(origin).filter(({ method, preflight }) => method === 'GET' || preflight),
  start: startNode,
};
