/** Versions of Python packages: lock files of poetry, uv, pdm and pipenv; requirements and project files. */

type ReadFile = (name: string) => string | undefined;

/** The version that a lock file or an exact requirement pins. */
export function pythonLocked(name: string, read: ReadFile): string | undefined {
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
export function pythonDeclared(name: string, read: ReadFile): string | undefined {
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

/** Names are the same whatever signs stand between their words. https://packaging.python.org/en/latest/specifications/name-normalization/ */
function anySpelling(name: string): string {
  return name
    .split(/[-_.]+/)
    .map((part) => part.replaceAll(/[$()*+?[\\\]^{|}]/g, '\\$&'))
    .join('[-_.]+');
}
