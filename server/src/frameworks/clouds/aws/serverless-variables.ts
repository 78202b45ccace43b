/** Variables of the Serverless Framework: `${self:custom.origin}` is read in the same file, others have a fallback at most. */
import type { TreeDocument, TreeNode } from '../../../syntax/trees/tree.ts';
import { withGiven } from '../../../models/services/given-values.ts';
import type { FrameworkContext } from '../../../models/framework.ts';
import { textOf, valueAt } from '../../../edits/tree-edits.ts';

/** The service with the files that it includes by `${file(./cors.yml):origins}`, each of which stands where it is. */
export function withIncludes(document: TreeDocument, context: FrameworkContext): TreeDocument {
  if (!document.text.includes('${file(')) return document;
  const included = (node: TreeNode): TreeNode => {
    const [, file, way] = /^\$\{file\(([\w./-]+\.(?:ya?ml|json))\)(?::([\w.-]+))?\s*\}$/.exec(textOf(node) ?? '') ?? [];
    const found = file === undefined ? undefined : context.document(file);
    if (found?.shape !== 'tree' || found.root === undefined) return node;
    const value = way === undefined ? found.root : valueAt(found.root, ...way.split('.'));
    return value ? withGiven(value, found.path, { whole: () => undefined }, () => undefined) : node;
  };
  const copy = (node: TreeNode): TreeNode => {
    if (node.kind === 'scalar') return included(node);
    return node.kind === 'list'
      ? { ...node, items: node.items.map(copy) }
      : { ...node, entries: node.entries.map((entry) => ({ ...entry, value: copy(entry.value) })) };
  };
  const root = document.root && copy(document.root);
  return { ...document, root, roots: root ? [root] : [] };
}

const whole = /^\$\{((?:[^{}]|\$\{[^{}]*\})+)\}$/;

/** The node that a variable of the file itself stands for; the node as it is when it is no such variable, or leads nowhere. */
export function resolveSelf(document: TreeDocument, node: TreeNode): TreeNode {
  let current = node;
  // A variable may stand for another one; a circle of them ends here.
  for (let steps = 0; steps < 5; steps++) {
    const path = wayOf(sourceOf(current) ?? '', document);
    const found = path === undefined ? undefined : valueAt(document.root, ...path);
    if (found === undefined) return current;
    current = found;
  }
  return node;
}

/** `self:custom.origins.prod`, also with a stage that the file sets, and `param:origin` of the default stage. */
function wayOf(source: string, document: TreeDocument): readonly string[] | undefined {
  const filledIn = source.replaceAll(/\$\{self:([\w.-]+)\}/g, (whole, way: string) => {
    const text = textOf(valueAt(document.root, ...way.split('.')));
    return text === undefined || text.includes('${') ? whole : text;
  });
  const [, kind, way] = /^(self|param):([\w.-]+)(?:\s*,.*)?$/.exec(filledIn) ?? [];
  if (way === undefined) return undefined;
  return kind === 'self' ? way.split('.') : ['params', 'default', ...way.split('.')];
}

/** Name and last fallback of `${env:APP_ORIGIN, '*'}`; undefined when it has no fallback in text. */
export function fallbackOf(node: TreeNode): { readonly name: string; readonly fallback: string } | undefined {
  const [name, ...others] = (sourceOf(node) ?? '').split(/\s*,\s*(?=(?:[^']*'[^']*')*[^']*$)/);
  const fallback = /^(['"])(.*)\1$/.exec(others.at(-1)?.trim() ?? '')?.[2];
  return name === undefined || fallback === undefined ? undefined : { name: name.trim(), fallback };
}

function sourceOf(node: TreeNode): string | undefined {
  return whole.exec(textOf(node)?.trim() ?? '')?.[1]?.trim();
}
