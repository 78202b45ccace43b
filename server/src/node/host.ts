/** What the linter needs from Node: grammars and the text of other files. */
import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { decodeText } from '../cli/read-text.ts';
import type { LintHost } from '../service/lint.ts';
import { longestText } from '../service/linter.ts';

/** Reads grammars from the folder beside the bundle, else from the package that ships them. */
export function nodeHost(): LintHost {
  // A test runner may load this file from memory, where it has no folder of its own.
  const here = typeof __dirname === 'string' && path.isAbsolute(__dirname) ? __dirname : process.cwd();
  const fileName = (name: string): string => (name === 'tree-sitter' ? 'tree-sitter.wasm' : `tree-sitter-${name}.wasm`);
  return {
    async loadGrammar(name) {
      try {
        return await readFile(path.join(here, 'grammars', fileName(name)));
      } catch {
        const require = createRequire(path.join(here, 'index.js'));
        return readFile(require.resolve(`@vscode/tree-sitter-wasm/wasm/${fileName(name)}`));
      }
    },
    async readFile(file) {
      try {
        const facts = await stat(file);
        return facts.isFile() && facts.size <= 8 * longestText ? decodeText(await readFile(file)).text : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
