/**
 * Reads Bicep into the Tree of the resource template that it stands for: `parameters`, `variables`, and a list of
 * `resources` with their `type`, children inside their parents. An expression that is no literal is the text `${…}`.
 */
import type { Node as SyntaxNode, Tree } from '@vscode/tree-sitter-wasm';
import type { Grammar, GrammarSource } from '../programs/grammar.ts';
import type { Comment } from '../programs/program.ts';
import type { SourceRange } from '../range.ts';
import type { TreeDocument, TreeEntry, TreeList, TreeMap, TreeNode, TreeScalar } from './tree.ts';

export const bicepGrammar: GrammarSource = { name: 'bicep', folder: 'tree-sitter-bicep' };

/** Deeper nesting than this is no template; every level needs a stack frame. */
const deepest = 200;

/** Never throws. Half-typed text keeps what is there: declarations are found inside of what the grammar cannot place. */
export function readBicep(path: string, text: string, grammar: Grammar): TreeDocument {
  const tree = parsed(text, grammar);
  try {
    const { template, rangeOf } = createReader(text);
    const root = template(tree.rootNode);
    return {
      shape: 'tree',
      format: 'bicep',
      path,
      text,
      root,
      roots: root ? [root] : [],
      comments: commentsOf(tree.rootNode, rangeOf),
    };
  } finally {
    tree.delete();
  }
}

function parsed(text: string, grammar: Grammar): Tree {
  const tree = grammar.parse(text);
  const readable = tree.rootNode.hasError ? repaired(text) : text;
  if (readable === text) return tree;
  tree.delete();
  return grammar.parse(readable);
}

/** A name for what an object takes over from another. */
const spread = '_:';

/**
 * A text that has lost its quote would go on to the next one, however far that is: it gets one in place of its line end, where Bicep's
 * own texts end, and a list that a property follows its bracket. Spreads, which the grammar does not know, become a property or a member of the same length. Nothing moves.
 */
