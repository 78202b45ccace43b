/**
 * Reads the `ENV`, `ARG`, `CMD` and `ENTRYPOINT` lines of a Dockerfile into a flat Tree: variables by their names, and
 * commands under the name of their instruction.
 */
import { readJson } from './json.ts';
import type { SourceRange } from '../range.ts';
import type { TreeDocument, TreeEntry, TreeMap, TreeNode } from './tree.ts';
import { emptyRoot, variableValue } from './variable-lines.ts';

/** An instruction goes on in the next line after a backslash. */
const variableLines = /^[ \t]*(?:ENV|ARG)[ \t]+((?:\\[ \t]*\r?\n|[^\r\n])*)/gim;
const commandLines = /^([ \t]*)(CMD|ENTRYPOINT)[ \t]+((?:\\[ \t]*\r?\n|[^\r\n])*)/gim;
/** What is run or copied may stand in the lines below the instruction. https://docs.docker.com/reference/dockerfile/#here-documents */
const takers = /^[ \t]*(?:RUN|COPY|ADD)[ \t]+(?:\\[ \t]*\r?\n|[^\r\n])*/gim;
const hereDocuments = /(?<!<)<<(-?)(["']?)([A-Za-z_]\w*)\2(?=\s|$)/g;
const assignments = /(?:^|[ \t\n])([A-Za-z_]\w*)=("(?:\\.|[^"\\])*"|'[^']*'|[^\s\\]*)/g;

/**
 * The variables that `ENV` and `ARG` lines set, in both forms (`ENV NAME=value OTHER=value` and `ENV NAME value`), and
 * under their own names the commands of `CMD` and `ENTRYPOINT`: a text, or a list where it is written as one. Never
 * throws.
 */
export function readDockerfile(path: string, text: string): TreeDocument {
  const { root, entries, comments } = emptyRoot(text);
  const instructions = withoutHereDocuments(text);
  for (const line of instructions.matchAll(/^[ \t]*#(.*)$/gm))
    comments.push({
      range: { start: line.index + line[0].indexOf('#'), end: line.index + line[0].trimEnd().length },
      text: line[1]!.trim(),
    });
  entries.push(...variables(instructions, root), ...commands(path, instructions, root));
  return { shape: 'tree', format: 'dockerfile', path, text, root, roots: [root], comments };
}

/** The same text, blank where an instruction hands its lines to somebody else: their signs and words mean nothing to Docker. */
function withoutHereDocuments(text: string): string {
  let read = '';
  for (const taker of text.matchAll(takers)) {
    if (taker.index < read.length) continue;
    let end = taker.index + taker[0].length;
    for (const [, tabs, , word] of taker[0].matchAll(hereDocuments))
      end = endOfHereDocument(text, end, word!, tabs === '-');
    const begin = taker.index + taker[0].length;
    read += text.slice(read.length, begin) + text.slice(begin, end).replaceAll(/[^\r\n]/g, ' ');
  }
  return read + text.slice(read.length);
}

/** Where the line with the word ends; where the search began when nobody has written it yet. */
function endOfHereDocument(text: string, from: number, word: string, mayBeIndented: boolean): number {
  const last = new RegExp(`^${mayBeIndented ? '\\t*' : ''}${word}(?=\\r?$)`, 'gm');
  last.lastIndex = from;
  const found = last.exec(text);
  return found === null ? from : found.index + found[0].length;
}

function variables(text: string, root: TreeMap): TreeEntry[] {
  return [...text.matchAll(variableLines)].flatMap((instruction) => {
    const from = instruction.index + instruction[0].length - instruction[1]!.length;
    const body = instruction[1]!;
    const single = /^([A-Za-z_]\w*)[ \t]+(?!=)([^\r\n]*?)[ \t]*$/.exec(body);
    if (single) {
      const [, name, value] = single;
      const start = from + body.indexOf(value!, name!.length);
      return [variable(name!, from, { start, end: from + body.trimEnd().length }, root, text)];
    }
    return [...body.matchAll(assignments)].map((pair) => {
      const [whole, name, value] = pair;
      const start = from + pair.index + whole.length - value!.length;
      return variable(name!, start - name!.length - 1, { start, end: start + value!.length }, root, text);
    });
  });
}

function variable(key: string, keyStart: number, written: SourceRange, parent: TreeMap, text: string): TreeEntry {
  const value = variableValue(text, written.start, written.end);
  return {
    key,
    keyRange: { start: keyStart, end: keyStart + key.length },
    value: { kind: 'scalar', parent, ...value },
    range: { start: keyStart, end: value.range.end },
  };
}

function commands(path: string, text: string, root: TreeMap): TreeEntry[] {
  return [...text.matchAll(commandLines)].map((instruction) => {
    const [whole, indentation, name, rest] = instruction;
    const command = rest!.trimEnd();
    const keyStart = instruction.index + indentation!.length;
    const start = instruction.index + whole.length - rest!.length;
    const range = { start, end: start + command.length };
    // Docker takes what is no JSON for a line of a shell.
    const list = command.startsWith('[') ? readJson(path, ' '.repeat(start) + command).root : undefined;
    const value: TreeNode =
      list?.kind === 'list'
        ? { ...list, parent: root }
        : { kind: 'scalar', parent: root, range, contentRange: range, value: command };
    return {
      key: name!.toUpperCase(),
      keyRange: { start: keyStart, end: keyStart + name!.length },
      value,
      range: { start: keyStart, end: range.end },
    };
  });
}
