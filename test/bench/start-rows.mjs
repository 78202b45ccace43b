/** Rows about programs that have just started. */
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { cpuSeconds, median, ours, profileFlags, round, row } from './measure.mjs';
import { expressFile, inFolder } from './texts.mjs';

const nothing = ['node', ['-e', '0']];

/** What the command costs before it has said anything. */
export const commandStart = () =>
  inFolder((folder) => {
    fs.writeFileSync(path.join(folder, 'server.js'), expressFile(60));
    return row(
      'the command over one file, CPU s (against node -e 0)',
      cpuSeconds(ours(folder), { times: 5 }),
      cpuSeconds(nothing, { times: 5 }),
      '≤ +0.12 s',
    );
  });

export async function serverStart() {
  const starts = [];
  for (let i = 0; i < 5; i++) {
    const { server, cpu } = await serverWithDiagnostics();
    starts.push(cpu);
    await ended(server);
  }
  return row(
    'server start to first diagnostics, CPU s (against node -e 0)',
    round(median(starts)),
    cpuSeconds(nothing, { times: 5 }),
    '≤ +0.12 s',
  );
}

/** With one open file, some seconds after the last thing that anybody wanted. */
export async function idleServer() {
  const { server } = await serverWithDiagnostics();
  await after(10_000);
  const kilobytes = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(server.pid)], { encoding: 'utf8' }));
  await ended(server);
  return row('memory of the idle server, MB', Math.round(kilobytes / 1024), undefined, '≤ 90');
}

async function ended(server) {
  const exit = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await exit;
}

/** A server over stdio that has just published the diagnostics of its first file; `cpu`: its seconds of the processor so far. */
function serverWithDiagnostics() {
  const server = spawn('node', [...profileFlags, 'dist/server.js', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const send = (message) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const document = { uri: 'file:///bench/server.js', languageId: 'javascript', version: 1, text: expressFile(60) };
  send({ id: 1, method: 'initialize', params: { processId: process.pid, rootUri: null, capabilities: {} } });
  return new Promise((resolve, reject) => {
    let output = '';
    let isOpen = false;
    server.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)));
    server.stdout.on('data', (chunk) => {
      output += chunk;
      if (!isOpen && output.includes('"id":1')) {
        isOpen = true;
        send({ method: 'initialized', params: {} });
        send({ method: 'textDocument/didOpen', params: { textDocument: document } });
      }
      if (output.includes('publishDiagnostics')) resolve({ server, cpu: processSeconds(server.pid) });
    });
  });
}

/** User and system seconds of a process that goes on. */
function processSeconds(pid) {
  // `[[dd-]hh:]mm:ss` has no hundredths; Linux tells ticks of a hundredth.
  const stat = `/proc/${pid}/stat`;
  if (!fs.existsSync(stat)) throw new Error('Only Linux tells the time of a process that goes on.');
  const [, , , , , , , , , , , user, system] = fs
    .readFileSync(stat, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(user) + Number(system)) / 100;
}
