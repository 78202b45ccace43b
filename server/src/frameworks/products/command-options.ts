/** Options of a command line as entries of a map, whether it is written as one text or as a list of words. */
import type { SourceRange } from '../../syntax/range.ts';
import type { TreeEntry, TreeNode } from '../../syntax/trees/tree.ts';
import { isString } from '../../edits/tree-edits.ts';

const option = /(?:^|\s)(--[\w.-]+)(?:(?:=|\s+(?!-))("[^"]*"|'[^']*'|[^\s"']+))?/g;

/** `mlflow server --cors-allowed-origins "*"`; an option without a value is `true`. */
export function optionsOfText(node: TreeNode): TreeEntry[] {
  if (!isString(node)) return [];
  const { start, end } = node.contentRange;
  // Where a text is folded, no part of it has a place of its own.
  const exact = end - start === node.value.length;
  return [...node.value.matchAll(option)].map((match): TreeEntry => {
    const [whole, key, written = ''] = match;
    const quoted = /^(["'])(.*)\1$/s.exec(written)?.[2];
    const value = quoted ?? written;
    const at = start + match.index + whole.length - written.length + (quoted === undefined ? 0 : 1);
    const keyStart = start + match.index + whole.indexOf('--');
    return entry(
      key!,
      exact ? { ...node.contentRange, start: keyStart, end: keyStart + key!.length } : node.range,
      value,
      exact && written !== '' ? { ...node.contentRange, start: at, end: at + value.length } : undefined,
      node,
    );
  });
}

/** `["--option", "value"]` and `["--option"]`; those with an equals sign are assignments. */
export function optionsOfList(items: readonly TreeNode[], list: TreeNode): TreeEntry[] {
  return items.flatMap((item, index): TreeEntry[] => {
    if (!isString(item) || !/^--[\w.-]+$/.test(item.value)) return [];
    const next = items[index + 1];
    return next && isString(next) && !next.value.startsWith('-')
      ? [entry(item.value, item.range, next.value, next.contentRange, list)]
      : [entry(item.value, item.range, '', undefined, list)];
  });
}

/** What has no place of its own is not edited. */
function entry(
  key: string,
  keyRange: SourceRange,
  value: string,
  place: SourceRange | undefined,
  parent: TreeNode,
): TreeEntry {
  const range = place ?? keyRange;
  return {
    key,
    keyRange,
    value: {
      kind: 'scalar',
      range,
      contentRange: range,
      value: value === '' ? 'true' : value,
      parent,
      ...(!place && { shared: true }),
    },
    range: { ...keyRange, end: range.end },
  };
}
