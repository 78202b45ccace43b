/** tree-sitter grammars, loaded on demand; parsing with a loaded grammar is synchronous. */
import type { Language, ParseCallback, Parser as ParserType, Tree } from '@vscode/tree-sitter-wasm';
import * as treeSitter from '@vscode/tree-sitter-wasm';
import { UnreadableText } from '../unreadable-text.ts';
import type { GrammarName } from './grammar-source.ts';
import { keepParents } from './kept-parents.ts';

/** Told which span of the text somebody reads through a node of the tree, whole words at a time. */
export type OnRead = (start: number, end: number) => void;

/** A loaded grammar. `parse` is incremental when the previous tree has been told of the edit. */
export interface Grammar {
  readonly name: GrammarName;
  parse(text: string, previous?: Tree, read?: OnRead): Tree;
}

export interface Grammars {
  /** Rejects with a clear error when the grammar's file cannot be loaded; a later call tries again. */
  get(name: GrammarName): Promise<Grammar>;
}

/** `load` gives the bytes of `tree-sitter` (the runtime) and of each grammar by name. */
export function createGrammars(load: (name: string) => Promise<Uint8Array>): Grammars {
  const loaded = new Map<GrammarName, Promise<Grammar>>();
  return {
    get(name) {
      const known = loaded.get(name);
      if (known) return known;
      const promise = loadGrammar(name, load).catch((error: unknown) => {
        loaded.delete(name);
        throw new Error(
          `The grammar "${name}" could not be loaded: ${error instanceof Error ? error.message : String(error)}`,
        );
      });
      loaded.set(name, promise);
      return promise;
    },
  };
}

// The WebAssembly runtime exists once per process, whatever number of linters there is.
let runtime: Promise<void> | undefined;

async function begin(wasmBinary: Uint8Array): Promise<void> {
  await treeSitter.Parser.init({ wasmBinary } as unknown as Parameters<typeof ParserType.init>[0]);
  keepParents(treeSitter.Node);
}

async function loadGrammar(name: GrammarName, load: (name: string) => Promise<Uint8Array>): Promise<Grammar> {
  runtime ??= load('tree-sitter').then(begin);
  try {
    await runtime;
  } catch (error) {
    runtime = undefined;
    throw error;
  }
  const language: Language = await treeSitter.Language.load(await load(name));
  let parser: ParserType | undefined;
  return {
    name,
    parse(text, previous, read) {
      if (isDeeplyIndented(text)) throw new UnreadableText(`Its blocks are nested more than ${mostIndentations} deep.`);
      parser ??= parserOf(language);
      try {
        let isParsed = false;
        // Such a text is rare and short-lived, so that nothing of the tree before is used for it.
        const isOpen = hasOpenAnnotation(text);
        const whole = isOpen ? `${text}\n` : text;
        const given = (index: number): string =>
          read && isParsed ? wordAt(text, index, read) : whole.slice(index, index + longestPiece);
        const tree = treeOf(parser, given, isOpen ? undefined : previous);
        if (tree === null) throw new Error(`The grammar "${name}" gave no tree.`);
        isParsed = true;
        if (isOpen) ended.add(tree);
        return tree;
      } catch (error) {
        // It may have failed halfway, with a state that the next text would begin in.
        parser = undefined;
        throw error;
      }
    },
  };
}

/**
 * Where a text has an error, what the parser makes of it depends on the tree that it goes on from: such a text is parsed from its
 * beginning, so that the same text always says the same.
 */
function treeOf(parser: ParserType, text: ParseCallback, previous: Tree | undefined): Tree | null {
  const isSound = previous !== undefined && !ended.has(previous) && !previous.rootNode.hasError;
  const tree = parser.parse(text, isSound ? previous : undefined);
  if (!isSound || !tree?.rootNode.hasError) return tree;
  tree.delete();
  return parser.parse(text);
}

/**
 * The scanner of a grammar may look for the blank behind an annotation and not see that the text is at its end, so that it never comes
 * to one: a text whose last line is such a line is given its end.
 */
function hasOpenAnnotation(text: string): boolean {
  return text.lastIndexOf('@') > text.lastIndexOf('\n');
}

/** Trees of texts that were given one. */
const ended = new WeakSet<Tree>();

/**
 * In UTF-16 units, of what the parser is given at once. Scanners that ask for the column go back to the beginning of the line each time,
 * and what is given there is copied again.
 */
const longestPiece = 512;

const word = /[\w$]+|[^]/y;

/** A node asks for its text piece by piece until it has enough. */
function wordAt(text: string, offset: number, read: OnRead): string {
  word.lastIndex = offset;
  const found = word.exec(text)?.[0] ?? '';
  read(offset, offset + found.length);
  return found;
}

function parserOf(language: Language): ParserType {
  const parser = new treeSitter.Parser();
  parser.setLanguage(language);
  return parser;
}

/**
 * Scanners of grammars keep the indentations that are open in a buffer of fixed size, and some write beyond it, which breaks
 * the runtime for every text that follows. Python itself refuses more than 100 levels:
 * https://docs.python.org/3/reference/lexical_analysis.html#indentation
 */
const mostIndentations = 250;
const longIndentation = new RegExp(`^[ \\t]{${mostIndentations}}`, 'm');

function isDeeplyIndented(text: string): boolean {
  // So many levels end in a line that begins with as many blanks, which hardly any text has.
  if (!longIndentation.test(text)) return false;
  const open: number[] = [];
  for (const [blanks] of text.matchAll(/^[ \t]*(?=[^ \t\r\n])/gm)) {
    while (open.length > 0 && open.at(-1)! >= blanks.length) open.pop();
    if (open.push(blanks.length) > mostIndentations) return true;
  }
  return false;
}
