/**
 * Modules by name that are files of the workspace all the same: packages of a monorepo, by their `exports`; `#names` of the package's
 * own `imports`; and `paths` of the compiler's settings. What is installed from a registry is not read.
 *
 * https://nodejs.org/api/packages.html#exports, https://www.typescriptlang.org/tsconfig/#paths
 */
import type { TreeNode } from '../../syntax/trees/tree.ts';
import type { EvaluatorHost } from '../session.ts';

/** Folders above a file in which manifests are looked for. */
const mostFolders = 8;
/** How deep conditions of an export are nested, and how many settings extend one another. */
const deepest = 4;
/** Where a compiler writes, whose sources are beside it. */
const written = /^(\.\/)?(dist|lib|build|out|esm|cjs)\//;
const endings = ['.ts', '.tsx', '.mts', '.js', '.mjs', '.cjs'];

type Json = TreeNode | undefined;

/** Files that the name may mean, relative to the folder of the file at `path`; none for packages of somebody else. */
export function workspaceFiles(module: string, path: string, host: EvaluatorHost): readonly string[] {
  if (host.tree === undefined || /^(\.|\/|node:|[a-z]+:)/.test(module)) return [];
  const folders = foldersAbove(path);
  const own = folders.find(({ manifest }) => manifest(host) !== undefined);
  const manifest = own?.manifest(host);
  if (own === undefined || manifest === undefined) return [];
  if (module.startsWith('#')) return exported(memberOf(manifest, 'imports'), module).map((file) => own.up + file);
  const { name, subpath } = partsOf(module);
  const declared = declaredRange(manifest, name);
  if (!mayBeOwn(name, declared, textOf(memberOf(manifest, 'name')))) return [];
  const mapped = declared === undefined ? pathsOf(module, folders, host) : [];
  return mapped.length > 0 ? mapped : packageFiles({ name, subpath, declared }, own, folders, host);
}

interface Folder {
  /** From the folder of the file that asks, with a slash at the end where it is another one. */
  readonly up: string;
  readonly manifest: (host: EvaluatorHost) => Json;
  readonly read: (file: string, host: EvaluatorHost) => Json;
}

function foldersAbove(path: string): Folder[] {
  const parts = path.split('/').slice(0, -1);
  const found: Folder[] = [];
  for (let level = 0; level <= parts.length && level < mostFolders; level++) {
    const folder = parts.slice(0, parts.length - level).join('/');
    if (folder === '' && path.startsWith('/')) break;
    const at = (file: string): string => (folder === '' ? file : `${folder}/${file}`);
    const read = (file: string, host: EvaluatorHost): Json => host.tree?.(at(file))?.root;
    found.push({ up: '../'.repeat(level), read, manifest: (host) => read('package.json', host) });
  }
  return found;
}

/** Only what the project declares as its own, or does not declare at all, costs a search. */
function mayBeOwn(name: string, declared: string | undefined, ownName: string | undefined): boolean {
  if (declared === undefined) return name.startsWith('@') || name.startsWith('~') || name.includes('/');
  if (/^(workspace:|file:|link:|portal:|\*$)/.test(declared)) return true;
  const scope = scopeOf(name);
  return scope !== undefined && scope === scopeOf(ownName ?? '');
}

function scopeOf(name: string): string | undefined {
  return /^(@[^/]+)\//.exec(name)?.[1];
}

function partsOf(module: string): { readonly name: string; readonly subpath: string } {
  const parts = module.split('/');
  const count = module.startsWith('@') ? 2 : 1;
  return { name: parts.slice(0, count).join('/'), subpath: parts.slice(count).join('/') };
}

function declaredRange(manifest: Json, name: string): string | undefined {
  for (const kind of ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']) {
    const range = textOf(memberOf(memberOf(manifest, kind), name));
    if (range !== undefined) return range;
  }
  return undefined;
}

interface WantedPackage {
  readonly name: string;
  readonly subpath: string;
  readonly declared: string | undefined;
}

function packageFiles(
  wanted: WantedPackage,
  own: Folder,
  folders: readonly Folder[],
  host: EvaluatorHost,
): readonly string[] {
  for (const { up, place } of placesOf(wanted, own, folders, host)) {
    const folder = folders.find((one) => one.up === up)!;
    const manifest = folder.read(`${place}/package.json`, host);
    if (textOf(memberOf(manifest, 'name')) === wanted.name)
      return entriesOf(manifest, wanted.subpath).map((file) => `${up}${place}/${file}`);
  }
  return [];
}

interface PackagePlace {
  readonly up: string;
  readonly place: string;
}

/** Folders in which the package may stand: where the range says it, or as the patterns of the workspace are filled with its name. */
function placesOf(
  { name, declared }: WantedPackage,
  own: Folder,
  folders: readonly Folder[],
  host: EvaluatorHost,
): readonly PackagePlace[] {
  const linked = /^(?:file|link|portal|workspace):(\.{0,2}\/.*)$/.exec(declared ?? '')?.[1];
  if (linked !== undefined) return [{ up: own.up, place: linked.replace(/\/+$/, '') }];
  const last = name.split('/').at(-1)!;
  const stems = [last, name.replace(/^@/, '').replace('/', '-')];
  for (const folder of folders) {
    const patterns = workspacesOf(folder, host);
    if (patterns.length === 0) continue;
    const filled = patterns.flatMap((pattern) =>
      pattern.includes('*') ? stems.map((stem) => pattern.replace(/\*+(\/\*+)?$/, stem)) : [pattern],
    );
    return filled.filter((one) => !one.includes('*')).map((place) => ({ up: folder.up, place }));
  }
  return [];
}

