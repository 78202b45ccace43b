/** Settings in YAML, as the nodes that settings in JSON are read from: what is said of a mistake there is said of it here. */
import type { Node, NodeType } from 'jsonc-parser';
import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Node as YamlNode, Pair } from 'yaml';
import { isTooDeepYaml } from '../syntax/trees/yaml.ts';

export interface YamlMistake {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

const tooDeep: YamlMistake = { message: 'The settings are nested too deeply.', start: 0, end: 0 };

/** Never throws. Undefined as the root where there is nothing, or nothing that can be read. */
export function parseYamlSettings(text: string): {
  readonly root: Node | undefined;
  readonly mistakes: readonly YamlMistake[];
} {
  if (isTooDeepYaml(text)) return { root: undefined, mistakes: [tooDeep] };
  const mistakes: YamlMistake[] = [];
  try {
    const { contents, errors } = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
    for (const { message, pos } of errors)
      mistakes.push({ message: `This is not YAML: ${inWords(message)}.`, start: pos[0], end: pos[1] });
    return { root: isMissing(contents) ? undefined : nodeOf(contents, mistakes), mistakes };
  } catch {
    // The parser needs a stack frame for each level.
    return { root: undefined, mistakes: [tooDeep] };
  }
}

/** `Map keys must be unique` → `map keys must be unique`. */
function inWords(message: string): string {
  const first = message.split('\n', 1)[0]!.replace(/[.:]?\s*$/, '');
  return first.charAt(0).toLowerCase() + first.slice(1);
}

function nodeOf(node: YamlNode, mistakes: YamlMistake[]): Node {
  const [start, end] = node.range ?? [0, 0];
  const place = { offset: start, length: end - start };
  if (isMap(node))
    return {
      type: 'object',
      ...place,
      children: node.items.flatMap((pair) => propertyOf(pair as Pair<YamlNode, YamlNode | null>, mistakes)),
    };
  if (isSeq(node))
    return { type: 'array', ...place, children: node.items.map((item) => nodeOf(item as YamlNode, mistakes)) };
  if (isAlias(node)) mistakes.push({ message: 'Settings refer to nothing: write it out.', start, end });
  const value: unknown = isScalar(node) ? node.value : undefined;
  return { type: typeOf(value), ...place, value };
}

/** Nothing is written, which YAML takes for null. */
function isMissing(node: YamlNode | null): node is null {
  return node === null || (isScalar(node) && node.value === null && node.range?.[0] === node.range?.[1]);
}

/** What has no value yet is half-typed, and is not there. */
function propertyOf({ key, value }: Pair<YamlNode, YamlNode | null>, mistakes: YamlMistake[]): Node[] {
  if (isMissing(value)) return [];
  const children = [{ ...nodeOf(key, mistakes), type: 'string' as const }, nodeOf(value, mistakes)];
  const [first, last] = children as [Node, Node];
  return [{ type: 'property', offset: first.offset, length: last.offset + last.length - first.offset, children }];
}

function typeOf(value: unknown): NodeType {
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'null';
}
