/** Settings of Spring: what `application.properties` and `application.yml` give a program that asks for a property. */
import type { TreeDocument, TreeEntry, TreeNode } from '../../syntax/trees/tree.ts';
import type { Inner } from '../inner-value.ts';
import type { Place, Session } from '../session.ts';
import type { Environment, List, Text } from '../value.ts';
import type { ValueLanguage } from './value-language.ts';

/** In the order in which they count: what holds in production, else what holds everywhere. */
const profiles = ['-prod', '-production', ''];
const endings = ['.properties', '.yml', '.yaml'];
const folders = ['src/main/resources/config/', 'src/main/resources/'];
/** `${name}` or `${name:fallback}` and nothing else. */
const placeholder = /^\$\{([^{}:]+)(?::([^{}]*))?\}$/;
const deepest = 5;

/**
 * `@Value("${cors.origins:*}")`, `environment.getProperty("cors.origins", "*")`: what the module’s own files say. What stands in a
 * profile of production counts before what holds for all; what the environment may put in its place is what somebody meant to.
 * https://docs.spring.io/spring-boot/reference/features/external-config.html
 */
export function springSetting(
  value: Inner & { kind: 'environment' },
  { host }: Session,
  { program }: Place,
): Inner | undefined {
  if (/^System\b/.test(value.expression?.text ?? '')) return undefined;
  return settledBy(value, program.path, (path) => host.tree?.(path));
}

/** A name of Spring's type for what knows all properties. */
export const springEnvironment: NonNullable<ValueLanguage['ofType']> = (type, here) =>
  /^(\w+\.)*(Configurable)?Environment$/.test(type.text)
    ? { kind: 'path', root: 'global', names: ['environment'], ...here }
    : undefined;

/** What the settings beside the program at `path` say of a property; undefined where they say nothing. */
export function settledBy(property: Environment, path: string, tree: TreeAt): Settled | undefined {
  const module = /^(.*?)(?:^|(?<=\/))src\/main\/(?:java|kotlin)\//.exec(path)?.[1];
  if (module === undefined) return undefined;
  const settings = { module, tree };
  const found = settingNamed(property.name, settings);
  return found && resolved(found, settings, deepest, property);
}

export type TreeAt = (path: string) => TreeDocument | undefined;
type Settled = Text | List | Environment;
interface Settings {
  readonly module: string;
  readonly tree: TreeAt;
}

interface Setting {
  readonly node: Extract<TreeNode, { kind: 'scalar' }>;
  readonly path: string;
}

function settingNamed(name: string, { module, tree }: Settings): Setting | undefined {
  const wanted = canonical(name);
  for (const profile of profiles)
    for (const folder of folders)
      for (const ending of endings) {
        const document = tree(`${module}${folder}application${profile}${ending}`);
        const node = document && scalarIn(document, wanted);
        if (node) return { node, path: document.path };
      }
  return undefined;
}

/** The last one of that name in the parts of the file that hold without a profile, or with that of production. */
function scalarIn(document: TreeDocument, wanted: string): Setting['node'] | undefined {
  const [always, ofProduction] = [false, true].map((isProduction) =>
    partsOf(document)
      .filter(({ profile }) => (isProduction ? /^prod(uction)?$/.test(profile ?? '') : profile === undefined))
      .flatMap(({ entries }) => entries.filter(({ name }) => name === wanted))
      .at(-1),
  );
  const value = (ofProduction ?? always)?.entry.value;
  return value?.kind === 'scalar' ? value : undefined;
}

interface Named {
  readonly name: string;
  readonly entry: TreeEntry;
}

/** What is in force together: a document of a stream of YAML, or what stands between lines of `#---`. */
interface Part {
  readonly entries: readonly Named[];
  readonly profile: string | undefined;
}

function partsOf(document: TreeDocument): Part[] {
  const all = document.roots.map((root) => flattened(root, ''));
  if (document.format !== 'properties') return all.map(asPart);
  const borders = document.comments.filter(({ text }) => /^-{3,}$/.test(text)).map(({ range }) => range.start);
  const entries = all.flat();
  return [0, ...borders].map((start, index) => {
    const end = borders[index] ?? Number.POSITIVE_INFINITY;
    return asPart(entries.filter(({ entry: { range } }) => range.start >= start && range.start < end));
  });
}

function asPart(entries: readonly Named[]): Part {
  const names = ['spring.config.activate.onprofile', 'spring.profiles'];
  const value = entries.find(({ name }) => names.includes(name))?.entry.value;
  return { entries, profile: value?.kind === 'scalar' ? String(value.value) : undefined };
}

function flattened(node: TreeNode, before: string): Named[] {
  if (node.kind !== 'map') return [];
  return node.entries.flatMap((entry) => {
    const name = before + canonical(entry.key);
    return [{ name, entry }, ...flattened(entry.value, `${name}.`)];
  });
}

/** Letters, dashes and underscores of a name do not matter. */
function canonical(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '');
}

/** The text; a setting that names another one, or a variable, is what that says. */
function resolved({ node, path }: Setting, settings: Settings, steps: number, asked: Environment): Settled {
  const { fallback: _, ...variable } = asked;
  const taken = (one: Text): Text | List => (asked.split ? withoutCommas(one) : one);
  const range = { ...node.range, path };
  const written = node.value === null ? '' : String(node.value);
  const text: Text = { kind: 'text', text: written, range };
  const [, name, otherwise] = placeholder.exec(written.trim()) ?? [];
  if (name === undefined) return written.includes('${') ? variable : taken(text);
  const other = steps > 0 ? settingNamed(name, settings) : undefined;
  if (other) return resolved(other, settings, steps - 1, asked);
  const fallback = otherwise === undefined ? undefined : taken({ ...text, text: otherwise });
  return { ...variable, name, range, ...(fallback && { fallback }) };
}

/** The texts between the commas, as a list. */
export function withoutCommas(text: Text): List {
  const { range } = text;
  const items = text.text
    .split(',')
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
    .map((piece): Text => ({ kind: 'text', text: piece, range }));
  return { kind: 'list', type: 'list', items, open: false, range };
}
