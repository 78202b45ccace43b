/**
 * Programs of the AWS CDK, synthesized by `aws-cdk-lib` itself: the templates that it writes must hold what the linter
 * reads from the programs.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { lineWorker } from '../../../launchers/line-worker.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const worker = lineWorker(() => ({ command: process.execPath, args: [path.join(here, 'synthesize.mjs')] }));

/** @type {import('../../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [
    { label: 'templates of aws-cdk-lib 2.276.0', packages: { 'aws-cdk-lib': 'aws-cdk-lib', constructs: 'constructs' } },
  ],
  render: ({ file }) => worker.ask({ file }),
  after: () => worker.close(),
};
