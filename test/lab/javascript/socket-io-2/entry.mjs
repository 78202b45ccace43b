/** socket.io 2 over polling. */
import { requestsFrom } from '../../runner/observations.mjs';
import { startNode } from '../../launchers/processes.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'socket.io 2.5.1', packages: { 'socket.io': 'socket.io2' } }],
  pathOf: () => '/socket.io/?EIO=3&transport=polling',
  // The handshake is a GET; other methods are answered by an error, which looks at no list.
  requests: (origin) => requestsFrom(origin).filter(({ method }) => method === 'GET' || method === 'OPTIONS'),
  start: startNode,
};
