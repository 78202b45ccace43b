/** Programs of the AWS CDK, synthesized by `aws-cdk-lib` itself: the templates that it writes must hold what the linter reads from the programs. */
import { fork } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { withGroup } from '../processes.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));

let worker;
let close;
let requests = 0;
const waiting = new Map();

/** The one process that has the CDK loaded. */
function synthesizer(folder) {
  if (worker) return worker;
  worker = fork(path.join(here, 'synthesize.mjs'), [], { detached: true, stdio: 'ignore', env: { ...process.env, TMPDIR: folder, TEMP: folder } });
  close = withGroup(worker);
  worker.on('message', ({ id, ...result }) => { waiting.get(id)?.(result); waiting.delete(id); });
  worker.on('exit', () => {
    for (const settle of waiting.values()) settle({ error: 'the process that synthesizes has ended' });
    waiting.clear();
    worker = undefined;
  });
  return worker;
}

/** @type {import('../run.mjs').Entry} */
export const entry = {
  versions: [{ label: 'templates of aws-cdk-lib 2.276.0', packages: { 'aws-cdk-lib': 'aws-cdk-lib', constructs: 'constructs' } }],
  render({ file, folder }) {
    const id = requests++;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      synthesizer(folder).send({ id, file });
    });
  },
  async after() {
    await close?.();
    worker = undefined;
  },
};
