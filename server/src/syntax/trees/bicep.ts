/**
 * Reads Bicep into the Tree of the resource template that it stands for: `parameters`, `variables`, and a list of
 * `resources` with their `type`, children inside their parents. An expression that is no literal is the text `${…}`.
 */
import type { Node as SyntaxNode, Tree } from '@vscode/tree-sitter-wasm';
import type { GrammarSource } from '../programs/grammar-source.ts';
import type { Grammar } from '../programs/grammar.ts';
import type { Comment } from '../programs/program.ts';
import type { SourceRange } from '../range.ts';
import { bodyOf, contentOf, isOpen, isResource, isSpread, sourceOf, textOf } from './bicep-nodes.ts';
import { misleads, repaired } from './bicep-repair.ts';
import type { TreeDocument, TreeEntry, TreeList, TreeMap, TreeNode, TreeScalar } from './tree.ts';

export const bicepGrammar: GrammarSource = { name: 'bicep', folder: 'tree-sitter-bicep' };

/** Deeper nesting than this is no template; every level needs a stack frame. */
const deepest = 200;

/** Never throws. Half-typed text keeps what is there: declarations are found inside of what the grammar cannot place. */
export function readBicep(path: string, text: string, grammar: Grammar): TreeDocument {
  const tree = parsed(text, grammar);
  try {
    const reader = new BicepReader(text);
    const root = reader.template(tree.rootNode);
    return {
      shape: 'tree',
      format: 'bicep',
      path,
      text,
      root,
      roots: root ? [root] : [],
      comments: commentsOf(tree.rootNode, reader),
    };
  } finally {
    tree.delete();
  }
}

/** A file of parameters: its values are the variables of the tree, which the grammar knows without a type. */
export function readBicepParameters(path: string, text: string, grammar: Grammar): TreeDocument {
  return { ...readBicep(path, text.replaceAll(/^([ \t]*)param(?=[ \t]+\w+[ \t]*=)/gm, '$1var  '), grammar), text };
}

function parsed(text: string, grammar: Grammar): Tree {
  const tree = grammar.parse(text);
  const readable = tree.rootNode.hasError || misleads(text) ? repaired(text) : text;
  if (readable === text) return tree;
  tree.delete();
  return grammar.parse(readable);
}

function commentsOf(root: SyntaxNode, reader: BicepReader): Comment[] {
  return root.descendantsOfType('comment').flatMap((node) =>
    node
      ? [
          {
            range: reader.rangeOf(node),
            text: node.text
              .replace(/^(\/\/+|\/\*+)/, '')
              .replace(/\*\/$/, '')
              .trim(),
          },
        ]
      : [],
  );
}

interface Declared {
  readonly map: TreeMap;
  readonly entries: TreeEntry[];
}

/** Makes the template of the declarations. */
class BicepReader {
  constructor(private readonly text: string) {}

  template(file: SyntaxNode): TreeNode | undefined {
    const range = { start: 0, end: this.text.length };
    const entries: TreeEntry[] = [];
    const root: TreeMap = { kind: 'map', range, entries };
    const declared = { parameters: this.part(root, range), variables: this.part(root, range) };
    const resources: TreeNode[] = [];
    const list: TreeList = { kind: 'list', range, parent: root, items: resources };

    const visit = (node: SyntaxNode): void => {
      const name = node.childForFieldName('name') ?? node.namedChildren.find((child) => child?.type === 'identifier');
      if (node.type === 'parameter_declaration' && name) this.declareParameter(declared.parameters, name, node);
      else if (node.type === 'variable_declaration' && name) this.declareVariable(declared.variables, name, node);
      else if (isResource(node)) resources.push(...this.resource(node, list, 0));
      else if (node.isError || node.type === 'infrastructure')
        for (const child of node.namedChildren) if (child) visit(child);
    };
    visit(file);
    for (const [key, { map }] of Object.entries(declared))
      entries.push({ key, keyRange: { start: 0, end: 0 }, value: map, range });
    entries.push({ key: 'resources', keyRange: { start: 0, end: 0 }, value: list, range });
    return resources.length > 0 || declared.parameters.entries.length + declared.variables.entries.length > 0
      ? root
      : undefined;
  }

