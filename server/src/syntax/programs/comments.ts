/** Comments of a program. */
import type { Comment } from './program.ts';
import { rangeOf } from './reader.ts';
import type { Reader } from './reader.ts';

/** In source order; `start` finds the places in the text where one may begin. */
export function commentsOf(reader: Reader, start: RegExp): Comment[] {
  const found: Comment[] = [];
  for (const match of reader.text.matchAll(start)) {
    const node = reader.nodeAt(match.index);
    if (!node?.type.endsWith('comment') || found.at(-1)?.range.start === node.startIndex) continue;
    found.push({
      range: rangeOf(node),
      text: node.text
        .replace(/^(\/\/+|\/\*+|#+)/, '')
        .replace(/\*\/$/, '')
        .trim(),
    });
  }
  return found;
}