/** `workspaces` of npm, yarn and Bun, `packages` of pnpm. */
function workspacesOf(folder: Folder, host: EvaluatorHost): readonly string[] {
  const declared = memberOf(folder.manifest(host), 'workspaces');
  const listed = textsOf(declared?.kind === 'map' ? memberOf(declared, 'packages') : declared);
  const all = listed.length > 0 ? listed : textsOf(memberOf(folder.read('pnpm-workspace.yaml', host), 'packages'));
  return all.filter((one) => !one.startsWith('!')).map((one) => one.replace(/^\.\/|\/+$/g, ''));
}

/** Files of a package that a name within it means, the sources first. */
function entriesOf(manifest: Json, subpath: string): readonly string[] {
  const exports = memberOf(manifest, 'exports');
  if (exports !== undefined) {
    if (keysOf(exports).some((key) => key.startsWith('.')))
      return exported(exports, subpath === '' ? '.' : `./${subpath}`);
    return subpath === '' ? filesOf(exports) : [];
  }
  if (subpath !== '') return sourcesOf(subpath).flatMap(withEndings);
  const named = ['source', 'module', 'main', 'types'].flatMap((key) => textOf(memberOf(manifest, key)) ?? []);
  return [...named, 'src/index', 'index'].flatMap(sourcesOf).flatMap(withEndings);
}

/** The files behind a key of `exports` or `imports`; the longest of the keys with a star counts. */
function exported(table: Json, key: string): readonly string[] {
  const whole = memberOf(table, key);
  if (whole !== undefined) return filesOf(whole);
  const patterns = keysOf(table).filter((one) => one.includes('*'));
  for (const pattern of patterns.sort((a, b) => b.length - a.length)) {
    const middle = matched(pattern, key);
    if (middle === undefined) continue;
    return filesOf(memberOf(table, pattern), middle);
  }
  return [];
}

function filesOf(target: Json, star = '*'): readonly string[] {
  return leavesOf(target)
    .map((one) => one.replaceAll('*', () => star))
    .flatMap(sourcesOf)
    .flatMap(withEndings);
}

/** What stands for the star. */
function matched(pattern: string, key: string): string | undefined {
  const [before = '', after = ''] = pattern.split('*');
  return key.length >= before.length + after.length && key.startsWith(before) && key.endsWith(after)
    ? key.slice(before.length, key.length - after.length)
    : undefined;
}

/** Texts under all conditions; sources before what is built of them. */
function leavesOf(value: Json, level = 0): string[] {
  const text = textOf(value);
  if (text !== undefined) return [text];
  if (value?.kind !== 'map' || level > deepest) return [];
  const found = value.entries.flatMap((one) => leavesOf(one.value, level + 1));
  return [...new Set(found)].sort((a, b) => Number(isSource(b)) - Number(isSource(a)));
}

function isSource(file: string): boolean {
  return /\.[cm]?tsx?$/.test(file) && !/\.d\.[cm]?ts$/.test(file);
}

/** The file, and the one that it is built of: `dist/cors.js` of `src/cors.ts`. */
function sourcesOf(file: string): readonly string[] {
  const plain = file.replace(/^\.\//, '');
  const stem = plain.replace(/\.d\.[cm]?ts$|\.[cm]?js$/, '');
  const built = written.test(plain) ? [stem.replace(written, 'src/'), stem.replace(written, '')] : [];
  return isSource(plain) ? [plain] : [...built, stem];
}

function withEndings(file: string): readonly string[] {
  if (isSource(file)) return [file];
  return [...endings.map((ending) => file + ending), ...endings.slice(0, 4).map((ending) => `${file}/index${ending}`)];
}

/** What the nearest settings of the compiler say of the name. */
function pathsOf(module: string, folders: readonly Folder[], host: EvaluatorHost): readonly string[] {
  for (const folder of folders) {
    const found = ['tsconfig.json', 'jsconfig.json', 'tsconfig.base.json'].flatMap((file) =>
      pathsIn(file, folder, module, host, 0),
    );
    if (found.length > 0) return found;
  }
  return [];
}

function pathsIn(file: string, folder: Folder, module: string, host: EvaluatorHost, level: number): string[] {
  const settings = level > deepest ? undefined : folder.read(file, host);
  const options = memberOf(settings, 'compilerOptions');
  const base = (textOf(memberOf(options, 'baseUrl')) ?? '.').replace(/\/*$/, '/');
  const within = file.includes('/') ? file.slice(0, file.lastIndexOf('/') + 1) : '';
  const files = mappedBy(memberOf(options, 'paths'), module).map((one) => `${folder.up}${within}${base}${one}`);
  if (files.length > 0) return files.flatMap((one) => (isSource(one) ? [one] : withEndings(one)));
  const parents = memberOf(settings, 'extends');
  return [textOf(parents) ?? [], textsOf(parents)]
    .flat()
    .filter((one) => one.startsWith('./'))
    .flatMap((one) => pathsIn(within + one.slice(2), folder, module, host, level + 1));
}

function mappedBy(paths: Json, module: string): readonly string[] {
  for (const pattern of keysOf(paths).sort((a, b) => b.length - a.length)) {
    const middle = pattern.includes('*') ? matched(pattern, module) : pattern === module ? '' : undefined;
    if (middle !== undefined) return textsOf(memberOf(paths, pattern)).map((one) => one.replaceAll('*', () => middle));
  }
  return [];
}

function memberOf(node: Json, key: string): Json {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.key === key)?.value : undefined;
}

function keysOf(node: Json): string[] {
  return node?.kind === 'map' ? node.entries.map(({ key }) => key) : [];
}

function textOf(node: Json): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

function textsOf(node: Json): string[] {
  return node?.kind === 'list' ? node.items.flatMap((item) => textOf(item) ?? []) : [];
}
