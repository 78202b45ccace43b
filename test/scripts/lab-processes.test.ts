/** Nothing that the lab starts outlives it, however it is ended. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const processes = pathToFileURL(path.resolve('test/lab/launchers/processes.mjs')).href;
/** Listens, and has a worker of its own; says both process numbers in the file that it is given. */
const server = `const worker = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
require('node:fs').writeFileSync(process.argv[2], process.pid + ' ' + worker.pid);
require('node:http').createServer().listen(Number(process.argv[1]), '127.0.0.1');`;
const lab = `const { freePort, startServer, temporaryFolder } = await import(${JSON.stringify(processes)});
const { folder } = temporaryFolder('outlive');
const port = await freePort();
await startServer({ command: process.execPath, args: ['-e', ${JSON.stringify(server)}, String(port), folder + '/pids'], port });
console.log(folder + ' ' + (await import('node:fs')).readFileSync(folder + '/pids', 'utf8'));
if (process.env.END === 'throw') throw new Error('ended');
setInterval(() => {}, 1000);`;

function alive(pid: number): boolean {
  try {
    // A child that has ended and that nobody has waited for does not run any more.
    return (
      !/^State:\s+Z/m.test(
        fs.existsSync(`/proc/${pid}/status`) ? fs.readFileSync(`/proc/${pid}/status`, 'utf8') : '',
      ) && process.kill(pid, 0)
    );
  } catch {
    return false;
  }
}

describe('processes of the lab', () => {
  for (const end of ['SIGTERM', 'SIGINT', 'throw'] as const) {
    it(`end with it on ${end}, and its folders are gone`, async function () {
      if (process.platform === 'win32') this.skip();
      const child = spawn(process.execPath, ['--import=tsx', '--input-type=module', '-e', lab], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, END: end },
      });
      let complaint = '';
      child.stderr.on('data', (chunk) => {
        complaint += chunk;
      });
      const said = await new Promise<string>((resolve, reject) => {
        child.stdout.once('data', (chunk) => resolve(String(chunk)));
        child.once('exit', () => reject(new Error(`it ended without a word: ${complaint}`)));
      });
      const [folder, ...pids] = said.trim().split(' ');
      assert.equal(pids.length, 2);
      if (end !== 'throw') assert.ok(pids.every((pid) => alive(Number(pid))));
      const exited = new Promise((resolve) => {
        child.once('exit', resolve);
      });
      if (end !== 'throw') child.kill(end);
      await exited;
      for (let attempt = 0; attempt < 100 && pids.some((pid) => alive(Number(pid))); attempt++)
        await new Promise((resolve) => setTimeout(resolve, 20));
      assert.deepEqual(
        pids.filter((pid) => alive(Number(pid))),
        [],
      );
      assert.equal(fs.existsSync(folder!), false);
    });
  }
});
