/** Versions of npm packages: what is installed, else what lock files and `package.json` say. */
import { minVersion, satisfies, valid } from 'semver';
import { upwards } from './ecosystem.ts';
import type { Ecosystem, ReadFile } from './ecosystem.ts';
import { npmLocked } from './npm-lock-files.ts';

export const ecosystem = { name: 'npm', version: npmVersion } satisfies Ecosystem;

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
