/**
 * Files inside a file: an nginx snippet of an Ingress, a configuration in a ConfigMap. Each is read over a text that is blank
 * up to it, so that every position, and every edit, is one of the file itself.
 */
import type { DirectiveDocument } from '../syntax/directives/directives.ts';
import type { SourceRange } from '../syntax/range.ts';
import type { TreeDocument, TreeMap, TreeNode, TreeScalar } from '../syntax/trees/tree.ts';
import { withoutTemplateActions } from '../syntax/trees/template-actions.ts';
import { looksLikeNginx, sourceKind } from './language.ts';
import { languageOfId } from './languages.ts';
import type { SourceKind } from './languages.ts';
import { entriesOf, mapsOf, textOf, valueAt } from '../edits/tree-edits.ts';
import { readShape } from './read-shape.ts';
import { writtenFiles } from './written-files.ts';

export interface EmbeddedDocument {
  /** Written by a shell, which has signs of its own: nothing is edited there. */
  readonly readOnly?: true;
  readonly kind: SourceKind;
  readonly document: TreeDocument | DirectiveDocument;
}

const nginx = languageOfId('nginx')!.kind;
const xml = languageOfId('xml')!.kind;
const caddyfile = languageOfId('caddyfile')!.kind;
/** Of Mercure, as its image takes them. */
const settingsOfHub = /^[ \t]*cors_origins[ \t]/m;
const properties = languageOfId('java-properties')!.kind;
/** Of RabbitMQ, as its operator and its chart take them. */
const settingsOfBroker = /^[ \t]*management\.cors\./m;
/** Settings of both nginx controllers that hold text of nginx: `configuration-snippet`, `nginx.org/location-snippets`. */
const snippetKey = /(^|[./])(configuration|server|location|http)-snippets?$/;
const mostDocuments = 50;

/**
 * The files that block scalars of a YAML document hold, snippets on one line, and policies and configurations in Terraform and
 * Bicep. Those that are programs are left out.
 */
export function embeddedDocuments(tree: TreeDocument): EmbeddedDocument[] {
  if (tree.format === 'hcl' || tree.format === 'bicep') return textsOverLines(tree);
  if (tree.format === 'dockerfile' || tree.format === 'shell') return filesOfShell(tree);
  if (tree.format !== 'yaml' || !/:[ \t]*[|>]|-snippet/.test(tree.text)) return [];
  const blocks = blocksOf(tree).slice(0, mostDocuments);
  const joined = joinedSnippets(tree, blocks);
  return [
    ...joined,
    ...blocks.filter((block) => !joined.some((group) => group.includes(block))).map((block) => [block]),
  ].flatMap((together): EmbeddedDocument[] => {
    const [{ range, folded }] = together as [Block];
    const content = tree.text.slice(range.start, range.end);
    const kind = kindOf(together[0]!, content);
    // Folding changes the lines, which nginx does not look at.
    if (kind === undefined || kind.shape === 'program' || (folded && kind.shape === 'tree')) return [];
    const document = readShape(kind, tree.path, textOver(tree, together, kind.shape === 'directives'));
    return document === undefined ? [] : [{ kind, document }];
  });
}

/** Statements of nginx that a piece of a configuration begins with. */
const firstStatement =
  'server|location|map|upstream|add_header|more_set_headers|proxy_\\w+|if|http|events|user|worker_processes';
/** Behind comments. */
const beginsLikeNginx = new RegExp(`^\\s*(?:#[^\\n]*\\n\\s*)*(?:${firstStatement})[\\s({]`);

/** A variable of Ansible, a value of a chart, a file of a module: the key says nothing, the text does. */
function isNginxText(text: string): boolean {
  return beginsLikeNginx.test(text) && looksLikeNginx(text);
}

/** Where the key says nothing. */
function kindOfText(text: string): SourceKind | undefined {
  if (isNginxText(text)) return nginx;
  if (settingsOfHub.test(text)) return caddyfile;
  return settingsOfBroker.test(text) ? properties : undefined;
}

/** By the key, by the path that stands beside or above it, or by the text. */
function kindOf({ key, path }: Block, content: string): SourceKind | undefined {
  if (snippetKey.test(key)) return nginx;
  const name = path ?? key;
  if (/\.\w+$|\/[^/]+$/.test(name))
    return sourceKind(name, undefined, content) ?? (isNginxText(content) ? nginx : undefined);
  return kindOfText(content);
}

/** Files that a Dockerfile or a script writes. */
function filesOfShell(tree: TreeDocument): EmbeddedDocument[] {
  return writtenFiles(tree.text)
    .slice(0, mostDocuments)
    .flatMap(({ path, pieces }): EmbeddedDocument[] => {
      const content = pieces.map(({ text }) => text).join('\n');
      const kind = sourceKind(path, undefined, content) ?? (isNginxText(content) ? nginx : undefined);
      if (kind === undefined || kind.shape === 'program') return [];
      let [text, at] = ['', 0];
      for (const { range, text: piece } of pieces) {
        // The quotes between two pieces of one line end a line of the file.
        text += `${blank(tree.text.slice(at, range.start - 1))}${range.start > 0 ? '\n' : ''}${piece}`;
        at = range.end;
      }
      const document = readShape(kind, path, text);
      return document === undefined ? [] : [{ kind, document: { ...document, path: tree.path }, readOnly: true }];
    });
}

interface Block {
  readonly key: string;
  /** Of the file that it becomes. */
  readonly path: string | undefined;
  readonly range: SourceRange;
  readonly folded: boolean;
  readonly map: TreeMap;
}

