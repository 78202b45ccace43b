/** Text of files in Markdown: it stays text, whatever signs it holds. https://spec.commonmark.org/0.31.2/#backslash-escapes */
import { visible } from './visible-text.ts';

/** Outside of a code span: no emphasis, link, picture or HTML; and no address that becomes a link without being asked to. */
export function markdownText(text: string): string {
  return visible(text)
    .replaceAll(/[!#$&()*<>[\\\]_`{|}~]/g, '\\$&')
    .replaceAll(/:(?=\/\/)|@|(?<=www)\./gi, '\\$&');
}

/** A code span. Its fence is longer than any in the text. https://spec.commonmark.org/0.31.2/#code-spans */
export function codeSpan(text: string): string {
  const shown = visible(text);
  const fence = '`'.repeat(longestFence(shown) + 1);
  // One blank at both ends is taken off again, where there is anything else.
  const padded = /^[ `]|[ `]$/.test(shown) && shown.trim() !== '' ? ` ${shown} ` : shown;
  return padded === '' ? '` `' : fence + padded + fence;
}

/** A block of code; lines stay lines. */
export function codeBlock(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestFence(text) + 1));
  return `${fence}\n${text.split(/\r?\n/).map(visible).join('\n')}\n${fence}`;
}

/** What a line of such Markdown says where nobody reads Markdown: fences and escapes are taken off. */
export function withoutMarks(markdown: string): string {
  return markdown.replaceAll(
    /(?<![\\`])(`+)(?!`)(.*?)(?<!`)\1(?!`)|\\([!-/:-@[-`{-~])/g,
    (_, fence: string | undefined, code: string, escaped: string) => {
      if (fence === undefined) return escaped;
      return /^ .* $/.test(code) && code.trim() !== '' ? code.slice(1, -1) : code;
    },
  );
}

function longestFence(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
