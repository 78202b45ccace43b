/**
 * Services of the Serverless Framework, packaged by itself: the template that it would deploy must hold what the linter
 * reads from the service's file.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { lineWorker } from '../../../launchers/line-worker.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const quiet = { SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off', SLS_INTERACTIVE_SETUP_ENABLE: '0' };
const worker = lineWorker(() => ({ command: process.execPath, args: [path.join(here, 'package.mjs')], env: quiet }));

/** @type {import('../../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'templates of serverless 3.40.0' }],
  render: ({ file }) => worker.ask({ file }),
  after: () => worker.close(),
};
