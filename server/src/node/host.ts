/** What the linter needs from Node: grammars and the text of other files. */
import { constants, existsSync, promises, readdirSync, readFileSync, statSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { brotliDecompressSync } from 'node:zlib';
import type { CommandHost } from '../cli/check.ts';
import { decodeText } from '../cli/read-text.ts';
import { liesWithin, readBytes, realPathWithin } from '../cli/regular-file.ts';
import { grammarSources } from '../service/languages.ts';
import type { LintHost } from '../service/lint.ts';
import { longestText } from '../service/linter.ts';
import { fromVscode } from '../syntax/programs/grammar-source.ts';

/** Reads grammars from the folder beside the bundle, else from the packages that ship them. */
export function nodeHost(): LintHost {
  // A test runner may load this file from memory, where it has no folder of its own.
  const here = typeof __dirname === 'string' && path.isAbsolute(__dirname) ? __dirname : process.cwd();
  const fileName = (name: string): string => (name === 'tree-sitter' ? 'tree-sitter.wasm' : `tree-sitter-${name}.wasm`);
  return {
    // Once a grammar and without waiting: to load what waits takes longer than to read one.
    async loadGrammar(name) {
      const file = path.join(here, 'grammars', fileName(name));
      try {
        // A large grammar of the registry's package is compressed.
        return existsSync(`${file}.br`) ? brotliDecompressSync(readFileSync(`${file}.br`)) : readFileSync(file);
      } catch {
        const require = createRequire(path.join(here, 'index.js'));
        const source = grammarSources.find((one) => one.name === name) ?? fromVscode(name);
        return readFileSync(require.resolve(`${source.folder}/${fileName(name)}`));
      }
    },
    readFile: (file) => readRegular(file),
    listFolder: (folder) => namesIn(folder),
  };
}

/** The same for a command, which nobody waits for meanwhile: files are read without leaving the line of work. */
export function commandHost(): CommandHost {
  return {
    loadGrammar: nodeHost().loadGrammar,
    expects(letters) {
      if (letters >= largeText) letYoungGenerationGrow();
    },
    readWithin(folder, file) {
      try {
        // Most of what is asked for is not there, which an error would cost more to say.
        if (!liesWithin(folder, file) || statSync(file, { throwIfNoEntry: false }) === undefined) return undefined;
        const real = realPathWithin([folder], file);
        const bytes = real === undefined ? undefined : readBytes(real, mostBytes);
        return bytes && decodeText(bytes).text;
      } catch {
        return undefined;
      }
    },
    listWithin(root, folder) {
      try {
        const real = realPathWithin([root], folder);
        return real === undefined ? undefined : fileNames(readdirSync(real, { withFileTypes: true }));
      } catch {
        return undefined;
      }
    },
  };
}

/** A file with thousands of policies. */
const largeText = 128 * 1024;

/**
 * The command keeps the young generation small (esbuild.js), which a scan of small files costs nothing to speak of. What a large file makes
 * does not fit in there, and is copied out of it before it is of no use: that took a quarter of all its time.
 */
function letYoungGenerationGrow(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
}

/** The text of a file in one of the folders; undefined when there is none there, or links lead out of them. */
export async function readWithin(folders: readonly string[], file: string): Promise<string | undefined> {
  try {
    const real = realPathWithin(folders, file);
    return real === undefined ? undefined : await readRegular(real);
  } catch {
    return undefined;
  }
}

/** Names of the files in a folder, in the same way. */
export async function listWithin(folders: readonly string[], folder: string): Promise<readonly string[] | undefined> {
  try {
    const real = realPathWithin(folders, folder);
    return real === undefined ? undefined : await namesIn(real);
  } catch {
    return undefined;
  }
}

async function namesIn(folder: string): Promise<readonly string[] | undefined> {
  try {
    return fileNames(await promises.readdir(folder, { withFileTypes: true }));
  } catch {
    return undefined;
  }
}

/** In one order everywhere: which file is asked first must not depend on the disk. */
function fileNames(entries: readonly Dirent[]): string[] {
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
}

/** Pipes and devices may never end, and a file may grow while it is read. */
async function readRegular(file: string): Promise<string | undefined> {
  try {
    if (!(await promises.stat(file)).isFile()) return undefined;
    const handle = await promises.open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const facts = await handle.stat();
      if (!facts.isFile() || facts.size > mostBytes) return undefined;
      const bytes = Buffer.alloc(facts.size);
      const { bytesRead } = await handle.read(bytes, 0, facts.size, 0);
      return decodeText(bytes.subarray(0, bytesRead)).text;
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}

const mostBytes = 8 * longestText;
