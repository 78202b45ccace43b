/** Versions in the lock files of npm, yarn and pnpm. They are large and regular: one entry is found without reading all of it. */
import { rcompare, satisfies, valid, validRange } from 'semver';

export interface NpmQuestion {
  readonly name: string;
  /** The range in the nearest `package.json`. */
  readonly declared: string | undefined;
  /** The linted file's folder, relative to the lock file's; `.` for the same. */
  readonly importer: string;
  /** Text of a lock file by its name. */
  readonly lockFile: (name: string) => string | undefined;
}

/** The version that the lock file beside it pins; undefined when there is none or it has no entry. */
export function npmLocked(question: NpmQuestion): string | undefined {
  const { lockFile } = question;
  const texts = [
    lockFile('package-lock.json') ?? lockFile('npm-shrinkwrap.json'),
    lockFile('yarn.lock'),
    lockFile('pnpm-lock.yaml'),
  ];
  const [npm, yarn, pnpm] = texts.map((text) => text?.replaceAll('\r\n', '\n'));
  return packageLock(npm, question) ?? yarnLock(yarn, question) ?? pnpmLock(pnpm, question);
}

/** Versions 1 to 3; a workspace's own copy counts before the shared one. */
function packageLock(text: string | undefined, { name, importer }: NpmQuestion): string | undefined {
  if (text === undefined) return undefined;
  const at = (key: string): string | undefined =>
    checked(new RegExp(`"${escaped(key)}":\\s*\\{\\s*"version":\\s*"([^"]+)"`).exec(text)?.[1]);
  for (
    let folder = importer;
    folder !== '.' && folder !== '';
    folder = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : ''
  ) {
    const own = at(`${folder}/node_modules/${name}`);
    if (own) return own;
  }
  return at(`node_modules/${name}`) ?? at(name);
}

/** Version 1 (`cors@^2.8.5:` and `version "2.8.5"`) and the YAML of later ones (`"cors@npm:^2.8.5":` and `version: 2.8.5`). */
function yarnLock(text: string | undefined, { name, declared }: NpmQuestion): string | undefined {
  if (text === undefined) return undefined;
  const entry = new RegExp(
    `^((?:.*, ?)?"?${escaped(name)}@[^\\n]*):\\n(?: .*\\n)*? {2}version:? "?([^"\\n]+)"?$`,
    'gm',
  );
  const entries = [...text.matchAll(entry)].map(([, key, version]) => ({
    ranges: key!.replaceAll('"', '').split(/, ?/),
    version: version!.trim(),
  }));
  const exact = entries.find(({ ranges }) =>
    ranges.some((range) => range === `${name}@${declared}` || range === `${name}@npm:${declared}`),
  );
  return (
    checked(exact?.version) ??
    best(
      entries.map(({ version }) => version),
      declared,
    )
  );
}

/** Versions 5 to 9: the importer's own line (`cors: 2.8.5`, or `version: 2.8.5` under its name), else the list of packages. */
function pnpmLock(text: string | undefined, { name, declared, importer }: NpmQuestion): string | undefined {
  if (text === undefined) return undefined;
  const key = `['"]?${escaped(name)}['"]?`;
  const direct = new RegExp(
    `^ +${key}:(?: ([\\d][^\\s(_]*)|\\n +specifier:[^\\n]*\\n +version: ['"]?([\\d][^\\s(_'"]*))`,
    'm',
  ).exec(importerSection(text, importer));
  const packages = new RegExp(`^ +['"]?/?${escaped(name)}[@/](\\d[^\\s(_:'"]*)[^\\n]*:`, 'gm');
  return (
    checked(direct?.[1] ?? direct?.[2]) ??
    best(
      [...text.matchAll(packages)].map(([, version]) => version!),
      declared,
    )
  );
}

/** What the workspace's member that holds the folder depends on; all of it where the lock file has no members. */
function importerSection(text: string, importer: string): string {
  const start = /^importers:\n/m.exec(text);
  if (!start) return text;
  const rest = text.slice(start.index + start[0].length);
  const all = rest.slice(0, /^\S/m.exec(rest)?.index ?? rest.length);
  for (let folder = importer; ; folder = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '.') {
    const own = new RegExp(`^ {2}['"]?${escaped(folder)}['"]?:\\n((?: {3,}.*\\n|\\n)*)`, 'm').exec(all);
    if (own) return own[1]!;
    if (folder === '.') return '';
  }
}

/** Of several versions the highest that the declared range takes. */
function best(versions: readonly string[], declared: string | undefined): string | undefined {
  const known = versions.filter((version) => valid(version)).sort(rcompare);
  const fitting =
    declared !== undefined && validRange(declared) !== null
      ? known.filter((version) => satisfies(version, declared))
      : known;
  return fitting[0];
}

function checked(version: string | undefined): string | undefined {
  return version !== undefined && valid(version) ? version : undefined;
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}
