/** Versions of Python packages: lock files of poetry, uv, pdm and pipenv; requirements and project files. */
import { upwards } from './ecosystem.ts';
import type { Ecosystem } from './ecosystem.ts';

/** Text of a file of one folder by its name. */
type ReadBeside = (name: string) => string | undefined;

export const ecosystem = {
  name: 'pypi',
  version(packageName, folder, readFile) {
    let found: string | undefined;
    // Every file is asked for, even when an earlier one has the answer: what is unread is read all at once.
    for (const directory of upwards(folder)) {
      const read: ReadBeside = (file) => readFile(`${directory}/${file}`);
      const locked = pythonLocked(packageName, read);
      const declared = pythonDeclared(packageName, read);
      found ??= locked ?? declared;
    }
    return found;
  },
} satisfies Ecosystem;

/** The version that a lock file or an exact requirement pins. */
function pythonLocked(name: string, read: ReadBeside): string | undefined {
  const any = anySpelling(name);
  const [poetry, uv, pdm, pipenv, requirements] = [
    'poetry.lock',
    'uv.lock',
    'pdm.lock',
    'Pipfile.lock',
    'requirements.txt',
  ].map(read);
  const entry = new RegExp(`name = "${any}"\\r?\\nversion = "([^"]+)"`, 'i');
  for (const lock of [poetry, uv, pdm]) {
    const version = lock === undefined ? undefined : entry.exec(lock)?.[1];
    if (version !== undefined) return version;
  }
  return (
    (pipenv === undefined
      ? undefined
      : new RegExp(`"${any}":\\s*\\{[^{}]*"version":\\s*"==([^"]+)"`, 'i').exec(pipenv)?.[1]) ??
    (requirements === undefined
      ? undefined
      : new RegExp(`^\\s*${any}\\s*(?:\\[[^\\]]*\\])?\\s*===?\\s*([\\w.+!-]+)`, 'im').exec(requirements)?.[1])
  );
}

/** The lowest version that a requirement allows. */
function pythonDeclared(name: string, read: ReadBeside): string | undefined {
  const any = anySpelling(name);
  const [requirements, project] = ['requirements.txt', 'pyproject.toml'].map(read);
  const lowest = `\\s*(?:\\[[^\\]]*\\])?\\s*(?:[^"'#\\n]*,\\s*)?(?:===?|~=|>=)\\s*(\\d[\\w.]*)`;
  return (
    (requirements === undefined ? undefined : new RegExp(`^\\s*${any}${lowest}`, 'im').exec(requirements)?.[1]) ??
    (project === undefined ? undefined : new RegExp(`["']${any}${lowest}`, 'i').exec(project)?.[1]) ??
    // poetry's own table: `fastapi = "^0.110"`, or with options `{ version = "^0.110", extras = […] }`.
    (project === undefined
      ? undefined
      : new RegExp(
          `^\\s*["']?${any}["']?\\s*=\\s*(?:\\{[^}\\n]*version\\s*=\\s*)?["'](?:\\^|~|>=|==)?\\s*(\\d[\\w.]*)`,
          'im',
        ).exec(project)?.[1])
  );
}

/**
 * Names are the same whatever signs stand between their words.
 * https://packaging.python.org/en/latest/specifications/name-normalization/
 */
function anySpelling(name: string): string {
  return name
    .split(/[-_.]+/)
    .map((part) => part.replaceAll(/[$()*+?[\\\]^{|}]/g, '\\$&'))
    .join('[-_.]+');
}
