/**
 * Settings that a program builds, as a tree like that of a file: what a cloud service makes of a map of settings is the
 * same whether a template or a program holds it.
 */
import type { Call, Expression, Program } from '../../syntax/programs/program.ts';
import type { SourceRange } from '../../syntax/range.ts';
import type { TreeDocument, TreeEntry, TreeNode } from '../../syntax/trees/tree.ts';
import type { OneOf, Value } from '../../values/value.ts';
import type { PlainValue } from '../../edits/tree-edits.ts';

export interface ProgramTree {
  /** The tree's document; its text is the program's. */
  readonly document: TreeDocument;
  /** The value as a node. What cannot be known is a placeholder, as in a file that a deployment fills in. */
  node(value: Value): TreeNode;
  /** For values from the environment: the variable, and the text that it falls back to. */
  reference(node: TreeNode): Reference | undefined;
}

/**
 * `constant` knows the values of a library's own names: `Cors.ALL_ORIGINS`. Where the language writes lists with their types, `edits` is
 * `none`.
 */
export function programTree(program: Program, constant: Constants, edits: 'own' | 'none' = 'own'): ProgramTree {
  const references = new Map<TreeNode, Reference>();
  const place = (range: SourceRange, parent: TreeNode | undefined): Place => ({
    range,
    ...(parent && { parent }),
    // An edit of what another file holds is not offered: it may serve others there.
    ...((edits === 'none' || (range.path !== undefined && range.path !== program.path)) && { shared: true as const }),
  });

  /** What somebody else may set, and what counts where nobody does. */
  function setting({ name, fallback }: GivenLater, range: SourceRange, parent: TreeNode | undefined): TreeNode {
    const found = placeholder(range, parent);
    const text = fallback && fallbackText(fallback);
    if (text !== undefined) references.set(found, { name, fallback: text });
    return found;
  }

  function node(value: Value, parent?: TreeNode): TreeNode {
    const { range } = value;
    const given = parameterOf(value, program);
    if (given) return setting(given, range, parent);
    switch (value.kind) {
      case 'list': {
        const items: TreeNode[] = [];
        const list: TreeNode = { kind: 'list', items, ...place(range, parent) };
        items.push(...value.items.map((item) => node(item, list)), ...(value.open ? [placeholder(range, list)] : []));
        return list;
      }
      case 'dict': {
        const entries: TreeEntry[] = [];
        const open = value.open && { open: true as const };
        const map: TreeNode = { kind: 'map', entries, ...place(range, parent), ...open };
        for (const entry of value.entries) entries.push({ ...entry, value: node(entry.value, map) });
        return map;
      }
      case 'environment':
        return setting(value, range, parent);
      case 'one-of': {
        const choice = chosen(value);
        if (choice === undefined) return placeholder(range, parent);
        return choice.name === undefined
          ? node(choice.value, parent)
          : setting({ name: choice.name, fallback: choice.value }, choice.value.range, parent);
      }
      default:
        return scalarOf(value, place(range, parent)) ?? constantNode(value, constant, parent);
    }
  }

  return { document: documentOf(program), node: (value) => node(value), reference: (found) => references.get(found) };
}

/**
 * Of `props.origins ?? ['*']` the name of what may be given, and what counts without it. Whole settings that count without others are
 * those of the program, and so is what holds in production. Undefined where nothing says which choice it is.
 */
function chosen({ choices }: OneOf): { readonly name?: string; readonly value: Value } | undefined {
  const [first, second] = choices;
  if (first === undefined || second === undefined || choices.length > 2) return undefined;
  const test = first.when.kind === 'not' ? first.when.test : first.when;
  if (test.kind === 'circumstance' && test.phase !== undefined)
    return (test.phase === 'production') === (first.when === test) ? first : second;
  const given = [first, second].filter(({ value }) => value.kind === 'unknown');
  const [fallback] = [first, second].filter(({ value }) => value.kind !== 'unknown');
  if (given.length !== 1 || fallback === undefined) return undefined;
  if (isSettings(fallback.value)) return fallback;
  const isNothing = test.kind === 'circumstance' && /^(null|None|undefined)$/.test(test.value ?? '');
  if ((fallback === first) !== (test !== first.when || isNothing)) return undefined;
  const subject = test.kind === 'circumstance' || test.kind === 'unknown' ? test.subject : undefined;
  const name = subject?.replace(/ at \d+ of \d+$/, '').replace(/\??\.length$/, '');
  return name === undefined ? undefined : { name, value: fallback.value };
}

