/** What went wrong inside of the linter, in words: one file or one rule is lost by it, never another one. */
import { UnreadableText } from '../syntax/unreadable-text.ts';
import { shortened, visible } from './visible-text.ts';

const longestReason = 300;

/** One line on what stood in the way of reading a file. */
export function reasonOf(error: unknown): string {
  if (error instanceof UnreadableText) return error.message;
  if (isStackOverflow(error)) return 'It is nested too deeply.';
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return shortened(visible(message.split('\n', 1)[0]!), longestReason);
}

/** For logs: the whole story, as the part of the linter that failed tells it. */
export function problemOf(part: string, error: unknown): string {
  if (isStackOverflow(error)) return `${part}: It is nested too deeply.\n${(error as Error).stack}`;
  return `${part}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && /call stack|recursion/i.test(error.message);
}