/** Policies of Azure API Management, and configurations of nginx; what Terraform fills in stays a placeholder. */
function textsOverLines(tree: TreeDocument): EmbeddedDocument[] {
  const open = tree.format === 'hcl' ? '<<' : "'''";
  if (!tree.text.includes(open)) return [];
  const contents = tree.roots
    .flatMap(mapsBelow)
    .flatMap(({ entries }) =>
      entries.filter(
        ({ value }) =>
          value.kind === 'scalar' && typeof value.value === 'string' && tree.text.startsWith(open, value.range.start),
      ),
    );
  return contents.slice(0, mostDocuments).flatMap(({ value }): EmbeddedDocument[] => {
    const { start, end } = (value as TreeScalar).contentRange;
    const content = tree.text.slice(start, end);
    const kind = content.includes('<policies>') ? xml : isNginxText(content) ? nginx : undefined;
    const document = kind && readShape(kind, tree.path, blank(tree.text.slice(0, start)) + content);
    return document === undefined ? [] : [{ kind: kind!, document }];
  });
}

/** This map and all inside it. */
function mapsBelow(node: TreeNode): TreeMap[] {
  if (node.kind === 'list') return node.items.flatMap(mapsBelow);
  return node.kind === 'map' ? [node, ...node.entries.flatMap(({ value }) => mapsBelow(value))] : [];
}

/**
 * The snippets that a controller puts around every site are parts of one configuration: a `map` in one gives its variable to another.
 * Where two of them add headers, or one has blocks that others do not reach into, each is read by itself.
 */
function joinedSnippets(tree: TreeDocument, blocks: readonly Block[]): Block[][] {
  const own = blocks.filter(({ key }) => /^(?:http|server|location)-snippets?$/.test(key));
  const groups = [...new Set(own.map(({ map }) => map))].map((map) => own.filter((block) => block.map === map));
  return groups.filter((group) => {
    const texts = group.map(({ range }) => tree.text.slice(range.start, range.end));
    return (
      group.length > 1 &&
      texts.filter((text) => /\badd_header\b/.test(text)).length < 2 &&
      !texts.some((text) => /^\s*(?:server|location)\b[^;]*\{/m.test(text))
    );
  });
}

/** The file's text with everything blank but these blocks. */
function textOver(tree: TreeDocument, blocks: readonly Block[], templated: boolean): string {
  let [text, at] = ['', 0];
  for (const { range } of blocks) {
    const written = tree.text.slice(range.start, range.end);
    // What Compose would fill in is written with two dollar signs.
    const content = /compose[^/]*\.ya?ml$/.test(tree.path) ? written.replaceAll('$$', ' $') : written;
    text +=
      blank(tree.text.slice(at, range.start)) +
      (templated ? withoutActions(withoutTemplateActions(content, false)) : content);
    at = range.end;
  }
  return text;
}

function blocksOf(tree: TreeDocument): Block[] {
  const found: Block[] = [];
  const visit = (node: TreeNode, above: string | undefined): void => {
    if (node.kind === 'list') for (const item of node.items) visit(item, above);
    if (node.kind !== 'map') return;
    const path = pathIn(node) ?? above;
    for (const { key, value } of node.entries) {
      if (value.kind !== 'scalar') visit(value, contentKey.test(key) ? path : pathOfKey(tree, key));
      else if (!value.shared && (/[|>]/.test(tree.text[value.range.start] ?? '') || isSnippetLine(tree, key, value)))
        found.push({
          key,
          path: contentKey.test(key) ? path : undefined,
          range: value.contentRange,
          folded: tree.text[value.range.start] === '>',
          map: node,
        });
    }
  };
  for (const root of tree.roots) visit(root, undefined);
  return found;
}

/** Keys whose text becomes the file that is named beside it: cloud-init, Ansible, Butane. */
const contentKey = /^(content|contents|inline|block)$/;

function pathIn({ entries }: TreeMap): string | undefined {
  return entries
    .map(({ key, value }) => (/^(path|dest|destination|filename)$/.test(key) ? textOf(value) : undefined))
    .find(Boolean);
}

/** A key that is a path (Elastic Beanstalk), or the name of a config of Docker Compose that a service puts somewhere. */
function pathOfKey(tree: TreeDocument, key: string): string | undefined {
  if (key.startsWith('/')) return key;
  if (!/compose[^/]*\.ya?ml$/.test(tree.path)) return undefined;
  return entriesOf(valueAt(tree.root, 'services'))
    .flatMap(({ value }) => mapsOf(valueAt(value, 'configs')))
    .flatMap((map) => (textOf(valueAt(map, 'source')) === key ? [textOf(valueAt(map, 'target'))] : []))[0];
}

/** Line breaks are blanks to nginx; escapes would shift what stands in it, and between double quotes edits could not write any. */
function isSnippetLine(tree: TreeDocument, key: string, { value, range, contentRange }: TreeScalar): boolean {
  const content = tree.text.slice(contentRange.start, contentRange.end);
  return snippetKey.test(key) && typeof value === 'string' && tree.text[range.start] !== '"' && !content.includes("''");
}

/** A template's action is a variable that nothing is known of; alone on its line it is no text at all. */
function withoutActions(text: string): string {
  return text
    .replaceAll(/^[ \t]*(?:\{\{[^{}\r\n]*\}\}[ \t]*)+$/gm, blank)
    .replaceAll(/\{\{[^{}\r\n]*\}\}/g, (action) => `$${'_'.repeat(action.length - 1)}`);
}

function blank(text: string): string {
  return text.replaceAll(/[^\r\n]/g, ' ');
}
