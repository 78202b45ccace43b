/**
 * Reads the `ENV`, `ARG`, `CMD` and `ENTRYPOINT` lines of a Dockerfile into a flat Tree: variables by their names, and
 * commands under the name of their instruction.
 */
import { withoutHereDocuments } from './here-documents.ts';
import { readJson } from './json.ts';
import type { SourceRange } from '../range.ts';
import type { TreeDocument, TreeEntry, TreeMap, TreeNode } from './tree.ts';
import { emptyRoot, variableValue } from './variable-lines.ts';

/** An instruction goes on in the next line after a backslash. */
const variableLines = /^[ \t]*(?:ENV|ARG)[ \t]+((?:\\[ \t]*\r?\n|[^\r\n])*)/gim;
const commandLines = /^([ \t]*)(CMD|ENTRYPOINT)[ \t]+((?:\\[ \t]*\r?\n|[^\r\n])*)/gim;
/** What is run or copied may stand in the lines below the instruction. */
const takers = /^[ \t]*(?:RUN|COPY|ADD)[ \t]+(?:\\[ \t]*\r?\n|[^\r\n])*/gim;
const assignments = /(?:^|[ \t\n])([A-Za-z_]\w*)=("(?:\\.|[^"\\])*"|'[^']*'|[^\s\\]*)/g;

/**
 * The variables that `ENV` and `ARG` lines set, in both forms (`ENV NAME=value OTHER=value` and `ENV NAME value`), and
 * under their own names the commands of `CMD` and `ENTRYPOINT`: a text, or a list where it is written as one. Never
 * throws.
 */
export function readDockerfile(path: string, text: string): TreeDocument {
  const { root, entries, comments } = emptyRoot(text);
  const instructions = withoutHereDocuments(text, takers);
  for (const line of instructions.matchAll(/^[ \t]*#(.*)$/gm))
    comments.push({
      range: { start: line.index + line[0].indexOf('#'), end: line.index + line[0].trimEnd().length },
      text: line[1]!.trim(),
    });
  entries.push(...variables(instructions, root), ...commands(path, instructions, root));
  return { shape: 'tree', format: 'dockerfile', path, text, root, roots: [root], comments };
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
