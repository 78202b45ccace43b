/** Words for what keeps a text from being an origin. */
import type { OriginEntry } from '../policy/policy.ts';
import type { OriginProblem } from '../policy/serialised-origin.ts';

const phrases: Readonly<Record<OriginProblem, string>> = {
  empty: 'It is empty',
  unset: 'It is what a server writes for a variable that it does not fill in',
  quotes: 'Quotes are part of the text',
  'white-space': 'It has white space around it',
  'several-origins': 'It holds several origins',
  wildcard: 'It has a wildcard',
  pattern: 'It is a regular expression, and compared letter by letter',
  'no-scheme': 'It has no scheme',
  credentials: 'It holds a user name or password',
  query: 'It has a query or fragment',
  path: 'It has a path',
  'trailing-slash': 'It ends with a slash',
  'upper-case': 'It has capital letters',
  'default-port': 'It names the default port',
  'non-ascii-host': 'Its host is not in ASCII',
  unreadable: 'It cannot be read as an origin',
};

/** The first problem, as the beginning of a sentence. */
export function words(problems: readonly OriginProblem[]): string {
  return phrases[problems[0] ?? 'unreadable'];
}

/**
 * What lets in the sites that a wildcard or a pattern stands for. Not every product that compares takes patterns, and a header that is
 * sent as it stands holds one origin only.
 */
export function insteadOfPattern(entry: OriginEntry, title: string): string {
  if (entry.edits?.replaceByPattern) return 'List the origins, or use a pattern that is anchored at both ends.';
  if (entry.matching === 'sent-as-is') return 'Choose from a list the origin that asks, and send only that.';
  return `List the origins one by one, or use a pattern or a function where ${title} takes one.`;
}
