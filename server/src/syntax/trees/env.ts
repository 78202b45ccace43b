/**
 * Reads files of environment variables (`.env`) into a flat Tree of names and texts.
 *
 * No kept library tells where in the file a variable stands, and the form is lines only; quotes are those that Docker
 * Compose and the dotenv libraries agree on.
 */
import { emptyRoot, variableValue } from './variable-lines.ts';
import type { TreeDocument } from './tree.ts';

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
      const value = variableValue(text, at + match[0].length, end);
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
