/** Programs of Rust: all programs of an entry, with every fix that is offered for them, are compiled into one, which runs one of them. */
import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { applyEdits } from '../../../server/src/service/apply-edits.ts';
import { lintFile } from '../runner/observe.mjs';
import { startServer, temporaryFolder } from './processes.mjs';

/** The crates of all entries, so that they are compiled once. */
const shared = path.join(path.dirname(fileURLToPath(import.meta.url)), 'rust');
/** What is compiled of them lies in the folder for temporary files. */
const target = path.join(os.tmpdir(), 'cors-lint-lab-rust');

/** Of Rust 1.x: what actix-cors 0.7.2 asks for. */
const leastMinor = 88;

/** Why no program of Rust can be run here. */
export function whyNoRust() {
  const { status, stdout } = spawnSync('cargo', ['--version'], { encoding: 'utf8', timeout: 60_000 });
  if (status !== 0) return 'cargo is not installed (apt-get install cargo)';
  const minor = Number(/^cargo 1\.(\d+)/.exec(stdout)?.[1] ?? leastMinor);
  return minor < leastMinor ? `cargo 1.${minor} is older than the crates ask for (1.${leastMinor})` : undefined;
}

/**
 * The host of an entry: `source` is its `main.rs`, in which `{modules}` stands for the programs, and `{arms}` for what is done with
 * each, as `arm` writes it.
 */
export function rustHost(source, arm) {
  let built;
  return {
    async start({ file, port, version }, programs) {
      built ??= build(source, arm, programs, version);
      const { binary, names } = await built;
      const name = nameOf(fs.readFileSync(file, 'utf8'));
      if (!names.has(name)) throw new Error(`${path.basename(file)} is neither a program nor one of its fixes`);
      return startServer({ command: binary, args: [name, String(port)], env: {}, port });
    },
    async end() {
      const { remove } = (await built?.catch(() => ({}))) ?? {};
      built = undefined;
      remove?.();
    },
  };
}

const nameOf = (text) => `program_${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;

async function build(source, arm, programs, version) {
  const { folder, remove } = temporaryFolder('rust');
  try {
    const texts = await withFixes(programs, version);
    fs.mkdirSync(path.join(folder, 'src'));
    for (const name of ['Cargo.toml', 'Cargo.lock']) fs.copyFileSync(path.join(shared, name), path.join(folder, name));
    for (const [name, text] of texts) fs.writeFileSync(path.join(folder, 'src', `${name}.rs`), text);
    const names = [...texts.keys()];
    const main = source
      .replace('{modules}', names.map((name) => `mod ${name};`).join('\n'))
      .replace('{arms}', names.map((name) => `        "${name}" => ${arm(name)},`).join('\n'));
    fs.writeFileSync(path.join(folder, 'src', 'main.rs'), main);
    await cargo(folder);
    // Another entry compiles into the same folder.
    const binary = path.join(folder, 'lab');
    fs.copyFileSync(path.join(target, 'debug', 'lab'), binary);
    return { binary, names: new Set(names), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** The programs by their names, and each of them with each fix. */
async function withFixes(programs, version) {
  const texts = new Map();
  for (const name of fs.readdirSync(programs).sort()) {
    if (!name.endsWith('.rs')) continue;
    const file = path.join(programs, name);
    const text = fs.readFileSync(file, 'utf8');
    texts.set(nameOf(text), text);
    const { findings } = await lintFile(file, version);
    for (const { edits } of findings.flatMap(({ fixes }) => fixes)) {
      const fixed = applyEdits(text, edits);
      texts.set(nameOf(fixed), fixed);
    }
  }
  return texts;
}

/** One after the other: entries share what is compiled. */
function cargo(folder) {
  return new Promise((resolve, reject) => {
    const args = ['-c', `exec flock '${target}.lock' cargo build --quiet --locked`];
    const env = { ...process.env, CARGO_TARGET_DIR: target, RUSTFLAGS: '-Awarnings' };
    execFile('sh', args, { cwd: folder, env, timeout: 900_000, maxBuffer: 1 << 26 }, (error, _stdout, stderr) =>
      error ? reject(new Error(`cargo build: ${stderr.trim().slice(0, 3000)}`)) : resolve(),
    );
  });
}
