/** Which version of a package a file is run with: what is installed, else what the nearest lock file or manifest says. */
import { minVersion, satisfies, valid } from 'semver';
import { npmLocked } from './npm-lock-files.ts';
import { pythonDeclared, pythonLocked } from './python-versions.ts';

type ReadFile = (path: string) => string | undefined;
const mostFolders = 10;

/** `readFile` gives a file's text by absolute path. Undefined when nothing near says it. */
export function packageVersion(
  name: string,
  ecosystem: string,
  folder: string,
  readFile: ReadFile,
): string | undefined {
  return ecosystems[ecosystem]?.(name, folder, readFile);
}

const ecosystems: Readonly<Record<string, (name: string, folder: string, readFile: ReadFile) => string | undefined>> = {
  npm: npmVersion,
  python: pythonVersion,
};

function npmVersion(name: string, folder: string, readFile: ReadFile): string | undefined {
  let declared: string | undefined;
  let found: string | undefined;
  // Every file is asked for, even when an earlier one has the answer: what is unread is read all at once.
  for (const directory of upwards(folder)) {
    const installed = textMember(readFile(`${directory}/node_modules/${name}/package.json`), 'version');
    const manifest = json(readFile(`${directory}/package.json`));
    declared ??= declaredIn(manifest, name);
    const locked = npmLocked({
      name,
      declared,
      importer: relativeTo(directory, folder),
      lockFile: (file) => readFile(`${directory}/${file}`),
    });
    // A lock file further up may belong to something else.
    const fits =
      locked !== undefined &&
      (declared === undefined ||
        range(declared) === undefined ||
        satisfies(locked, declared, { includePrerelease: true }));
    found ??= installed !== undefined && valid(installed) ? installed : fits ? locked : undefined;
  }
  return found ?? (declared === undefined ? undefined : range(declared));
}

function declaredIn(manifest: Record<string, unknown> | undefined, name: string): string | undefined {
  for (const kind of ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']) {
    const declared = (manifest?.[kind] as Record<string, unknown> | undefined)?.[name];
    // `npm:cors@^2.8.5` and `workspace:^2.8.5` hold the range after the last sign.
    if (typeof declared === 'string') return declared.replace(/^(npm:.*@|workspace:)/, '');
  }
  return undefined;
}

function pythonVersion(name: string, folder: string, readFile: ReadFile): string | undefined {
  let found: string | undefined;
  for (const directory of upwards(folder)) {
    const read = (file: string): string | undefined => readFile(`${directory}/${file}`);
    const locked = pythonLocked(name, read);
    const declared = pythonDeclared(name, read);
    found ??= locked ?? declared;
  }
  return found;
}

/** The folder and those above it. */
function upwards(folder: string): string[] {
  const found: string[] = [];
  for (let current = folder; found.length < mostFolders; current = current.slice(0, current.lastIndexOf('/'))) {
    found.push(current);
    if (!current.includes('/')) break;
  }
  return found;
}

/** `packages/api` for a folder below the directory, `.` for itself. */
function relativeTo(directory: string, folder: string): string {
  return folder.length > directory.length ? folder.slice(directory.length + 1) : '.';
}

function json(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function textMember(text: string | undefined, member: string): string | undefined {
  const value = json(text)?.[member];
  return typeof value === 'string' ? value : undefined;
}

function range(declared: string): string | undefined {
  try {
    return minVersion(declared)?.version;
  } catch {
    return undefined;
  }
}
