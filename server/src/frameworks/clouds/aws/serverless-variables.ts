/** Variables of the Serverless Framework: `${self:custom.origin}` is read in the same file, others have a fallback at most. */
import type { TreeDocument, TreeNode } from '../../../syntax/trees/tree.ts';
import { textOf, valueAt } from '../../../edits/tree-edits.ts';

const whole = /^\$\{([^{}]+)\}$/;

/** The node that a variable of the file itself stands for; the node as it is when it is no such variable, or leads nowhere. */
export function resolveSelf(document: TreeDocument, node: TreeNode): TreeNode {
  let current = node;
  // A variable may stand for another one; a circle of them ends here.
  for (let steps = 0; steps < 5; steps++) {
    const path = /^self:([\w.-]+)(?:\s*,.*)?$/.exec(sourceOf(current) ?? '')?.[1];
    const found = path === undefined ? undefined : valueAt(document.root, ...path.split('.'));
    if (found === undefined) return current;
    current = found;
  }
  return node;
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