function repaired(text: string): string {
  const changes: { readonly at: number; readonly by: string }[] = [];
  const token = /\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)|'''[\s\S]*?(?:'''|$)|\.{3}|['{}[\]\n]/g;
  const inText = /(?:[^'\\\r\n$]|\\[^\r\n]|\$(?!\{))*('|\$\{|\\?\r?\n|\\?$)/y;
  const open: string[] = [];
  const leaveText = (): void => {
    if (open.includes("'")) open.length = open.indexOf("'");
  };
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [found] = match;
    if (found === '...') changes.push({ at: match.index, by: open.at(-1) === '[' ? '   ' : `${spread} ` });
    else if (found === '\n') {
      leaveText();
      if (open.at(-1) === '[' && /^[ \t]*\w+[ \t]*:/.test(text.slice(token.lastIndex, token.lastIndex + 120))) {
        changes.push({ at: match.index, by: ']' });
        open.pop();
      }
    } else if (found === '{' || found === '[' || found === "'") open.push(found);
    else if (found === '}' || found === ']') open.pop();
    if (open.at(-1) !== "'") continue;
    inText.lastIndex = token.lastIndex;
    const end = inText.exec(text)?.[1];
    if (end === undefined) break;
    token.lastIndex = inText.lastIndex;
    if (end === '${') open.push('{');
    else if (end === "'") open.pop();
    else {
      changes.push({ at: inText.lastIndex - end.length, by: "'" });
      leaveText();
    }
  }
  return changes.reduceRight((written, { at, by }) => written.slice(0, at) + by + written.slice(at + by.length), text);
}

function commentsOf(root: SyntaxNode, rangeOf: (node: SyntaxNode) => SourceRange): Comment[] {
  return root.descendantsOfType('comment').flatMap((node) =>
    node
      ? [
          {
            range: rangeOf(node),
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

function createReader(text: string) {
  function template(file: SyntaxNode): TreeNode | undefined {
    const range = { start: 0, end: text.length };
    const entries: TreeEntry[] = [];
    const root: TreeMap = { kind: 'map', range, entries };
    const declared = { parameters: part(root, range), variables: part(root, range) };
    const resources: TreeNode[] = [];
    const list: TreeList = { kind: 'list', range, parent: root, items: resources };

    const visit = (node: SyntaxNode): void => {
      const name = node.childForFieldName('name') ?? node.namedChildren.find((child) => child?.type === 'identifier');
      if (node.type === 'parameter_declaration' && name)
        declare(declared.parameters, name, node, (map) => [
          entry('defaultValue', rangeOf(name), valueBehindEquals(node, map, 0)),
        ]);
      else if (node.type === 'variable_declaration' && name) declare(declared.variables, name, node);
      else if (isResource(node)) resources.push(...resource(node, list, 0));
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

  function part(parent: TreeMap, range: SourceRange): Declared {
    const entries: TreeEntry[] = [];
    return { map: { kind: 'map', range, parent, entries }, entries };
  }

  /** A variable is its value; a parameter is a map with what it falls back to. */
  function declare(
    { map, entries }: Declared,
    name: SyntaxNode,
    node: SyntaxNode,
    inside?: (map: TreeMap) => (TreeEntry | undefined)[],
  ): void {
    let value = inside ? undefined : valueBehindEquals(node, map, 0);
    if (inside) {
      const own: TreeEntry[] = [];
      const holder: TreeMap = { kind: 'map', range: rangeOf(node), parent: map, entries: own };
      own.push(...inside(holder).filter((found) => found !== undefined));
      value = holder;
    }
    if (value) entries.push({ key: name.text, keyRange: rangeOf(name), value, range: rangeOf(node) });
  }

  function valueBehindEquals(node: SyntaxNode, parent: TreeNode, depth: number): TreeNode | undefined {
    const { children } = node;
    const equals = children.findIndex((child) => child?.type === '=');
    const value =
      equals === -1
        ? undefined
        : children.slice(equals + 1).find((child) => child?.isNamed && child.type !== 'comment');
    return value ? valueOf(value, parent, depth) : undefined;
  }

  /** The body as the template has it, with the type and the version from before it. What is `existing` may have new children. */
  function resource(node: SyntaxNode, parent: TreeNode, depth: number): TreeMap[] {
    const { children } = node;
    const [type, body] = [
      children.find((child) => child?.type === 'string'),
      children.map((child) => bodyOf(child)).find((found) => found !== undefined),
    ];
    if (!type || !body || depth >= deepest) return [];
    const own: TreeEntry[] = [];
    const map: TreeMap = {
      kind: 'map',
      range: rangeOf(body),
      parent,
      entries: own,
      ...(isOpen(body) && { open: true as const }),
    };
    const written = textOf(type);
    const [, kind, version] = node.type === 'module_declaration' ? [] : (/^([^@]*)@?(.*)$/s.exec(written) ?? []);
    const at = (value: string): TreeScalar => ({
      kind: 'scalar',
      range: rangeOf(type),
      parent: map,
      value,
      contentRange: contentOf(type),
    });
    if (kind === undefined) own.push(entry('module', rangeOf(type), at(written))!);
    else own.push(entry('type', rangeOf(type), at(kind))!, entry('apiVersion', rangeOf(type), at(version ?? ''))!);
    own.push(...properties(body, map, depth + 1));
    return [map];
  }

  function properties(object: SyntaxNode, map: TreeMap, depth: number): TreeEntry[] {
    const children: TreeNode[] = [];
    const nested: TreeList = { kind: 'list', range: rangeOf(object), parent: map, items: children };
    const entries = object.namedChildren.flatMap((child): TreeEntry[] => {
      if (!child || depth >= deepest) return [];
      const inner = isResource(child) ? child : child.namedChildren[0];
      if (inner && isResource(inner)) {
        children.push(...resource(inner, nested, depth));
        return [];
      }
      if (child.type !== 'object_property') return [];
      const [key, ...behind] = child.namedChildren.filter((found) => found?.type !== 'comment');
      const written = behind.find((found) => found !== null && !found.isError);
      if (!key || !written || (key.type === 'string' && key.descendantsOfType('interpolation').length > 0)) return [];
      const value = valueOf(written, map, depth);
      if (isSpread(child)) return value?.kind === 'map' ? [...value.entries] : [];
      return value
        ? [
            {
              key: key.type === 'string' ? textOf(key) : key.text,
              keyRange: rangeOf(key),
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
            range: rangeOf(object),
          },
        ]
      : entries;
  }

  function valueOf(node: SyntaxNode, parent: TreeNode | undefined, depth: number): TreeNode | undefined {
    const range = rangeOf(node);
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
        entries.push(...properties(node, map, depth + 1));
        return map;
      }
      case 'array':
        return listOf(node.namedChildren, { kind: 'list', range, parent, items: [] }, depth);
      case 'string':
        return scalar(textOf(node), contentOf(node));
      case 'number':
        return scalar(Number(node.text));
      case 'boolean':
        return scalar(node.text === 'true');
      case 'null':
        return scalar(null);
      case 'parenthesized_expression':
        return node.namedChildCount === 1 ? valueOf(node.namedChildren[0]!, parent, depth) : undefined;
      case 'ternary_expression':
        return eitherOr(node, parent, depth) ?? scalar(`\${${node.text}}`);
      case 'call_expression':
        return joined(node, parent, depth) ?? scalar(`\${${node.text}}`);
      default:
        return scalar(`\${${node.text}}`);
    }
  }

  function listOf(members: readonly (SyntaxNode | null)[], list: TreeList, depth: number): TreeList {
    const items = list.items as TreeNode[];
    for (const member of members) {
      const item = member && member.type !== 'comment' ? valueOf(member, list, depth + 1) : undefined;
      if (item) items.push(item);
    }
    return list;
  }

  /** What is set under a condition, where nothing is set without it. */
  function eitherOr(ternary: SyntaxNode, parent: TreeNode | undefined, depth: number): TreeNode | undefined {
    const [, ...branches] = ternary.namedChildren.filter((child) => child !== null && child.type !== 'comment');
    const set = branches.filter(
      (branch) =>
        branch !== null &&
        branch.type !== 'null' &&
        !((branch.type === 'object' || branch.type === 'array') && branch.namedChildCount === 0),
    );
    return branches.length === 2 && set.length === 1 ? valueOf(set[0]!, parent, depth + 1) : undefined;
  }

  /** `union` and `concat` of literals and others: every member counts, but there is no bracket of all of them to write into. */
  function joined(call: SyntaxNode, parent: TreeNode | undefined, depth: number): TreeNode | undefined {
    const [name, given] = call.namedChildren;
    const values =
      given?.type === 'arguments' && (name?.text === 'union' || name?.text === 'concat')
        ? given.namedChildren.filter((child) => child !== null && child.type !== 'comment')
        : [];
    if (values.some((value) => value?.type === 'array')) {
      const list: TreeList = { kind: 'list', range: rangeOf(call), parent, items: [], shared: true };
      return listOf(
        values.flatMap((value) => (value?.type === 'array' ? value.namedChildren : [value])),
        list,
        depth,
      );
    }
    if (!values.some((value) => value?.type === 'object')) return undefined;
    const entries: TreeEntry[] = [];
    const map: TreeMap = { kind: 'map', range: rangeOf(call), parent, entries, open: true, shared: true };
    for (const value of values) if (value?.type === 'object') entries.push(...properties(value, map, depth + 1));
    return map;
  }

  /** Without the line end that a quote was put in place of. */
  function rangeOf({ startIndex: start, endIndex }: SyntaxNode): SourceRange {
    let end = Math.min(endIndex, text.length);
    while (end > start && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
    return { start, end };
  }

  /** Between the quotes, of which a half-typed text may have one only; the first line end of a text over lines is not in it. */
  function contentOf(node: SyntaxNode): SourceRange {
    const { text } = node;
    const quote = text.startsWith("'''") ? "'''" : "'";
    const open = quote.length + (quote === "'" ? 0 : /^\r?\n?/.exec(text.slice(3))![0].length);
    const closed = text.length >= open + quote.length && text.endsWith(quote);
    return { start: node.startIndex + open, end: node.endIndex - (closed ? quote.length : 0) };
  }

  /** Interpolations stay as they are written: as `${…}` they tell that something is filled in. */
  function textOf(node: SyntaxNode): string {
    const { start, end } = contentOf(node);
    const content = node.text.slice(start - node.startIndex, end - node.startIndex);
    return node.text.startsWith("'''")
      ? content
      : content.replaceAll(/\\(?:u\{([0-9a-fA-F]{1,6})\}|([\s\S]))/g, (whole, code?: string, letter?: string) => {
          if (code !== undefined)
            return Number.parseInt(code, 16) <= 0x10ffff ? String.fromCodePoint(Number.parseInt(code, 16)) : whole;
          return { n: '\n', r: '\r', t: '\t' }[letter!] ?? letter!;
        });
  }

  return { template, rangeOf };
}

const isResource = ({ type }: SyntaxNode): boolean => type === 'resource_declaration' || type === 'module_declaration';

/** The object of a declaration, also of one under a condition or in a loop. */
function bodyOf(node: SyntaxNode | null): SyntaxNode | undefined {
  if (node?.type === 'object') return node;
  if (node?.type !== 'if_statement' && node?.type !== 'for_statement') return undefined;
  return node.namedChildren.map(bodyOf).find((found) => found !== undefined);
}

/** Spreads and slips of the finger may bring more keys than are seen. */
const isOpen = (object: SyntaxNode): boolean =>
  object.namedChildren.some((child) => child !== null && (child.isError || isSpread(child)));
const isSpread = (property: SyntaxNode): boolean => property.text.startsWith(spread);

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
