/** Fixed programs of the other languages, read by the languages' own parsers. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import grammars from '@vscode/tree-sitter-wasm';
import ts from 'typescript';

const { Language, Parser } = grammars;
await Parser.init();

/** Reads a list of files, a line each, and prints those that are no Python with the reason. */
const readPython = `
import ast, sys
for name in sys.stdin.read().splitlines():
    try:
        ast.parse(open(name, encoding='utf-8').read(), name)
    except SyntaxError as error:
        print(f'{name}\\t{error.msg}')
`;

/** What a grammar does not take, for a language whose compiler wants every package of a program. */
async function grammarOf(name, folder = '@vscode/tree-sitter-wasm/wasm') {
  const file = createRequire(import.meta.url).resolve(`${folder}/tree-sitter-${name}.wasm`);
  const parser = new Parser();
  parser.setLanguage(await Language.load(file));
  return (files) =>
    files.flatMap((one) => {
      const tree = parser.parse(fs.readFileSync(one, 'utf8'));
      const found = tree.rootNode.hasError ? [`${one}\tthe grammar does not take it`] : [];
      tree.delete();
      return found;
    });
}

/** Language → how its parser is asked about files, and what it says: a line for each broken file, its path first. */
const parsers = {
  JavaScript: {
    names: /\.[cm]?jsx?$/,
    command: 'node',
    read: (files) => files.flatMap((file) => complaintOf(file)),
  },
  Python: {
    names: /\.py$/,
    command: 'python3',
    read: (files) =>
      lines(spawnSync('python3', ['-c', readPython], { input: files.join('\n'), encoding: 'utf8' }).stdout),
  },
  PHP: {
    names: /\.php$/,
    command: 'php',
    read: (files) =>
      files.flatMap((file) => {
        const said = spawnSync('php', ['-l', file], { encoding: 'utf8' }).stdout;
        return /^(?:PHP )?Parse error: (.*)/m.test(said) ? [`${file}\t${/Parse error: (.*)/.exec(said)[1]}`] : [];
      }),
  },
  Java: { names: /\.java$/, command: 'node', read: await grammarOf('java') },
  'C#': { names: /\.cs$/, command: 'node', read: await grammarOf('c-sharp') },
  Kotlin: {
    names: /\.kts?$/,
    command: 'node',
    read: await grammarOf('kotlin', '@tree-sitter-grammars/tree-sitter-kotlin'),
  },
  Rust: { names: /\.rs$/, command: 'node', read: await grammarOf('rust') },
  Scala: { names: /\.(scala|sc)$/, command: 'node', read: await grammarOf('scala', 'tree-sitter-scala') },
  Elixir: { names: /\.exs?$/, command: 'node', read: await grammarOf('elixir', 'tree-sitter-elixir') },
  Ruby: {
    names: /\.(rb|ru)$/,
    command: 'ruby',
    read: (files) =>
      files.flatMap((file) => {
        const { status, stderr } = spawnSync('ruby', ['-c', file], { encoding: 'utf8' });
        return status === 0 ? [] : [`${file}\t${/syntax error[^\n]*/.exec(stderr)?.[0] ?? 'refused'}`];
      }),
  },
  Go: {
    names: /\.go$/,
    command: 'gofmt',
    read: (files) =>
      lines(spawnSync('gofmt', ['-e', '-l', ...files], { encoding: 'utf8' }).stderr).map((line) =>
        line.replace(/^(.*?\.go):/, '$1\t'),
      ),
  },
};
export const languages = Object.keys(parsers);

/** The names of the files that a language's programs have. */
export const namesOf = (language) => parsers[language].names;

/** Why the parser of a language cannot be asked here; undefined where it can. */
export const missing = (language) =>
  spawnSync(parsers[language].command, ['-h'], { stdio: 'ignore' }).error === undefined
    ? undefined
    : `${parsers[language].command} is not installed`;

/**
 * What the parser of the language refuses, though it took the text before the fix.
 * @param {string} language
 * @param {readonly import('./fixed-programs.mjs').FixedProgram[]} programs
 * @returns {string[]} a line for each
 */
export function refused(language, programs) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cors-lint-fixes-'));
  try {
    const write = (kind, text, index, file) => {
      const copy = path.join(folder, `${index}-${kind}${path.extname(file)}`);
      fs.writeFileSync(copy, text);
      return copy;
    };
    const before = programs.map(({ file, text }, index) => write('before', text, index, file));
    const after = programs.map(({ file, fixed }, index) => write('after', fixed, index, file));
    const said = new Map(parsers[language].read([...before, ...after]).map((line) => line.split('\t', 2)));
    return programs.flatMap(({ file, fix }, index) =>
      said.has(after[index]) && !said.has(before[index])
        ? [`${path.relative('test/fixtures', file)}: ${fix}: ${said.get(after[index])}`]
        : [],
    );
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const lines = (text) => text.split('\n').filter((line) => line !== '');

/** The compiler's parser reads every dialect of JavaScript in one process; `node --check` would start one a file. */
function complaintOf(file) {
  const { diagnostics = [] } = ts.transpileModule(fs.readFileSync(file, 'utf8'), {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: { allowJs: true, jsx: ts.JsxEmit.Preserve, target: ts.ScriptTarget.ESNext },
  });
  return diagnostics
    .slice(0, 1)
    .map(({ messageText }) => `${file}\t${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}