  /** Without the line end that a quote was put in place of. */
  rangeOf({ startIndex: start, endIndex }: SyntaxNode): SourceRange {
    let end = Math.min(endIndex, this.text.length);
    while (end > start && (this.text[end - 1] === '\n' || this.text[end - 1] === '\r')) end--;
    return { start, end };
  }

  private part(parent: TreeMap, range: SourceRange): Declared {
    const entries: TreeEntry[] = [];
    return { map: { kind: 'map', range, parent, entries }, entries };
  }

  private declareVariable({ map, entries }: Declared, name: SyntaxNode, node: SyntaxNode): void {
    const value = this.valueBehindEquals(node, map, 0);
    if (value) entries.push({ key: name.text, keyRange: this.rangeOf(name), value, range: this.rangeOf(node) });
  }

  /** A parameter is a map with what it falls back to. */
  private declareParameter({ map, entries }: Declared, name: SyntaxNode, node: SyntaxNode): void {
    const own: TreeEntry[] = [];
    const value: TreeMap = { kind: 'map', range: this.rangeOf(node), parent: map, entries: own };
    const fallback = entry('defaultValue', this.rangeOf(name), this.valueBehindEquals(node, value, 0));
    if (fallback) own.push(fallback);
    entries.push({ key: name.text, keyRange: this.rangeOf(name), value, range: this.rangeOf(node) });
  }

  private valueBehindEquals(node: SyntaxNode, parent: TreeNode, depth: number): TreeNode | undefined {
    const { children } = node;
    const equals = children.findIndex((child) => child?.type === '=');
    const value =
      equals === -1
        ? undefined
        : children.slice(equals + 1).find((child) => child?.isNamed && child.type !== 'comment');
    return value ? this.valueOf(value, parent, depth) : undefined;
  }

  /**
   * The body as the template has it, with the type and the version from before it. What is `existing` may have new
   * children.
   */
  private resource(node: SyntaxNode, parent: TreeNode, depth: number): TreeMap[] {
    const { children } = node;
    const [type, body] = [
      children.find((child) => child?.type === 'string'),
      children.map((child) => bodyOf(child)).find((found) => found !== undefined),
    ];
    if (!type || !body || depth >= deepest) return [];
    const own: TreeEntry[] = [];
    const map: TreeMap = {
      kind: 'map',
      range: this.rangeOf(body),
      parent,
      entries: own,
      ...(isOpen(body) && { open: true as const }),
    };
    const written = textOf(type);
    const [, kind, version] = node.type === 'module_declaration' ? [] : (/^([^@]*)@?(.*)$/s.exec(written) ?? []);
    const at = (value: string): TreeScalar => ({
      kind: 'scalar',
      range: this.rangeOf(type),
      parent: map,
      value,
      contentRange: contentOf(type),
    });
    if (kind === undefined) own.push(entry('module', this.rangeOf(type), at(written))!);
    else
      own.push(
        entry('type', this.rangeOf(type), at(kind))!,
        entry('apiVersion', this.rangeOf(type), at(version ?? ''))!,
      );
    own.push(...this.properties(body, map, depth + 1));
    return [map];
  }

  private properties(object: SyntaxNode, map: TreeMap, depth: number): TreeEntry[] {
    const children: TreeNode[] = [];
    const nested: TreeList = { kind: 'list', range: this.rangeOf(object), parent: map, items: children };
    const entries = object.namedChildren.flatMap((child): TreeEntry[] => {
      if (!child || depth >= deepest) return [];
      const inner = isResource(child) ? child : child.namedChildren[0];
      if (inner && isResource(inner)) {
        children.push(...this.resource(inner, nested, depth));
        return [];
      }
      if (child.type !== 'object_property') return [];
      const [key, ...behind] = child.namedChildren.filter((found) => found?.type !== 'comment');
      const written = behind.find((found) => found !== null && !found.isError);
      if (!key || !written || (key.type === 'string' && key.descendantsOfType('interpolation').length > 0)) return [];
      const value = this.valueOf(written, map, depth);
      if (isSpread(child)) return value?.kind === 'map' ? [...value.entries] : [];
      return value
        ? [
            {
              key: key.type === 'string' ? textOf(key) : key.text,
              keyRange: this.rangeOf(key),
              value,
              range: { start: key.startIndex, end: value.range.end },
            },
          ]
        : [];
    });
    return children.length > 0
      ? [
          ...entries,
          {
            key: 'resources',
            keyRange: { start: object.startIndex, end: object.startIndex },
            value: nested,
            range: this.rangeOf(object),
          },
        ]
      : entries;
  }

