/** What `--profile` writes: one profile of the processor for each process of a row, and where their time went. */
import fs from 'node:fs';
import inspector from 'node:inspector/promises';
import path from 'node:path';

/** Runs the work and writes the profile of this process there. https://chromedevtools.github.io/devtools-protocol/v8/Profiler/ */
export async function profiled(folder, work) {
  const session = new inspector.Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  try {
    return await work();
  } finally {
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    fs.writeFileSync(path.join(folder, 'bench.cpuprofile'), JSON.stringify(profile));
  }
}

const mostFunctions = 30;

/** The functions in which most time was spent, of all profiles in the folder together. Milliseconds a process. */
export function topFunctions(folder) {
  const files = fs.readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'));
  const own = new Map();
  for (const file of files) {
    const { nodes, samples, timeDeltas } = JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'));
    const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
    for (const [index, sample] of samples.entries()) {
      const name = names.get(sample);
      own.set(name, (own.get(name) ?? 0) + timeDeltas[index] / 1000 / files.length);
    }
  }
  own.delete('(idle)');
  return [...own]
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostFunctions)
    .map(([name, milliseconds]) => ({ function: name, ms: Math.round(milliseconds * 10) / 10 }));
}

function nameOf({ functionName, url, lineNumber }) {
  const name = functionName === '' ? '(top)' : functionName;
  return url === '' ? name : `${name} ${url.split('/').slice(-2).join('/')}:${lineNumber + 1}`;
}
