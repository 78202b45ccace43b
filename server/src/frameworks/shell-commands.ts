/** Simple commands of a shell line, with the places of their words: enough for scripts that start a program with flags. */
import type { SourceRange } from '../syntax/range.ts';

export interface Word { readonly text: string; /** Offset in the line. */ readonly start: number; readonly end: number }
export interface Command { /** The program's own name, without the runner and the variables in front of it. */ readonly program: Word; readonly words: readonly Word[] }

/** Programs that start another one. */
const runners: Readonly<Record<string, readonly string[]>> = { npx: [], pnpx: [], bunx: [], yarn: ['dlx', 'exec', 'run'], pnpm: ['dlx', 'exec'], npm: ['exec', 'x'], bun: ['x', 'run'], 'cross-env': [], 'dotenv': [], nodemon: [], env: [] };

/** The commands between `&&`, `||`, `;`, `|` and `&`. What stands in quotes is one word. */
export function commandsIn(line: string): Command[] {
  const commands: Command[] = [];
  let words: Word[] = [];
  const end = (): void => {
    const command = commandOf(words);
    if (command) commands.push(command);
    words = [];
  };
  for (const { 0: text, index } of line.matchAll(/&&|\|\||[;&|]|(?:"[^"]*"|'[^']*'|\\.|[^\s;&|"'])+/g)) {
    if (/^(&&|\|\||[;&|])$/.test(text)) end();
    else words.push({ text, start: index, end: index + text.length });
  }
  end();
  return commands;
}

function commandOf(all: readonly Word[]): Command | undefined {
  let words = all;
  for (;;) {
    const [first] = words;
    if (first === undefined) return undefined;
    if (/^\w+=/.test(first.text)) words = words.slice(1);
    else if (Object.hasOwn(runners, first.text)) {
      const subcommands = runners[first.text]!;
      const rest = words.slice(1);
      const behind = rest.findIndex(({ text }) => !text.startsWith('-') && !subcommands.includes(text));
      words = behind === -1 ? [] : rest.slice(behind);
    } else return { program: { ...first, text: first.text.replace(/^.*\/|@[\d^~].*$|@latest$/g, '') }, words: words.slice(1) };
  }
}

/** Where a word of a line stands in the file, when the line stands there without escapes. */
export function placeOf(word: Word, line: string, content: SourceRange): SourceRange {
  if (content.end - content.start !== line.length) return content;
  return { start: content.start + word.start, end: content.start + word.end, ...(content.path !== undefined && { path: content.path }) };
}
