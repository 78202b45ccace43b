/**
 * Simple commands of a shell line or of a list of words, with the places of their words: enough for scripts that start a
 * program with flags.
 */
import type { Edit, SourceRange } from '../../syntax/range.ts';
import type { TreeDocument, TreeList, TreeScalar } from '../../syntax/trees/tree.ts';
import { appendItem, isString, removeItem } from '../../edits/tree-edits.ts';

export interface Word {
  readonly text: string;
  /** Of the word, or of all that holds it where it has no place of its own. */
  readonly range: SourceRange;
  /** Takes the word away, with what separates it from the one before it. */
  readonly remove?: () => readonly Edit[];
  /** The commands that the word holds, where it is a line itself. */
  readonly inside: () => readonly Command[];
}
export interface Command {
  /** The program's own name, without the runner and the variables in front of it. */
  readonly program: Word;
  readonly words: readonly Word[];
  /** Gives the program one more flag. */
  readonly add?: (flag: string) => readonly Edit[];
}

/** Programs that start another one. */
const runners: Readonly<Record<string, readonly string[]>> = {
  npx: [],
  pnpx: [],
  bunx: [],
  yarn: ['dlx', 'exec', 'run'],
  pnpm: ['dlx', 'exec'],
  npm: ['exec', 'x'],
  bun: ['x', 'run'],
  'cross-env': [],
  'cross-env-shell': [],
  dotenv: [],
  nodemon: [],
  env: [],
  exec: [],
  tini: [],
  'dumb-init': [],
};
/** Programs that are given whole lines, each as one word. */
const takesLines = new Set([
  'concurrently',
  'conc',
  'sh',
  'bash',
  'ash',
  'start-server-and-test',
  'server-test',
  'nodemon',
  'cross-env-shell',
]);

/** The commands of a line that is a file's text: between `&&`, `||`, `;`, `|` and `&`. What stands in quotes is one word. */
export function commandsOfLine(node: TreeScalar & { value: string }, text: string): Command[] {
  const offsets = offsetsOf(node.value, text.slice(node.contentRange.start, node.contentRange.end));
  const { start, path } = { ...node.contentRange, path: node.range.path };
  return commandsIn(
    node.value,
    0,
    (from, to) =>
      offsets && { start: start + offsets[from]!, end: start + offsets[to]!, ...(path !== undefined && { path }) },
    node.contentRange,
    text,
  );
}

/**
 * The commands of a list of words, as `CMD` of a Dockerfile and `command` of Compose take them: one, and those in lines that
 * it is given.
 */
export function commandsOfWords(list: TreeList, document: TreeDocument): Command[] {
  // In a Dockerfile the list is JSON.
  const edited: TreeDocument = document.format === 'dockerfile' ? { ...document, format: 'json' } : document;
  const words = list.items.flatMap((item): Word[] =>
    isString(item)
      ? [
          {
            text: item.value,
            range: item.contentRange,
            inside: () => (/\s/.test(item.value) ? commandsOfLine(item, document.text) : []),
            ...(!item.shared && { remove: () => removeItem(edited, item) }),
          },
        ]
      : [],
  );
  return commandsOf(words).map((command) =>
    command.words.every((word) => words.includes(word))
      ? { ...command, add: (flag) => appendItem(edited, list, flag) }
      : command,
  );
}

type Locate = (start: number, end: number) => SourceRange | undefined;

function commandsIn(line: string, from: number, locate: Locate, whole: SourceRange, text: string): Command[] {
  const commands: Command[] = [];
  let words: Word[] = [];
  const end = (): void => {
    commands.push(
      ...commandsOf(words).map((command): Command => {
        const { range, remove } = command.program;
        return command.add || !remove
          ? command
          : { ...command, add: (flag) => [{ range: { ...range, start: range.end }, newText: ` ${flag}` }] };
      }),
    );
    words = [];
  };
  for (const { 0: written, index } of line.matchAll(/&&|\|\||[;&|]|(?:"[^"]*"|'[^']*'|\\.|[^\s;&|"'])+/g)) {
    if (/^(&&|\|\||[;&|])$/.test(written)) {
      end();
      continue;
    }
    const start = from + index;
    const range = locate(start, start + written.length);
    words.push({
      text: written,
      range: range ?? whole,
      ...(range && {
        remove: () => [{ range: { ...range, start: range.start - blanksBefore(text, range) }, newText: '' }],
      }),
      inside: () =>
        /^(["']).*\1$/s.test(written) ? commandsIn(written.slice(1, -1), start + 1, locate, whole, text) : [],
    });
  }
  end();
  return commands;
}

/** The command itself, and those in the lines that it is given. */
function commandsOf(all: readonly Word[]): Command[] {
  let words = all;
  const lines: Command[] = [];
  for (;;) {
    const [first] = words;
    if (first === undefined) return lines;
    const name = first.text.replace(/^.*\/|@[\d^~].*$|@latest$/g, '');
    if (takesLines.has(name)) lines.push(...words.slice(1).flatMap((word) => word.inside()));
    if (/^\w+=/.test(first.text)) words = words.slice(1);
    else if (Object.hasOwn(runners, name)) {
      const subcommands = runners[name]!;
      const rest = words.slice(1);
      const behind = rest.findIndex(({ text }) => !text.startsWith('-') && !subcommands.includes(text));
      words = behind === -1 ? [] : rest.slice(behind);
    } else return [{ program: { ...first, text: name }, words: words.slice(1) }, ...lines];
  }
}

function blanksBefore(text: string, { start }: SourceRange): number {
  return /[ \t]*$/.exec(text.slice(Math.max(0, start - 200), start))![0].length;
}

/** Where each letter of a text stands in its source, and where the last one ends; undefined where that cannot be told. */
function offsetsOf(value: string, source: string): readonly number[] | undefined {
  if (value === source) return Array.from({ length: value.length + 1 }, (_, index) => index);
  const offsets: number[] = [];
  let at = 0;
  for (let index = 0; index < value.length; index += 1) {
    offsets.push(at);
    if (source[at] === '\\') at += source[at + 1] === 'u' ? 6 : 2;
    else if (source[at] === value[index]) at += 1;
    else return undefined;
  }
  return at === source.length ? [...offsets, at] : undefined;
}
