/** The blocks of an nginx file, with what `include` brings in from other files. */
import type { SourceRange } from '../../../syntax/range.ts';
import type { Directive, DirectiveDocument, Word } from '../../../syntax/directives/directives.ts';
import type { FrameworkContext } from '../../../models/framework.ts';

/** `file` stands for whatever surrounds a fragment: http, server or location. */
export type BlockKind = 'file' | 'http' | 'server' | 'location' | 'if';

/** One directive in the place where it takes effect. */
export interface Item {
  readonly directive: Directive;
  /** Set when it was read from an included file. */
  readonly path?: string;
  /** The directive of the linted file that included it. */
  readonly includedBy?: Directive;
  readonly block?: Block;
}

export interface Block {
  readonly kind: BlockKind;
  readonly directive?: Directive;
  readonly parent?: Block;
  readonly items: readonly Item[];
}

type OpenBlock = Omit<Block, 'items'> & { readonly items: Item[] };
interface Including {
  readonly path: string;
  readonly by: Directive;
  readonly chain: readonly string[];
}

const blockKinds: ReadonlyMap<string, BlockKind> = new Map([
  ['http', 'http'],
  ['server', 'server'],
  ['location', 'location'],
  ['if', 'if'],
]);
/** Blocks of other protocols, which have a `server` too. */
const otherProtocols = new Set(['stream', 'mail', 'events', 'types', 'upstream']);
const deepestInclude = 5;
const mostItems = 20_000;

/** The tree of blocks. An include that cannot be read, or that names several files, stays an item of its own. */
export function readBlocks(document: DirectiveDocument, context: FrameworkContext): Block {
  const root: OpenBlock = { kind: 'file', items: [] };
  let left = mostItems;
  const fill = (block: OpenBlock, directives: readonly Directive[], included: Including | undefined): void => {
    for (const directive of directives) {
      if (left-- <= 0 || otherProtocols.has(directive.name)) continue;
      const place = included && { path: included.path, includedBy: included.by };
      if (directive.name === 'include' && directive.args.length === 1) {
        const other = includedDocument(directive.args[0]!.text, included, context);
        if (other) {
          fill(block, other.directives, {
            path: other.path,
            by: included?.by ?? directive,
            chain: [...(included?.chain ?? []), other.path],
          });
          continue;
        }
      }
      const kind = blockKinds.get(directive.name);
      const inner: OpenBlock | undefined =
        kind && directive.block ? { kind, directive, parent: block, items: [] } : undefined;
      block.items.push({ directive, ...place, ...(inner && { block: inner }) });
      if (inner) fill(inner, directive.block!, included);
    }
  };
  fill(root, document.directives, undefined);
  return root;
}

/** nginx resolves a relative path from the folder of nginx.conf: that is the file's own folder, or the one above it. */
function includedDocument(
  name: string,
  included: Including | undefined,
  context: FrameworkContext,
): DirectiveDocument | undefined {
  if (/[*?[$]/.test(name) || (included?.chain.length ?? 0) >= deepestInclude) return undefined;
  const relative = name.replace(/^\/(usr\/local\/)?etc\/nginx\//, '');
  const found = [name, ...(relative.startsWith('/') ? [] : [relative, `../${relative}`])]
    .map((path) => context.document(path))
    .find((other) => other?.shape === 'directives');
  if (found?.shape !== 'directives' || found.path === context.path || included?.chain.includes(found.path))
    return undefined;
  return found;
}

/** Every block with everything inside it, outer ones first. */
export function allBlocks(root: Block): Block[] {
  return [root, ...childBlocks(root).flatMap(allBlocks)];
}

export function childBlocks(block: Block): Block[] {
  return block.items.flatMap((item) => (item.block ? [item.block] : []));
}

const byName = new WeakMap<Block, ReadonlyMap<string, readonly Item[]>>();

/** The block's own directives of this name, in order: what a server says is asked for by each of its locations. */
export function itemsNamed(block: Block, name: string): readonly Item[] {
  const known = byName.get(block) ?? grouped(block);
  byName.set(block, known);
  return known.get(name) ?? [];
}

function grouped({ items }: Block): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const { name } = item.directive;
    const before = groups.get(name);
    if (before) before.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}

/** The range in the file where it stands. */
export function rangeIn(item: Item, range: SourceRange): SourceRange {
  return item.path === undefined ? range : { ...range, path: item.path };
}

/** From the directive's name to its last word. */
export function statementRange(item: Item): SourceRange {
  const { nameRange, args } = item.directive;
  return rangeIn(item, { start: nameRange.start, end: args.at(-1)?.range.end ?? nameRange.end });
}

/** Words for the requests that a block answers. */
export function scopeOf(block: Block): string {
  const words = block.directive?.args.map((word) => word.text).join(' ') ?? '';
  switch (block.kind) {
    case 'location':
      return `location ${words}`;
    case 'server': {
      const name = itemsNamed(block, 'server_name')[0]?.directive.args[0]?.text;
      return name === undefined || name === '_' ? 'server' : `server ${name}`;
    }
    case 'http':
      return 'every server';
    default:
      return 'where this file is included';
  }
}

/** A file is what its own directives can only stand in. */
export function fileRole(root: Block): 'http' | 'server' | 'location' {
  const hasBlock = (name: string): boolean => itemsNamed(root, name).some(({ block }) => block !== undefined);
  if (hasBlock('http') || hasBlock('server') || itemsNamed(root, 'map').length > 0) return 'http';
  return hasBlock('location') ? 'server' : 'location';
}

export type { Word };
