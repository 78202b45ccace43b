/**
 * Says which test it is that does not end. A loop without end keeps its own thread from saying anything, and the clock of the
 * machine says nothing about a test: a second thread looks at the processor's time that one test has taken.
 */
import { Worker } from 'node:worker_threads';
import type { RootHookObject } from 'mocha';

/** Minutes of the processor's time; the longest test takes about one, on a machine of its own. */
const tooLong = 15;

const watch = `
const { parentPort } = require('node:worker_threads');
const { writeSync } = require('node:fs');
let title;
let from = 0;
const minutes = () => { const { user, system } = process.cpuUsage(); return (user + system) / 60e6; };
parentPort.on('message', (next) => { title = next; from = minutes(); });
setInterval(() => {
  if (title === undefined || minutes() - from < ${tooLong}) return;
  writeSync(2, '\\nDOES NOT END after ${tooLong} minutes of the processor: ' + title + '\\n');
  process.kill(process.pid, "SIGKILL");
}, 5000).unref();
`;

let watcher: Worker | undefined;

export const mochaHooks: RootHookObject = {
  beforeEach(this: Mocha.Context) {
    watcher ??= new Worker(watch, { eval: true });
    watcher.unref();
    watcher.postMessage(this.currentTest?.fullTitle());
  },
  afterEach() {
    watcher?.postMessage(undefined);
  },
};
