/** Words for what keeps a text from being an origin. */
import type { OriginProblem } from '../policy/serialised-origin.ts';

const phrases: Readonly<Record<OriginProblem, string>> = {
  empty: 'It is empty',
  unset: 'It is what a server writes for a variable that it does not fill in',
  quotes: 'Quotes are part of the text',
  'white-space': 'It has white space around it',
  'several-origins': 'It holds several origins',
  wildcard: 'It has a wildcard',
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
