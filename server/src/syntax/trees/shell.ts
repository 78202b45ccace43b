/**
 * Scripts of a shell as a flat Tree: variables by their names, wherever a word of the script sets one, and commands under the name
 * that they have in a Dockerfile. Nothing is run, and what the shell fills in stays as it is written.
 */
import type { SourceRange } from '../range.ts';
import { withoutHereDocuments } from './here-documents.ts';
import type { TreeDocument, TreeEntry, TreeMap } from './tree.ts';
import { emptyRoot, variableValue } from './variable-lines.ts';

/** A line goes on in the next one after a backslash. */
const logicalLines = /^[ \t]*(?![ \t#])((?:\\\r?\n|[^\r\n])+)/gm;
const quoted = String.raw`"(?:\\[^]|[^"\\])*"|'[^']*'`;
const assignment = String.raw`([A-Za-z_]\w*)=(${quoted}|[^\s;&|"'()\`]*)`;
/** `export NAME=value`, `NAME=value command`, `docker run -e NAME=value`; what stands between quotes sets nothing. */
const assignments = new RegExp(String.raw`(?:^|[\s;&])${assignment}(?=[\s;&|]|$)|${quoted}`, 'g');
const quotedOrComment = new RegExp(String.raw`${quoted}|(\s#[^\r\n]*)`, 'g');
/** A line that starts nothing. */
const onlyAssignments = new RegExp(
  String.raw`^(?:(?:export|readonly|local|declare|typeset)\s+)?(?:-\w+\s+)*${assignment}(?:\s+${assignment})*\s*;?$`,
);

/** Reads a script. Never throws. */
export function readShell(path: string, text: string): TreeDocument {
  const { root, entries, comments } = emptyRoot(text);
  for (const line of text.matchAll(/^[ \t]*#(.*)$/gm)) {
    const start = line.index + line[0].indexOf('#');
    comments.push({ range: { start, end: line.index + line[0].trimEnd().length }, text: line[1]!.trim() });
  }
  for (const line of withoutHereDocuments(text, /^.*<<.*$/gm).matchAll(logicalLines)) {
    const start = line.index + line[0].length - line[1]!.length;
    const written = asOneLine(line[1]!).trimEnd();
    entries.push(...variables(written, start, root, text));
    if (!onlyAssignments.test(written)) entries.push(command(written, start, root));
  }
  return { shape: 'tree', format: 'shell', path, text, root, roots: [root], comments };
}

/** Blank where the line goes on, and where a comment begins behind a command. */
function asOneLine(written: string): string {
  const blank = (part: string): string => ' '.repeat(part.length);
  return written
    .replaceAll(/\\\r?\n/g, blank)
    .replaceAll(quotedOrComment, (part, comment?: string) => (comment === undefined ? part : blank(part)));
}

function variables(line: string, from: number, parent: TreeMap, text: string): TreeEntry[] {
  return [...line.matchAll(assignments)].flatMap(({ 0: whole, 1: key, 2: written, index }): TreeEntry[] => {
    if (key === undefined) return [];
    const start = from + index + whole.length - written!.length;
    const value = variableValue(text, start, start + written!.length);
    const keyStart = start - key.length - 1;
    return [
      {
        key,
        keyRange: { start: keyStart, end: keyStart + key.length },
        value: { kind: 'scalar', parent, ...value },
        range: { start: keyStart, end: value.range.end },
      },
    ];
  });
}

function command(line: string, start: number, parent: TreeMap): TreeEntry {
  const range: SourceRange = { start, end: start + line.length };
  return {
    key: 'CMD',
    keyRange: { start, end: start },
    value: { kind: 'scalar', parent, range, contentRange: range, value: line },
    range,
  };
}