function isSettings(value: Value): boolean {
  return value.kind === 'dict' || (value.kind === 'list' && value.items.some(({ kind }) => kind === 'dict'));
}

/** Of a list, its members with commas between them, as a variable of the environment holds them. */
function fallbackText(fallback: Value): string | undefined {
  if (fallback.kind === 'text') return fallback.text;
  if (fallback.kind !== 'list' || fallback.open) return undefined;
  const texts = fallback.items.flatMap((item) => (item.kind === 'text' ? [item.text] : []));
  return texts.length === fallback.items.length ? texts.join(',') : undefined;
}

/** `origin.valueAsString` of `new CfnParameter(scope, 'Origin', { default: '*' })`: a deployment may give another value. */
function parameterOf({ expression }: Value, program: Program): GivenLater | undefined {
  if (
    expression?.kind !== 'member' ||
    !/^(valueAsString|valueAsList|value_as_string|value_as_list)$/.test(expression.property)
  )
    return undefined;
  const { object } = expression;
  const made = object.kind === 'identifier' ? program.resolve(object)?.value : object;
  if (made?.kind !== 'call' || !/\bCfnParameter$/.test(made.callee.text)) return undefined;
  const name = made.arguments[1]?.value;
  const fallback = defaultOf(made);
  if (name?.kind !== 'string' || fallback?.kind !== 'string') return undefined;
  return { name: name.value, fallback: { kind: 'text', text: fallback.value, range: fallback.range } };
}

/** As a property of an object, or as a keyword argument. */
function defaultOf({ arguments: given }: Call): Expression | undefined {
  const named = given.find(({ name }) => name === 'default')?.value;
  const settings = given[2]?.value;
  return (
    named ?? (settings?.kind === 'object' ? settings.entries.find(({ key }) => key === 'default')?.value : undefined)
  );
}

/** What somebody else gives, and the value that counts where nobody does. */
interface GivenLater {
  readonly name: string;
  readonly fallback?: Value | undefined;
}
type Constants = (expression: Expression) => PlainValue | undefined;
/** The name of a variable, and the text that it falls back to; several origins stand between commas. */
interface Reference {
  readonly name: string;
  readonly fallback: string;
}
type Place = Pick<TreeNode, 'range' | 'parent' | 'shared'>;

/** Undefined for what is no literal. */
function scalarOf(value: Value, place: Place): TreeNode | undefined {
  switch (value.kind) {
    case 'text':
      return { kind: 'scalar', value: value.text, contentRange: value.contentRange ?? value.range, ...place };
    case 'number':
    case 'boolean':
      return { kind: 'scalar', value: value.value, contentRange: value.range, ...place };
    case 'nothing':
      return { kind: 'scalar', value: null, contentRange: value.range, ...place };
    default:
      return undefined;
  }
}

/** A name of the library, or what cannot be known. */
function constantNode({ range, expression }: Value, constant: Constants, parent: TreeNode | undefined): TreeNode {
  const known = expression && constant(expression);
  return known === undefined ? placeholder(range, parent) : plainNode(known, range, parent);
}

/** The tree as a whole has no root: each map of settings is read by itself. */
function documentOf({ path, text }: Program): TreeDocument {
  return { shape: 'tree', format: 'program', path, text: text.slice(0), root: undefined, roots: [], comments: [] };
}

function placeholder(range: SourceRange, parent: TreeNode | undefined): TreeNode {
  return { kind: 'scalar', value: '${unknown}', contentRange: range, range, ...(parent && { parent }) };
}

/** All parts of a constant stand where its name does; a name is not rewritten as a text or a number. */
function plainNode(value: PlainValue, range: SourceRange, parent: TreeNode | undefined): TreeNode {
  if (typeof value !== 'object')
    return { kind: 'scalar', value, contentRange: range, range, shared: true, ...(parent && { parent }) };
  const items: TreeNode[] = [];
  const list: TreeNode = { kind: 'list', items, range, ...(parent && { parent }) };
  items.push(...Object.values(value as readonly PlainValue[]).map((item) => plainNode(item, range, list)));
  return list;
}
