/**
 * Files inside a file: an nginx snippet of an Ingress, a configuration in a ConfigMap. Each is read over a text that is blank
 * up to it, so that every position, and every edit, is one of the file itself.
 */
import type { DirectiveDocument } from '../syntax/directives.ts';
import type { SourceRange } from '../syntax/range.ts';
import type { TreeDocument, TreeNode } from '../syntax/tree.ts';
import { sourceKind } from './language.ts';
import { languageOfId } from './languages.ts';
import type { SourceKind } from './languages.ts';
import { readShape } from './read-shape.ts';

export interface EmbeddedDocument { readonly kind: SourceKind; readonly document: TreeDocument | DirectiveDocument }

const nginx = languageOfId('nginx')!.kind;
/** Settings of both nginx controllers that hold text of nginx: `configuration-snippet`, `nginx.org/location-snippets`. */
const snippetKey = /(^|[./])(configuration|server|location|http)-snippets?$/;
const mostDocuments = 50;

/** The files that block scalars of a YAML document hold. Those that are programs are left out. */
export function embeddedDocuments(tree: TreeDocument): EmbeddedDocument[] {
  if (tree.format !== 'yaml' || !/:[ \t]*[|>]/.test(tree.text)) return [];
  return blocksOf(tree).slice(0, mostDocuments).flatMap(({ key, range, folded }): EmbeddedDocument[] => {
    const content = tree.text.slice(range.start, range.end);
    const kind = snippetKey.test(key) ? nginx : /\.\w+$/.test(key) ? sourceKind(key, undefined, content) : undefined;
    // Folding changes the lines, which nginx does not look at.
    if (kind === undefined || kind.shape === 'program' || (folded && kind.shape === 'tree')) return [];
    const text = blank(tree.text.slice(0, range.start)) + (kind.shape === 'directives' ? withoutActions(content) : content);
    const document = readShape(kind, tree.path, text);
    return document === undefined ? [] : [{ kind, document }];
  });
}

interface Block { readonly key: string; readonly range: SourceRange; readonly folded: boolean }

function blocksOf(tree: TreeDocument): Block[] {
  const found: Block[] = [];
  const visit = (node: TreeNode): void => {
    if (node.kind === 'list') node.items.forEach(visit);
    if (node.kind !== 'map') return;
    for (const { key, value } of node.entries) {
      if (value.kind !== 'scalar') visit(value);
      else if (!value.shared && /[|>]/.test(tree.text[value.range.start] ?? '')) found.push({ key, range: value.contentRange, folded: tree.text[value.range.start] === '>' });
    }
  };
  tree.roots.forEach(visit);
  return found;
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
