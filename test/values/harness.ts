/** Reads snippets with the real reader and asks the real evaluator. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createGrammars } from '../../server/src/syntax/programs/grammar.ts';
import { readProgram } from '../../server/src/syntax/programs/read-program.ts';
import { programLanguages } from '../../server/src/syntax/programs/index.ts';
import type { ProgramDialect } from '../../server/src/syntax/programs/program-language.ts';
import type { Expression, Program } from '../../server/src/syntax/programs/program.ts';
import { readJson } from '../../server/src/syntax/trees/json.ts';
import { decide } from '../../server/src/policy/decide.ts';
import type { RequestTest } from '../../server/src/policy/request-test.ts';
import { createEvaluator } from '../../server/src/values/evaluate.ts';
import type { Evaluator } from '../../server/src/values/evaluator.ts';
import type { Value } from '../../server/src/values/value.ts';

const require = createRequire(import.meta.url);
const dialects = programLanguages.flatMap((language) => language.dialects as readonly ProgramDialect[]);
const grammars = createGrammars(async (name) => {
  const folder =
    dialects.find(({ grammar }) => grammar.name === name)?.grammar.folder ?? '@vscode/tree-sitter-wasm/wasm';
  const file = name === 'tree-sitter' ? name : `tree-sitter-${name}`;
  return new Uint8Array(await readFile(require.resolve(`${folder}/${file}.wasm`)));
});

export async function read(text: string, path: string): Promise<Program> {
  const ending = path.slice(path.lastIndexOf('.') + 1);
  const dialect = dialects.find(({ endings }) => endings.includes(ending));
  if (dialect === undefined) throw new Error(`No language has files that end with ${ending}`);
  const grammar = await grammars.get(dialect.grammar.name);
  return readProgram({ path, text, grammar });
}

export interface Snippet {
  readonly program: Program;
  readonly evaluator: Evaluator;
}

/** The first file is the linted one; `texts`: files that are no programs. */
export async function open(
  files: Readonly<Record<string, string>>,
  texts: Readonly<Record<string, string>> = {},
): Promise<Snippet> {
  const programs = new Map<string, Program>();
  for (const [path, text] of Object.entries(files)) programs.set(path, await read(text, path));
  const [program] = programs.values();
  return {
    program: program!,
    evaluator: createEvaluator(program!, {
      program: (path) => programs.get(path),
      tree: (path) => (texts[path] === undefined ? undefined : readJson(path, texts[path])),
      listFolder: () => [...programs.keys()],
    }),
  };
}

/** The argument of the call `mark(…)` in the text. */
export function marked({ program }: Snippet, name = 'mark'): Expression {
  const use = program.identifiers(name)[0];
  const call = use?.parent;
  if (call?.kind !== 'call') throw new Error(`No call of ${name}`);
  return call.arguments[0]?.value ?? call;
}

/** Answers for origins: `+` lets in, `-` keeps out, `?` not known. */
export function answers(test: RequestTest, origins: readonly (string | null)[], method = 'GET'): string {
  return origins
    .map((origin) => {
      const holds = decide(test, { origin, method, cookie: false });
      return holds === 'unknown' ? '?' : holds ? '+' : '-';
    })
    .join('');
}

/** A value in short, for comparison. */
export function show(value: Value): string {
  switch (value.kind) {
    case 'text':
      return `'${value.text}'`;
    case 'boolean':
    case 'number':
      return String(value.value);
    case 'list':
      return `[${value.items.map(show).join(', ')}${value.open ? ', …' : ''}]`;
    case 'dict':
      return `{${value.entries.map((entry) => `${entry.key}: ${show(entry.value)}`).join(', ')}${value.open ? ', …' : ''}}`;
    case 'pattern':
      return `/${value.pattern.source}/${value.pattern.flags}`;
    case 'request':
      return value.input === 'origin' || value.input === 'method' ? value.input : `${value.input}:${value.name ?? ''}`;
    case 'environment':
      return `env ${value.name}${value.split ? ' split' : ''}${value.fallback ? ` or ${show(value.fallback)}` : ''}`;
    case 'one-of':
      return `(${value.choices.map((choice) => show(choice.value)).join(' | ')})`;
    case 'concatenation':
      return value.parts.map(show).join(' + ');
    default:
      return value.kind;
  }
}