  private valueOf(node: SyntaxNode, parent: TreeNode | undefined, depth: number): TreeNode | undefined {
    const range = this.rangeOf(node);
    const scalar = (value: TreeScalar['value'], contentRange = range): TreeScalar => ({
      kind: 'scalar',
      range,
      parent,
      value,
      contentRange,
    });
    if (depth >= deepest) return undefined;
    switch (node.type) {
      case 'object': {
        const entries: TreeEntry[] = [];
        const map: TreeMap = { kind: 'map', range, parent, entries, ...(isOpen(node) && { open: true as const }) };
        entries.push(...this.properties(node, map, depth + 1));
        return map;
      }
      case 'array':
        return this.listOf(node.namedChildren, { kind: 'list', range, parent, items: [] }, depth);
      case 'string':
        return scalar(textOf(node), contentOf(node));
      case 'number':
        return scalar(Number(node.text));
      case 'boolean':
        return scalar(node.text === 'true');
      case 'null':
        return scalar(null);
      case 'parenthesized_expression':
        return node.namedChildCount === 1 ? this.valueOf(node.namedChildren[0]!, parent, depth) : undefined;
      case 'ternary_expression':
        return this.eitherOr(node, parent, depth) ?? scalar(`\${${sourceOf(node)}}`);
      case 'call_expression':
        return this.joined(node, parent, depth) ?? scalar(`\${${sourceOf(node)}}`);
      default:
        return scalar(`\${${sourceOf(node)}}`);
    }
  }

  private listOf(members: readonly (SyntaxNode | null)[], list: TreeList, depth: number): TreeList {
    const items = list.items as TreeNode[];
    for (const member of members) {
      const item = member && member.type !== 'comment' ? this.valueOf(member, list, depth + 1) : undefined;
      if (item) items.push(item);
    }
    return list;
  }

  /** What is set under a condition, where nothing is set without it. */
  private eitherOr(ternary: SyntaxNode, parent: TreeNode | undefined, depth: number): TreeNode | undefined {
    const [, ...branches] = ternary.namedChildren.filter((child) => child !== null && child.type !== 'comment');
    const set = branches.filter(
      (branch) =>
        branch !== null &&
        branch.type !== 'null' &&
        !((branch.type === 'object' || branch.type === 'array') && branch.namedChildCount === 0),
    );
    return branches.length === 2 && set.length === 1 ? this.valueOf(set[0]!, parent, depth + 1) : undefined;
  }

  /** `union` and `concat` of literals and others: every member counts, but there is no bracket of all of them to write into. */
  private joined(call: SyntaxNode, parent: TreeNode | undefined, depth: number): TreeNode | undefined {
    const [name, given] = call.namedChildren;
    const values =
      given?.type === 'arguments' && (name?.text === 'union' || name?.text === 'concat')
        ? given.namedChildren.filter((child) => child !== null && child.type !== 'comment')
        : [];
    if (values.some((value) => value?.type === 'array')) {
      const list: TreeList = { kind: 'list', range: this.rangeOf(call), parent, items: [], shared: true };
      return this.listOf(
        values.flatMap((value) => (value?.type === 'array' ? value.namedChildren : [value])),
        list,
        depth,
      );
    }
    if (!values.some((value) => value?.type === 'object')) return undefined;
    const entries: TreeEntry[] = [];
    const map: TreeMap = { kind: 'map', range: this.rangeOf(call), parent, entries, open: true, shared: true };
    for (const value of values) if (value?.type === 'object') entries.push(...this.properties(value, map, depth + 1));
    return map;
  }
}

function entry(key: string, keyRange: SourceRange, value: TreeNode | undefined): TreeEntry | undefined {
  return (
    value && {
      key,
      keyRange,
      value,
      range: { start: Math.min(keyRange.start, value.range.start), end: value.range.end },
    }
  );
}
