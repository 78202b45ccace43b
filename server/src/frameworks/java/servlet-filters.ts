/** Filters of a `web.xml`: class, parameters and the addresses that they are mapped to, as servlet containers read them. */
import type { Edit } from '../../syntax/range.ts';
import type { TreeDocument, TreeEntry, TreeMap, TreeNode, TreeScalar } from '../../syntax/trees/tree.ts';
import type { Fact } from '../../policy/policy.ts';
import { switchedOff } from '../../models/services/locked-out.ts';
import { entryOf } from '../../edits/tree-edits.ts';
import { deeper, indentationAt, lineEnd } from '../../edits/program-edits.ts';
import { elementAt, elementsBelow, elementsOf, entryFor, textNode } from '../../edits/xml-elements.ts';
import { appendElement, escaped } from '../../edits/xml-writer.ts';

export interface ServletFilter {
  /** The name of the class, where it is written. */
  readonly className: TreeScalar;
  /** The parameters as the entries of a map: a key is the text of `param-name`, and an entry is the whole `init-param`. */
  readonly parameters: TreeMap;
  /** The addresses that it is mapped to. */
  readonly scope: string;
  /** Adds a parameter behind the others. */
  readonly add: (name: string, value: string, placeholder?: string) => readonly Edit[];
}

export interface ServletFilters {
  /** In source order. */
  readonly filters: readonly ServletFilter[];
  /** Of the filters that no mapping of the application names: the container never asks them. */
  readonly facts: readonly Fact[];
}

/** The filters of this class. */
export function servletFilters(document: TreeDocument, className: RegExp): ServletFilters {
  const facts: Fact[] = [];
  const filters = elementsBelow(document.root, 'filter').flatMap((element): ServletFilter[] => {
    const name = textNode(elementAt(element, 'filter-class'));
    if (name === undefined || !className.test(name.value)) return [];
    if (!isMapped(document, element)) {
      facts.push(switchedOff({ keyRange: name.range }, 'The container', 'a <filter-mapping> names the filter'));
      return [];
    }
    const parameters: TreeMap = {
      kind: 'map',
      range: name.range,
      parent: element,
      entries: elementsOf(element, 'init-param').flatMap((parameter) => parameterEntry(document, parameter)),
    };
    return [
      {
        className: name,
        parameters,
        scope: scopeOf(document, element),
        add: (key, value, placeholder) => addParameter(document, element, key, value, placeholder),
      },
    ];
  });
  return { filters, facts };
}

function parameterEntry(document: TreeDocument, element: TreeMap): TreeEntry[] {
  const name = textNode(elementAt(element, 'param-name'));
  const holder = elementAt(element, 'param-value');
  if (name === undefined || holder === undefined) return [];
  return [
    {
      key: name.value,
      keyRange: name.range,
      value: textNode(holder) ?? nothingIn(document, holder),
      range: element.range,
    },
  ];
}

/** Nothing stands between the tags of an empty value. */
function nothingIn({ text }: TreeDocument, holder: TreeMap): TreeScalar {
  const [, before, inner] = /^(<[^>]*[^/>]>)(\s*)<\//.exec(text.slice(holder.range.start, holder.range.end)) ?? [];
  const start = holder.range.start + (before?.length ?? 0);
  const range = before === undefined ? holder.range : { start, end: start + inner!.length };
  return {
    kind: 'scalar',
    range,
    parent: holder,
    value: '',
    contentRange: range,
    ...(before === undefined && { shared: true }),
  };
}

function scopeOf({ root }: TreeDocument, filter: TreeMap): string {
  const name = textNode(elementAt(filter, 'filter-name'))?.value;
  const patterns = name === undefined || root === undefined ? undefined : mappingsIn(root).get(name);
  return patterns === undefined ? 'the application' : patterns.join(', ');
}

/** What stands without any mapping is a part of a file, and may be mapped elsewhere. */
function isMapped({ root }: TreeDocument, filter: TreeMap): boolean {
  const name = textNode(elementAt(filter, 'filter-name'))?.value;
  const mapped = elementsBelow(root, 'filter-mapping');
  const isWhole = entryOf(root, 'web-app') !== undefined && elementsBelow(root, 'servlet-mapping').length > 0;
  if (mapped.length === 0 && !isWhole) return true;
  return mapped.some((mapping) => textNode(elementAt(mapping, 'filter-name'))?.value === name);
}

const mappings = new WeakMap<TreeNode, ReadonlyMap<string, readonly string[]>>();

/** By the name of a filter: the addresses that it is mapped to, looked for once and not by each filter. */
function mappingsIn(root: TreeNode): ReadonlyMap<string, readonly string[]> {
  const known = mappings.get(root);
  if (known !== undefined) return known;
  const found = new Map<string, string[]>();
  for (const mapping of elementsBelow(root, 'filter-mapping')) {
    const name = textNode(elementAt(mapping, 'filter-name'))?.value;
    const patterns = elementsOf(mapping, 'url-pattern').flatMap((pattern) => textNode(pattern)?.value ?? []);
    if (name === undefined || patterns.length === 0) continue;
    const before = found.get(name);
    if (before === undefined) found.set(name, patterns);
    else before.push(...patterns);
  }
  mappings.set(root, found);
  return found;
}

/** In the layout of the last parameter. */
function addParameter(
  document: TreeDocument,
  filter: TreeMap,
  name: string,
  value: string,
  placeholder?: string,
): Edit[] {
  const { text } = document;
  const last = elementsOf(filter, 'init-param').at(-1) ?? elementAt(filter, 'filter-class');
  if (last === undefined) return [];
  const isParameter = entryFor(last)?.key === 'init-param';
  const oneLine = isParameter ? !text.slice(last.range.start, last.range.end).includes('\n') : !text.includes('\n');
  const indentation = indentationAt(text, last.range.start);
  const gap = oneLine ? '' : `${lineEnd(text)}${deeper(text, indentation)}`;
  const end = oneLine ? '' : `${lineEnd(text)}${indentation}`;
  return appendElement(
    document,
    last.range,
    `<init-param>${gap}<param-name>${escaped(name)}</param-name>${gap}<param-value>${escaped(value)}</param-value>${end}</init-param>`,
    placeholder,
  );
}
