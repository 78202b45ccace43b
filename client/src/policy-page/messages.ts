/** What the view of policies and its page say to each other. */
import type {
  PolicyViewResult,
  TryOriginParams,
  TryOriginResult,
} from '../../../server/src/lsp/policy-view-protocol.ts';

/** The page's own words, in the language of the editor. `{0}` stands for what is put in. */
export type PageWords = Readonly<Record<keyof typeof englishWords, string>>;

export const englishWords = {
  noPolicy: 'No CORS policy is read in this file.',
  closed: 'The file is not open any more, or it is not one that CORS Lint reads.',
  line: 'Line {0}',
  goToLine: 'Go to line {0} of the file',
  appliesTo: 'Applies to {0}',
  layers: 'An answer comes about in this order',
  middleware: 'Middleware',
  proxy: 'Proxy',
  application: 'Application behind it',
  table: 'Who may do what',
  origin: 'Origin of the page',
  read: 'Read',
  readWithCookies: 'Read with cookies',
  preflights: 'Preflight is answered with yes for',
  why: 'Why not',
  named: 'named in the policy',
  matching: 'matches a pattern',
  stranger: 'gets in though nobody names it',
  other: 'any other website',
  sandboxed: 'sandboxed pages and local files',
  yes: 'yes',
  no: 'no',
  sometimes: 'on some requests',
  unknown: 'decided at run time',
  onlyWithoutCookies: 'without cookies only',
  left: '{0} more origins are named; try them below.',
  settings: 'Settings',
  byDefault: '(default)',
  tryOrigin: 'Try an origin',
  tryThis: 'Try {0}',
  method: 'Method',
  headers: 'Request headers (names, separated by commas)',
  cookies: "With the user's cookies",
  run: 'Try',
  outcomeYes: 'The page reads the response.',
  outcomeNo: 'The page cannot read the response.',
  outcomeUnknown: 'The text does not decide it.',
  step: "The browser's step",
  standard: 'Fetch standard',
  answerTo: 'Answer to {0}',
  status: 'status {0}',
  statusUnknown: 'status decided by the application',
  noHeaders: 'No CORS header is sent.',
  copyAsCurl: 'Copy as curl',
  copied: 'Copied',
  changed: 'The file has changed meanwhile. Try again.',
} as const;

export type ToPage =
  | {
      readonly kind: 'show';
      readonly uri: string;
      readonly name: string;
      readonly words: PageWords;
      readonly view: PolicyViewResult | null;
    }
  /** The policy that stands on this line, from 0, is what somebody asked for. */
  | { readonly kind: 'focus'; readonly line: number }
  | { readonly kind: 'tried'; readonly policy: number; readonly result: TryOriginResult | null };

export type FromPage =
  | { readonly kind: 'ready' }
  /** What the page shows now. */
  | { readonly kind: 'shown'; readonly policies: number; readonly rows: number }
  | { readonly kind: 'try'; readonly request: Omit<TryOriginParams, 'uri'> }
  | { readonly kind: 'copy'; readonly text: string }
  | { readonly kind: 'open'; readonly uri: string; readonly line: number };
