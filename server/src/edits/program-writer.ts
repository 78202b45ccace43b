/** How edits look in the object and array literals of a program. */
import { bracketWriter } from './bracket-writer.ts';
import { preferredQuote, quoted } from './program-edits.ts';
import type { TreeWriter } from './tree-writer.ts';

export const programWriter: TreeWriter = {
  ...bracketWriter,
  string: ({ text }, value, like) =>
    quoted(value, /^["'`]/.exec(like ? text.slice(like.start) : '')?.[0] ?? preferredQuote(text)),
  key: ({ text }, name, like) => (like && /["']/.test(text[like.start] ?? '') ? quoted(name, text[like.start]!) : name),
};
