/** Nodes of a Program whose members are computed when somebody asks for them, each once. */
import type { Node } from './program.ts';
import type { SourceRange } from '../range.ts';
import type { SourceText } from '../source-text.ts';

/** What every lowered node can say of itself. */
export interface NodeSource {
  readonly text: SourceText;
  readonly parent: () => Node | undefined;
}

const source = Symbol('source');
const members = Symbol('members');

/** A node before its members are known. */
interface Lowered {
  readonly range: SourceRange;
  readonly [source]: NodeSource;
  readonly [members]: Readonly<Record<string, () => unknown>>;
}

const basis = Object.create(null, {
  text: {
    get(this: Lowered) {
      return this[source].text.slice(this.range.start, this.range.end);
    },
  },
  parent: {
    get(this: Lowered) {
      return kept(this, 'parent', this[source].parent());
    },
  },
}) as object;

/** One for each set of names: making an accessor costs more than making a node, and there are thousands of nodes and few sets. */
const prototypes = new Map<string, object>();

/** `now` is known, each member of `later` is computed when it is first asked for. */
export function loweredNode(
  from: NodeSource,
  range: SourceRange,
  now: { readonly kind: Node['kind'] } & Record<string, unknown>,
  later: Readonly<Record<string, () => unknown>>,
): Node {
  const node = Object.create(prototypeFor(Object.keys(later))) as Record<string | symbol, unknown>;
  Object.assign(node, now);
  node.range = range;
  node[source] = from;
  node[members] = later;
  return node as unknown as Node;
}

function prototypeFor(names: readonly string[]): object {
  const key = names.join(' ');
  const known = prototypes.get(key);
  if (known) return known;
  const accessors = names.map((name): [string, PropertyDescriptor] => [
    name,
    {
      get(this: Lowered) {
        return kept(this, name, this[members][name]!());
      },
    },
  ]);
  const made = Object.create(basis, Object.fromEntries(accessors)) as object;
  prototypes.set(key, made);
  return made;
}

function kept<T>(node: object, name: string, value: T): T {
  Object.defineProperty(node, name, { value, enumerable: true });
  return value;
}
