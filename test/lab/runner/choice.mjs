/** Which entries run, and in which order: those that a change can affect first, then the long ones, so that none is alone at the end. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { globSync } from 'tinyglobby';

const lab = fileURLToPath(new URL('..', import.meta.url));
const root = path.resolve(lab, '../..');
const frameworks = path.join(root, 'server/src/frameworks');

/** The folder of an entry, from the lab's: `javascript/hapi`. */
const places = globSync('**/entry.mjs', { cwd: lab, ignore: ['**/{programs,node_modules}/**', 'runner/**'] })
  .map((name) => path.posix.dirname(name))
  .sort();

/** An entry is chosen by its name, its place, or a room that it is in. */
const isChosen = (place, by) => place === by || place.startsWith(`${by}/`) || path.posix.basename(place) === by;

/** The entries that the words choose, all of them without a word, and the words that choose none. */
export function choose(words) {
  return {
    chosen: places.filter((place) => words.length === 0 || words.some((by) => isChosen(place, by))),
    unknown: words.filter((by) => !places.some((place) => isChosen(place, by))),
  };
}

/** The entries in the order in which they are to start. */
export async function inOrder(chosen) {
  const affected = await affectedBy(changedFiles(), chosen);
  return [...chosen].sort(
    (a, b) => Number(affected.has(b)) - Number(affected.has(a)) || sizeOf(b) - sizeOf(a) || (a < b ? -1 : 1),
  );
}

/** What differs from the branch that this one left, uncommitted files included; nothing where git does not tell. */
function changedFiles() {
  const git = (...args) =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .split('\n')
      .filter(Boolean);
  try {
    const [base] = git('merge-base', 'HEAD', 'main');
    return [...git('diff', '--name-only', base), ...git('ls-files', '--others', '--exclude-standard')];
  } catch {
    return [];
  }
}

/** The entries whose framework, or for want of one of their name all frameworks of their room, are made of a changed file. */
async function affectedBy(changed, chosen) {
  const parts = changed.some((file) => file.startsWith('server/src/')) ? await partsOfFrameworks() : new Map();
  const isChanged = (file) => changed.includes(file);
  const isAffected = (place) => {
    const own = [...parts].filter(([file]) => path.basename(file, '.ts') === path.posix.basename(place));
    const room = path.posix.join('server/src/frameworks', path.posix.dirname(place), '/');
    const frameworksOf = own.length > 0 ? own : [...parts].filter(([file]) => file.startsWith(room));
    return (
      changed.some((file) => file.startsWith(`test/lab/${place}/`)) ||
      frameworksOf.some(([, inputs]) => inputs.some(isChanged))
    );
  };
  return new Set(chosen.filter(isAffected));
}

/** Each framework's file, and all files that it is made of. */
async function partsOfFrameworks() {
  const entryPoints = globSync('**/*.ts', { cwd: frameworks })
    .map((name) => path.join(frameworks, name))
    .filter((file) => /^export const framework = /m.test(fs.readFileSync(file, 'utf8')));
  const { metafile } = await build({
    entryPoints,
    outdir: 'unwritten',
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  });
  return new Map(Object.values(metafile.outputs).map(({ entryPoint, inputs }) => [entryPoint, Object.keys(inputs)]));
}

/** How many programs there are, for each version that may run them. */
function sizeOf(place) {
  const folder = path.join(lab, place);
  const programs = globSync('programs*/*', { cwd: folder, onlyFiles: false }).length;
  const versions = fs.readFileSync(path.join(folder, 'entry.mjs'), 'utf8').match(/\d+\.\d+\.\d+/g)?.length ?? 1;
  return programs * Math.max(1, versions);
}
