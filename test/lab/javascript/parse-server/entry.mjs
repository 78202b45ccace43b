/** Parse Server as a whole, without a data base: what it answers then carries the same headers. */
import { startNode } from '../../launchers/processes.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'parse-server 9.10.0', packages: { 'parse-server': 'parse-server', express: 'express' } }],
  pathOf: () => '/parse/health',
  ownStatuses: false,
  start: (run) => startNode({ ...run, env: { PARSE_SERVER_LOG_LEVEL: 'error', NODE_NO_WARNINGS: '1' } }),
  notRun: ['its data base: the server answers that it is not ready, with the headers of any other answer'],
};
