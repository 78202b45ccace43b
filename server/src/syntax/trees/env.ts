/**
 * Reads files of environment variables (`.env`), and the `ENV` and `CMD` lines of a Dockerfile, into a flat Tree of names and texts.
 *
 * No kept library tells where in the file a variable stands, and the form is lines only; quotes are those that Docker
 * Compose and the dotenv libraries agree on.
 */
import type { Comment } from '../programs/program.ts';
import { readJson } from './json.ts';
import type { TreeDocument, TreeEntry, TreeMap, TreeNode } from './tree.ts';

/** `NAME=value`, after an `export` or not; a value in quotes may go on over several lines. */
const assignment = /^([ \t]*)((?:export[ \t]+)?)([A-Za-z_][\w.-]*)[ \t]*=[ \t]*/;

/** Never throws: a line without an equals sign is no variable yet. */
export function readEnv(path: string, text: string): TreeDocument {
  const { root, entries, comments } = emptyRoot(text);
  for (let at = text.startsWith('\ufeff') ? 1 : 0; at < text.length;) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(at, end);
    const comment = /^[ \t]*#(.*)/.exec(line);
    if (comment)
      comments.push({
        range: { start: at + line.indexOf('#'), end: at + line.trimEnd().length },
        text: comment[1]!.trim(),
      });
    const match = assignment.exec(line);
    if (match) {
      const start = at + match[1]!.length;
      const keyStart = start + match[2]!.length;
      const value = valueAt(text, at + match[0].length, end);
      entries.push({
        key: match[3]!,
        keyRange: { start: keyStart, end: keyStart + match[3]!.length },
        value: { kind: 'scalar', parent: root, ...value },
        range: { start, end: value.range.end },
      });
      const after = text.indexOf('\n', value.range.end);
      at = after === -1 ? text.length : after + 1;
    } else at = end + 1;
  }
  return { shape: 'tree', format: 'env', path, text, root, roots: [root], comments };
}

/**
 * The variables that `ENV` and `ARG` lines set, in both forms (`ENV NAME=value OTHER=value` and `ENV NAME value`), and under their own names the
 * commands of `CMD` and `ENTRYPOINT`: a text, or a list where it is written as one.
 */
export function readDockerfile(path: string, text: string): TreeDocument {
  const { root, entries, comments } = emptyRoot(text);
  for (const line of text.matchAll(/^[ \t]*#(.*)$/gm))
    comments.push({
      range: { start: line.index + line[0].indexOf('#'), end: line.index + line[0].trimEnd().length },
      text: line[1]!.trim(),
    });
  for (const instruction of text.matchAll(/^[ \t]*(?:ENV|ARG)[ \t]+((?:\\[ \t]*\r?\n|[^\r\n])*)/gim)) {
    const from = instruction.index + instruction[0].length - instruction[1]!.length;
    const body = instruction[1]!;
    const single = /^([A-Za-z_]\w*)[ \t]+(?!=)([^\r\n]*?)[ \t]*$/.exec(body);
    if (single)
      addVariable(
        entries,
        root,
        single[1]!,
        from,
        { start: from + body.indexOf(single[2]!, single[1]!.length), end: from + body.trimEnd().length },
        text,
      );
    else
      for (const pair of body.matchAll(/(?:^|[ \t\n])([A-Za-z_]\w*)=("(?:\\.|[^"\\])*"|'[^']*'|[^\s\\]*)/g)) {
        const start = from + pair.index + pair[0].length - pair[2]!.length;
        addVariable(
          entries,
          root,
          pair[1]!,
          start - pair[1]!.length - 1,
          { start, end: start + pair[2]!.length },
          text,
        );
      }
  }
  for (const instruction of text.matchAll(/^([ \t]*)(CMD|ENTRYPOINT)[ \t]+((?:\\[ \t]*\r?\n|[^\r\n])*)/gim)) {
    const command = instruction[3]!.trimEnd();
    const keyStart = instruction.index + instruction[1]!.length;
    const start = instruction.index + instruction[0].length - instruction[3]!.length;
    const range = { start, end: start + command.length };
    // Docker takes what is no JSON for a line of a shell.
    const list = command.startsWith('[') ? readJson(path, ' '.repeat(start) + command).root : undefined;
    const value: TreeNode =
      list?.kind === 'list'
        ? { ...list, parent: root }
        : { kind: 'scalar', parent: root, range, contentRange: range, value: command };
    entries.push({
      key: instruction[2]!.toUpperCase(),
      keyRange: { start: keyStart, end: keyStart + instruction[2]!.length },
      value,
      range: { start: keyStart, end: range.end },
    });
  }
  return { shape: 'tree', format: 'dockerfile', path, text, root, roots: [root], comments };
}

function emptyRoot(text: string): {
  readonly root: TreeMap;
  readonly entries: TreeEntry[];
  readonly comments: Comment[];
} {
  const entries: TreeEntry[] = [];
  return { root: { kind: 'map', range: { start: 0, end: text.length }, entries }, entries, comments: [] };
}

function addVariable(
  entries: TreeEntry[],
  root: TreeMap,
  key: string,
  keyStart: number,
  range: { readonly start: number; readonly end: number },
  text: string,
): void {
  const value = valueAt(text, range.start, range.end);
  entries.push({
    key,
    keyRange: { start: keyStart, end: keyStart + key.length },
    value: { kind: 'scalar', parent: root, ...value },
    range: { start: keyStart, end: value.range.end },
  });
}

/** The value that begins at the offset: in quotes up to the closing one, else to a comment or the end of the line. */
function valueAt(text: string, start: number, lineEnd: number) {
  const quote = text[start];
  if (quote === '"' || quote === "'") {
    const closed = (quote === '"' ? /^"((?:\\[\s\S]|[^"\\])*)"/ : /^'([^']*)'/).exec(text.slice(start, start + 10_000));
    if (closed) {
      const inner = closed[1]!;
      const value =
        quote === '"'
          ? inner.replaceAll(/\\([nrt"\\$])/g, (_, letter: string) => ({ n: '\n', r: '\r', t: '\t' })[letter] ?? letter)
          : inner;
      return {
        range: { start, end: start + closed[0].length },
        contentRange: { start: start + 1, end: start + closed[0].length - 1 },
        value,
      };
    }
  }
  const written = text.slice(start, lineEnd);
  const value = written.replace(/(^|[ \t])#.*$/, '').trimEnd();
  const range = { start, end: start + value.length };
  return { range, contentRange: range, value };
}
