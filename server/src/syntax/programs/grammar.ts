/** tree-sitter grammars, loaded on demand; parsing with a loaded grammar is synchronous. */
import type { Language, Parser as ParserType, Tree } from '@vscode/tree-sitter-wasm';
import * as treeSitter from '@vscode/tree-sitter-wasm';

/** `typescript`: its file is called `tree-sitter-typescript.wasm`. */
export type GrammarName = string;

/** Where a grammar comes from. */
export interface GrammarSource {
  readonly name: GrammarName;
  /** The package and the folder in it that hold the file. */
  readonly folder: string;
}

/** A grammar that ships with the parser's own package. */
export function fromVscode(name: GrammarName): GrammarSource {
  return { name, folder: '@vscode/tree-sitter-wasm/wasm' };
}

/** A loaded grammar. `parse` is incremental when the previous tree has been told of the edit. */
export interface Grammar {
  readonly name: GrammarName;
  parse(text: string, previous?: Tree): Tree;
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

async function loadGrammar(name: GrammarName, load: (name: string) => Promise<Uint8Array>): Promise<Grammar> {
  runtime ??= load('tree-sitter').then((wasmBinary) =>
    treeSitter.Parser.init({ wasmBinary } as unknown as Parameters<typeof ParserType.init>[0]),
  );
  try {
    await runtime;
  } catch (error) {
    runtime = undefined;
    throw error;
  }
  const language: Language = await treeSitter.Language.load(await load(name));
  const parser = new treeSitter.Parser();
  parser.setLanguage(language);
  return {
    name,
    parse(text, previous) {
      const tree = parser.parse(text, previous);
      if (tree === null) throw new Error(`The grammar "${name}" gave no tree.`);
      return tree;
    },
  };
}
