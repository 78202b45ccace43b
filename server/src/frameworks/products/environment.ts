/**
 * CORS settings of known products in environment variables and options of the command line, wherever these are written:
 * `.env`, `ENV` of a Dockerfile, `environment` of Docker Compose, `env` and `args` of Kubernetes, the data of a ConfigMap, scripts,
 * containers in Terraform and Bicep, `[env]` of a host's TOML.
 */
import type { TreeDocument, TreeEntry, TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import type { FilledIn } from '../../models/services/cors-service.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import { defineFramework } from '../../models/framework.ts';
import { oneByOne } from '../../models/in-steps.ts';
import type { FrameworkContext } from '../../models/framework.ts';
import { products } from './environment-products.ts';
import type { Product, ProductNames } from './product.ts';
import { optionsOfList, optionsOfText } from './command-options.ts';
import {
  entriesOf,
  entryOf,
  isPlaceholder,
  isString,
  mapsOf,
  partOfText,
  replaceValue,
  textNodesOf,
  textOf,
  valueAt,
} from '../../edits/tree-edits.ts';

/** A variable that holds options of a command line. */
const argumentsName = 'ESPv2_ARGS';
const productNames: ReadonlySet<string> = new Set([
  argumentsName,
  ...products.flatMap(({ names }) => Object.values(names).flatMap((each: readonly string[] | undefined) => each ?? [])),
]);

export const framework = defineFramework({
  id: 'environment',
  title: 'Environment variables of products',
  documentation: 'https://12factor.net/config',
  reads:
    `variables and options of ${[...new Set(products.map(({ title }) => title))].join(', ')} in \`.env\`, Dockerfile, ` +
    'scripts of a shell, Docker Compose, Kubernetes and task definitions, also in Terraform, Bicep and TOML',
  mentions: [...new Set(products.flatMap(({ names }) => names.origins.map((name) => name.toLowerCase())))],
  shape: 'tree',
  formats: ['env', 'dockerfile', 'shell', 'yaml', 'json', 'ini', 'hcl', 'bicep', 'toml'],
  *read(document, context) {
    const isGiven = (name: string): boolean => isInEnvFile(name, document, context);
    const scopes = document.roots.flatMap((root) =>
      document.format === 'ini' ? unitScopes(root, document) : scopesIn(root, document),
    );
    const inside = scopes.flatMap(argumentScopes);
    return {
      policies: yield* oneByOne([...scopes, ...inside], (scope) =>
        products.flatMap((product) => readProduct(product, scope, isGiven)),
      ),
      facts: [],
    };
  },
});

/** Variables that one process sees together. */
interface Scope {
  readonly entries: readonly TreeEntry[];
  /** Where another variable is added; undefined where that takes more than a key. */
  readonly map: TreeMap | undefined;
  readonly image: string | undefined;
  /** The words of a command line, where the entries are its options. */
  readonly command?: string;
  /** In it the variables are written as they are, without the quotes of the format around it. */
  readonly document: TreeDocument;
}

function scopesIn(node: TreeNode, document: TreeDocument): Scope[] {
  if (node.kind === 'scalar') return [];
  const children = node.kind === 'list' ? node.items : node.entries.map(({ value }) => value);
  const own = node.kind === 'map' ? mapScope(node, document) : listScope(node.items, node, document);
  return [
    ...[own, ...(node.kind === 'map' ? [blockScope(node, document), ...commandScopes(node, document)] : [])].filter(
      ({ entries }) => entries.some(({ key }) => productNames.has(key)),
    ),
    ...children.flatMap((child) => scopesIn(child, document)),
  ];
}

/** `Environment=` and commands of a unit of systemd, or of a container that it runs. */
function unitScopes(root: TreeNode, document: TreeDocument): Scope[] {
  const plain: TreeDocument = { ...document, format: 'headers-file' };
  return entriesOf(root).flatMap(({ key, value: section }) => {
    if (key !== 'Service' && key !== 'Container') return [];
    const set = entriesOf(section).filter((entry) => entry.key === 'Environment');
    const commands = entriesOf(section).filter((entry) => /^Exec(Start)?$/.test(entry.key));
    const command = commands.map(({ value }) => textOf(value)).join(' ');
    const entries = [
      ...set.flatMap(({ value }) => unitVariables(value)),
      ...commands.flatMap(({ value }) => optionsOfText(value)),
    ];
    return [{ entries, map: undefined, image: textOf(valueAt(section, 'Image')), command, document: plain }];
  });
}

/** `A=b "C=d e"`: quotes stand around a whole assignment. https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html */
function unitVariables(node: TreeNode): TreeEntry[] {
  if (!isString(node)) return [];
  return [...node.value.matchAll(/"([^"=]+)=([^"]*)"|'([^'=]+)=([^']*)'|([^\s"'=]+)=(\S*)/g)].map((match) => {
    const [, ...groups] = match;
    const [key, value] = groups.filter((group) => group !== undefined) as [string, string];
    const start = node.contentRange.start + match.index + match[0].indexOf(`${key}=`);
    const at = (from: number, length: number) => ({ ...node.contentRange, start: from, end: from + length });
    const range = at(start + key.length + 1, value.length);
    return {
      key,
      keyRange: at(start, key.length),
      value: { kind: 'scalar', range, contentRange: range, value, ...(node.parent && { parent: node.parent }) },
      range: { ...range, start },
    };
  });
}

function mapScope(map: TreeMap, document: TreeDocument): Scope {
  // A name with dots is a variable only where variables are expected: elsewhere it is the setting itself.
  const isVariables =
    map.parent === undefined
      ? /^(env|dockerfile|shell)$/.test(document.format)
      : /^(env|environment|extraEnv)$/.test(keyOf(map) ?? '');
  return {
    entries: map.entries.filter(({ key }) => isVariables || !key.includes('.')),
    map,
    image: imageBeside(map),
    document,
  };
}

/** Blocks of Terraform beside each other: `env { name = "…" value = "…" }`. */
function blockScope(map: TreeMap, document: TreeDocument): Scope {
  const blocks = map.entries.filter(({ key, value }) => /^(env|environment)$/.test(key) && value.kind === 'map');
  return { entries: namedValues(blocks.map(({ value }) => value)), map: undefined, image: imageIn(map), document };
}

/** Commands that are one text: `command` of Docker Compose, `CMD` of a Dockerfile. */
function commandScopes(map: TreeMap, document: TreeDocument): Scope[] {
  return map.entries
    .filter(({ key, value }) => /^(command|args|entrypoint|CMD|ENTRYPOINT)$/.test(key) && isString(value))
    .map(({ value }) => ({
      entries: optionsOfText(value),
      map: undefined,
      image: imageIn(map),
      command: textOf(value)!,
      document: { ...document, format: 'headers-file' },
    }));
}

/**
 * `^++^--cors_preset=basic++--cors_allow_credentials`: a text between two carets separates the options, or else a comma.
 * https://cloud.google.com/endpoints/docs/openapi/specify-esp-v2-startup-options
 */
function argumentScopes({ entries, image, document }: Scope): Scope[] {
  const value = entries.findLast(({ key }) => key === argumentsName)?.value;
  if (!value || !isString(value)) return [];
  const [head = '', sign = ','] = /^\^(.+?)\^/.exec(value.value) ?? [];
  // What separates becomes blanks, so that each option stays where it stands.
  const text = ' '.repeat(head.length) + value.value.slice(head.length).replaceAll(sign, ' '.repeat(sign.length));
  const plain: TreeDocument = { ...document, format: 'headers-file' };
  return [{ entries: optionsOfText({ ...value, value: text }), map: undefined, image, command: text, document: plain }];
}

/** `- NAME=value`, `- --option=value`, or `- name: NAME` with its value. */
function listScope(items: readonly TreeNode[], list: TreeNode, document: TreeDocument): Scope {
  const named = namedValues(mapsOf(list));
  if (named.length > 0) return { entries: named, map: undefined, image: imageBeside(list), document };
  const plain: TreeDocument = { ...document, format: 'headers-file' };
  return {
    entries: [...items.flatMap((item) => assignment(item, list)), ...optionsOfList(items, list)],
    map: undefined,
    image: imageBeside(list),
    command: textNodesOf(list)
      .map(({ value }) => value)
      .join(' '),
    document: plain,
  };
}

/** Maps that hold the name and the value of a variable: `name` of Kubernetes, `Name` of CloudFormation, `key` of Render. */
function namedValues(nodes: readonly TreeNode[]): TreeEntry[] {
  return nodes.flatMap((node): TreeEntry[] => {
    const [name] = ['name', 'Name', 'key'].flatMap((key) => textOf(valueAt(node, key)) ?? []);
    const value = entryOf(node, 'value') ?? entryOf(node, 'Value');
    return name === undefined || value === undefined ? [] : [{ ...value, key: name }];
  });
}

function assignment(item: TreeNode, list: TreeNode): TreeEntry[] {
  if (!isString(item)) return [];
  const [, key, value] = /^(--[\w.-]+|[A-Za-z_][\w.-]*)=(.*)$/s.exec(item.value) ?? [];
  const { start, end } = item.contentRange;
  // Where escapes shift the letters, no part of the text has a place of its own.
  if (key === undefined || value === undefined || end - start !== item.value.length) return [];
  const range = { ...item.contentRange, start: start + key.length + 1 };
  return [
    {
      key,
      keyRange: { ...range, start, end: start + key.length },
      value: { kind: 'scalar', range, contentRange: range, value, parent: list, ...(item.shared && { shared: true }) },
      range: { ...range, start },
    },
  ];
}

/** Of the container, or the service, that the variables belong to. */
function imageBeside(node: TreeNode): string | undefined {
  return node.parent?.kind === 'map' ? imageIn(node.parent) : undefined;
}

function imageIn(container: TreeMap): string | undefined {
  return textOf((entryOf(container, 'image') ?? entryOf(container, 'Image'))?.value);
}

function keyOf(node: TreeNode): string | undefined {
  return node.parent?.kind === 'map' ? node.parent.entries.find(({ value }) => value === node)?.key : undefined;
}

function readProduct(
  product: Product,
  { entries, map, image, command, document }: Scope,
  isGiven: (name: string) => boolean,
): Policy[] {
  const { title, names, isIt, service, refusal, asRead } = product;
  const of = (setting: keyof ProductNames): TreeEntry | undefined => {
    const entry = entries.findLast(({ key }) => names[setting]?.includes(key));
    if (entry === undefined) return undefined;
    const value = asText(entry.value);
    const isRead = asRead && (setting === 'origins' || setting === 'credentials');
    return { ...entry, value: isRead ? readBy(asRead, value, document) : value };
  };
  const [origins, patterns, credentials] = [of('origins'), of('patterns'), of('credentials')];
  if ((origins ?? patterns) === undefined || isTrue(of('disabled'))) return [];
  if (isIt && !isIt({ names: new Set(entries.map(({ key }) => key)), image, command })) return [];
  if ((names.enabled && !isTrue(of('enabled'))) || !isInForce(product, origins, entries)) return [];
  const found = service(origins, credentials);
  const opens = textOf(origins?.value)
    ?.split(',')
    .some((text) => found.origin(text.trim()) === 'any');
  const policy = servicePolicy({
    service: { ...found, title, textValues: true },
    document,
    scope: `all of ${title}`,
    purpose: purposeOf(document.path),
    reference: (node) => fallbackOf(node, isGiven),
    keys: {
      map,
      originsKey: names.origins[0]!,
      origins,
      patterns,
      credentials,
      ...(names.credentials && { credentialsKey: names.credentials[0]! }),
      methods: of('methods'),
      allowedHeaders: of('allowedHeaders'),
      exposedHeaders: of('exposedHeaders'),
      maxAge: of('maxAge'),
    },
    ...(refusal !== undefined && opens && isTrue(credentials) && { refusesToStart: refusal, failsWith: 500 }),
  });
  return [product.opensBy && origins ? { ...policy, edits: switchEdits(product.opensBy, origins, document) } : policy];
}

/** A switch says so, and what has to stand beside it does. */
function isInForce(
  { opensBy, needs }: Product,
  origins: TreeEntry | undefined,
  entries: readonly TreeEntry[],
): boolean {
  const says = (entry: TreeEntry | undefined, value: string): boolean =>
    entry !== undefined && textOf(asText(entry.value))?.trim().toLowerCase() === value;
  return (
    (opensBy === undefined || says(origins, opensBy.value)) &&
    (needs === undefined ||
      says(
        entries.findLast(({ key }) => needs.names.includes(key)),
        needs.value,
      ))
  );
}

function switchEdits(
  { otherwise }: NonNullable<Product['opensBy']>,
  { value }: TreeEntry,
  document: TreeDocument,
): Policy['edits'] {
  return otherwise === undefined ? {} : { switchOff: () => replaceValue(document, value, otherwise) };
}

/** YAML reads some texts as values of other types; a variable is always a text. */
function asText(node: TreeNode): TreeNode {
  return node.kind === 'scalar' && node.value !== null ? { ...node, value: String(node.value) } : node;
}

/** The part of a text that the product takes, where it stands; what has no place there is not edited. */
function readBy(asRead: (text: string) => string, node: TreeNode, { format }: TreeDocument): TreeNode {
  if (!isString(node)) return node;
  const value = asRead(node.value);
  if (value === node.value) return node;
  const { start, end } = node.contentRange;
  const at = node.value.indexOf(value);
  if (at < 0 || end - start !== node.value.length || format !== 'headers-file') return { ...node, value, shared: true };
  const range = { ...node.contentRange, start: start + at, end: start + at + value.length };
  return { ...node, value, range, contentRange: range };
}

function isTrue(entry: TreeEntry | undefined): boolean {
  return textOf(entry?.value)?.trim().toLowerCase() === 'true';
}

/** Whoever gives a value tells what it does. */
function isInEnvFile(name: string, { format, path }: TreeDocument, context: FrameworkContext): boolean {
  const file = format === 'yaml' && /compose[^/]*\.ya?ml$/.test(path) ? context.document('.env') : undefined;
  return file?.shape === 'tree' && entryOf(file.root, name) !== undefined;
}

/** `${APP_ORIGINS:-*}` as Docker Compose writes it, where the file of variables beside it has no value. */
function fallbackOf(node: TreeNode, isGiven: (name: string) => boolean): FilledIn | undefined {
  const [, name, fallback] = /^\$\{(\w+):?-([^{}]*)\}$/.exec(textOf(node)?.trim() ?? '') ?? [];
  if (name === undefined || fallback === undefined || isGiven(name)) return undefined;
  const text = isPlaceholder(fallback) ? undefined : partOfText(node, fallback);
  return { name, fallback, ...(text && { texts: [text] }) };
}

/**
 * `.env.development`, `.env.local`, `.env.test`, and what is copied to begin with: `.env.example`, `.env.template`. Scripts by what
 * they start: `dev.sh`, `run-local.sh`.
 */
function purposeOf(path: string): Policy['purpose'] {
  return /(^|\/)\.env\.(\w+\.)*(dev|development|local|test|testing|example|sample|template|dist)$/.test(path) ||
    /(^|[/_.-])(dev|develop|development|local|localhost|test|e2e)\.(ba)?sh$/.test(path)
    ? 'development'
    : 'application';
}
