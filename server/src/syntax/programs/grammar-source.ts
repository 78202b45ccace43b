/** Where grammars come from. The table of languages names them, and the editor's side reads that table without the parser. */

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
