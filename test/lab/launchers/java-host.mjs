/** A virtual machine of Java that runs many programs one after the other: starting it once saves seconds for each. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, startServer, temporaryFolder } from './processes.mjs';

/** Classes that every host has. */
const shared = path.join(path.dirname(fileURLToPath(import.meta.url)), 'java');

/** Old servers look into these when they stop. */
const opened = ['java.base/java.io', 'java.base/java.lang', 'java.rmi/sun.rmi.transport'].map(
  (name) => `--add-opens=${name}=ALL-UNNAMED`,
);

/** Why no program of Java can be run here. */
export function missingJava() {
  lacking ??= commandsLacking();
  return lacking.length === 0
    ? undefined
    : `${lacking.join(', ')} is not installed (apt-get install default-jdk-headless maven)`;
}

/** Looked for once: asking a virtual machine for its version takes half a second. */
let lacking;

function commandsLacking() {
  return ['java', 'javac', 'mvn'].filter(
    (command) => spawnSync(command, ['-version'], { stdio: 'ignore', timeout: 600_000 }).status !== 0,
  );
}

/**
 * The host whose `pom.xml` and classes lie in the folder: they are fetched and compiled once into the folder for
 * temporary files, together with `java/Control.java`.
 * `processors`: the annotations are processed by what lies in its class path; `properties` are those of the `pom.xml`.
 * Its main class gets a port as its argument, and there takes `/start?port&file` and `/stop?port`.
 */
export function javaHost(folder, mainClass, { processors = false, properties = {} } = {}) {
  let running;
  const started = () => (running ??= startHost(folder, mainClass, { processors, properties }));
  return {
    async start(file, port) {
      const { control } = await started();
      await ask(control, `/start?${port}&${file}`);
      return { close: () => ask(control, `/stop?${port}`) };
    },
    async end() {
      // One that could not be built has said so where it was to start.
      const { server, remove } = (await running?.catch(() => ({}))) ?? {};
      running = undefined;
      await server?.close();
      remove?.();
    },
  };
}

async function startHost(folder, mainClass, options) {
  const target = build(folder, options);
  const control = await freePort();
  const classPath = [path.join(target, 'classes'), path.join(target, 'lib', '*')].join(path.delimiter);
  // What the programs write down goes with the virtual machine.
  const { folder: scratch, remove } = temporaryFolder('scratch');
  const server = await startServer({
    command: 'java',
    args: [
      '-XX:TieredStopAtLevel=1',
      '-Xmx512m',
      `-Djava.io.tmpdir=${scratch}`,
      ...opened,
      '-cp',
      classPath,
      mainClass,
      String(control),
    ],
    port: control,
    cwd: target,
    seconds: 60,
  });
  return { control, server, remove };
}

function build(folder, { processors, properties }) {
  const sources = [shared, folder].flatMap((from) =>
    fs
      .readdirSync(from)
      .filter((name) => name.endsWith('.java'))
      .map((name) => path.join(from, name)),
  );
  const defines = Object.entries(properties).map(([name, value]) => `-D${name}=${value}`);
  const hash = createHash('sha256').update(defines.join(' '));
  // What the host compiles by itself, in a language that has its compiler among the packages.
  const others = fs.readdirSync(folder).filter((name) => name.endsWith('.kt'));
  const read = [path.join(folder, 'pom.xml'), ...sources, ...others.map((name) => path.join(folder, name))];
  for (const file of read) hash.update(fs.readFileSync(file));
  const target = path.join(os.tmpdir(), `cors-lint-lab-java-${hash.digest('hex').slice(0, 16)}`);
  if (fs.existsSync(path.join(target, 'built'))) return target;
  fs.mkdirSync(path.join(target, 'classes'), { recursive: true });
  for (const name of others) fs.copyFileSync(path.join(folder, name), path.join(target, name));
  run(
    'mvn',
    [
      '-q',
      '-B',
      '-f',
      path.join(folder, 'pom.xml'),
      'dependency:copy-dependencies',
      `-DoutputDirectory=${path.join(target, 'lib')}`,
      ...defines,
    ],
    1_800_000,
  );
  run(
    'javac',
    [
      ...(processors ? [] : ['-proc:none']),
      '-cp',
      path.join(target, 'lib', '*'),
      '-d',
      path.join(target, 'classes'),
      ...sources,
    ],
    600_000,
  );
  fs.writeFileSync(path.join(target, 'built'), '');
  return target;
}

function run(command, args, timeout) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout });
  if (status !== 0) throw new Error(`${command} failed: ${stdout}${stderr}`.slice(-2000));
}

function ask(port, address) {
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, path: address, timeout: 300_000 }, (response) => {
      let said = '';
      response.on('data', (chunk) => {
        said += chunk;
      });
      response.on('end', () => (response.statusCode === 204 ? resolve() : reject(new Error(said.slice(0, 500)))));
    });
    request.on('timeout', () => request.destroy(new Error('the virtual machine does not answer')));
    request.on('error', reject);
  });
}
