/** Header lines of nginx: which directives add them, and which of them a block inherits. */
import type { SourceRange } from '../../../syntax/range.ts';
import type { Block, Item, Word } from './nginx-blocks.ts';
import { itemsNamed, rangeIn, statementRange } from './nginx-blocks.ts';
import { isLua, luaHeaders } from './nginx-lua.ts';

/** One header that one directive adds, sets or clears. */
export interface HeaderLine {
  readonly item: Item;
  readonly block: Block;
  readonly how: 'add' | 'set' | 'clear';
  /** Lower case, as written otherwise. */
  readonly name: string;
  readonly nameRange: SourceRange;
  /** With variables; empty for a cleared header. */
  readonly text: string;
  readonly word: Word;
  /** The value with its quotes where they are its own. */
  readonly valueRange: SourceRange;
  /** The value without quotes. */
  readonly contentRange: SourceRange;
  readonly always: boolean;
  readonly range: SourceRange;
}

const corsHeaders = [
  'allow-origin',
  'allow-credentials',
  'allow-methods',
  'allow-headers',
  'expose-headers',
  'max-age',
  'allow-private-network',
]
  .map((name) => `access-control-${name}`)
  .concat('vary');

/** The headers that the block's own directives write, in order. */
export const ownLines = onceForBlock((block) => block.items.flatMap((item) => linesOf(item, block)));

/**
 * A line that several blocks send is one line, so that a fix edits it once; and what a thousand locations ask of the block around
 * them is read there once.
 */
function onceForBlock(read: (block: Block) => readonly HeaderLine[]): (block: Block) => readonly HeaderLine[] {
  const known = new WeakMap<Block, readonly HeaderLine[]>();
  return (block) => {
    const lines = known.get(block) ?? read(block);
    known.set(block, lines);
    return lines;
  };
}

/** What is in force in the block: headers-more's lines first, because its filter runs first. */
export function effectiveLines(block: Block): HeaderLine[] {
  return [...moreLines(block), ...addLines(block)];
}

/** Lines of the enclosing block that this block's own `add_header` drops. */
export function droppedLines(block: Block): readonly HeaderLine[] {
  if (!block.parent || inheritance(block) !== 'on' || !hasOwnAdds(block)) return [];
  return addLines(block.parent);
}

export function hasOwnAdds(block: Block): boolean {
  return itemsNamed(block, 'add_header').length > 0;
}

const addLines = onceForBlock((block) => {
  const own = ownLines(block).filter((line) => line.how === 'add');
  const outer = block.parent ? addLines(block.parent) : [];
  const mode = inheritance(block);
  if (mode === 'merge') return [...own, ...outer];
  if (mode === 'off') return own;
  return hasOwnAdds(block) ? own : outer;
});

const moreLines = onceForBlock((block) => {
  const own = ownLines(block).filter((line) => line.how !== 'add');
  // Code of one phase takes the place of the outer code of that phase; what a location answers with itself is its own affair.
  const phases = new Set(block.items.filter(({ directive }) => isLua(directive)).map(phaseOf));
  const outer = block.parent ? moreLines(block.parent) : [];
  return [...outer.filter(({ item }) => !isLua(item.directive) || !isReplaced(phaseOf(item), phases)), ...own];
});

function phaseOf({ directive }: Item): string {
  return directive.name.replace(/_by_lua.*$/, '');
}

function isReplaced(phase: string, phases: ReadonlySet<string>): boolean {
  return phase === 'content' || phases.has(phase);
}

/** `add_header_inherit`, which is inherited itself. */
function inheritance(block: Block): 'on' | 'off' | 'merge' {
  const written = itemsNamed(block, 'add_header_inherit').at(-1)?.directive.args[0]?.text;
  if (written === 'on' || written === 'off' || written === 'merge') return written;
  return block.parent ? inheritance(block.parent) : 'on';
}

function linesOf(item: Item, block: Block): HeaderLine[] {
  const { name, args } = item.directive;
  if (name === 'add_header') {
    const [header, value, flag] = args;
    if (!header || !value) return [];
    return [
      {
        item,
        block,
        how: 'add',
        name: header.text.toLowerCase(),
        nameRange: rangeIn(item, header.contentRange),
        text: value.text,
        word: value,
        valueRange: rangeIn(item, value.range),
        contentRange: rangeIn(item, value.contentRange),
        always: flag?.text === 'always',
        range: statementRange(item),
      },
    ];
  }
  if (isLua(item.directive)) return luaLines(item, block);
  if (name !== 'more_set_headers' && name !== 'more_clear_headers') return [];
  const { headers, success } = moreArguments(args);
  return success ? headers.flatMap((word) => moreLine(word, item, block, name === 'more_clear_headers')) : [];
}

function luaLines(item: Item, block: Block): HeaderLine[] {
  return luaHeaders(item.directive).map((header) => ({
    item,
    block,
    how: header.text === undefined ? 'clear' : 'set',
    name: header.name,
    nameRange: rangeIn(item, header.nameRange),
    text: header.text ?? '',
    word: item.directive.args[0]!,
    valueRange: rangeIn(item, header.valueRange),
    contentRange: rangeIn(item, header.contentRange),
    always: true,
    range: rangeIn(item, header.range),
  }));
}

/** `-s` and `-t` limit the lines to statuses and types; lines for errors only are left out. */
export function moreArguments(args: readonly Word[]): { headers: Word[]; success: boolean } {
  const headers: Word[] = [];
  let success = true;
  for (let at = 0; at < args.length; at++) {
    const { text } = args[at]!;
    if (text === '-s') success = /(^|\s)2\d\d(\s|$)/.test(args[++at]?.text ?? '');
    else if (text === '-t') at++;
    else if (!text.startsWith('-')) headers.push(args[at]!);
  }
  return { headers, success };
}

function moreLine(word: Word, item: Item, block: Block, clears: boolean): HeaderLine[] {
  const colon = word.text.indexOf(':');
  const name = (colon < 0 ? word.text : word.text.slice(0, colon)).trim();
  const text = colon < 0 ? '' : word.text.slice(colon + 1).trim();
  const { start, end } = word.contentRange;
  const contentStart =
    colon < 0 ? end : end - (word.text.length - colon - 1) + /^\s*/.exec(word.text.slice(colon + 1))![0].length;
  const content = rangeIn(item, { start: Math.min(contentStart, end), end });
  // `more_clear_headers "Access-Control-*"` clears all that begin so.
  const names =
    clears && name.endsWith('*')
      ? corsHeaders.filter((one) => one.startsWith(name.slice(0, -1).toLowerCase()))
      : [name.toLowerCase()];
  return names.map((one) => ({
    item,
    block,
    how: clears || text === '' ? 'clear' : 'set',
    name: one,
    nameRange: rangeIn(item, { start, end: start + name.length }),
    text,
    word,
    valueRange: content,
    contentRange: content,
    always: true,
    range: statementRange(item),
  }));
}
