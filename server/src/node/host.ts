/** What the linter needs from Node: grammars and the text of other files. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import type { Dirent, Stats } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { decodeText } from '../cli/read-text.ts';
import { grammarSources } from '../service/languages.ts';
import type { LintHost } from '../service/lint.ts';
import { longestText } from '../service/linter.ts';
import { fromVscode } from '../syntax/programs/grammar.ts';

/** Reads grammars from the folder beside the bundle, else from the packages that ship them. */
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
        const source = grammarSources.find((one) => one.name === name) ?? fromVscode(name);
        return readFile(require.resolve(`${source.folder}/${fileName(name)}`));
      }
    },
    async readFile(file) {
      try {
        return isReadable(await stat(file)) ? decodeText(await readFile(file)).text : undefined;
      } catch {
        return undefined;
      }
    },
    async listFolder(folder) {
      try {
        return fileNames(await readdir(folder, { withFileTypes: true }));
      } catch {
        return undefined;
      }
    },
  };
}

/** The same for a command, which nobody waits for meanwhile: files are read without leaving the line of work. */
export function commandHost(): LintHost {
  return {
    ...nodeHost(),
    readFileNow(file) {
      try {
        const facts = statSync(file, { throwIfNoEntry: false });
        return facts && isReadable(facts) ? decodeText(readFileSync(file)).text : undefined;
      } catch {
        return undefined;
      }
    },
    listFolderNow(folder) {
      try {
        return fileNames(readdirSync(folder, { withFileTypes: true }));
      } catch {
        return undefined;
      }
    },
  };
}

/** In one order everywhere: which file is asked first must not depend on the disk. */
function fileNames(entries: readonly Dirent[]): string[] {
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
}

/** Pipes and devices may never end. */
function isReadable(facts: Stats): boolean {
  return facts.isFile() && facts.size <= 8 * longestText;
}
