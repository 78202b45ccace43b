/** API routes in the style of Next.js with `nextjs-cors`. */
import { startNode } from '../../launchers/processes.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'nextjs-cors 2.2.1 with cors 2.8.6', packages: { 'nextjs-cors': 'nextjs-cors', cors: 'cors' } }],
  start: ({ file, port }) => startNode({ file, port, launcher: 'launch-next-api.mjs' }),
  notRun: ['Next.js itself: its API routes ran on Node, with a stand-in for `res.status` and `res.json`'],
};
