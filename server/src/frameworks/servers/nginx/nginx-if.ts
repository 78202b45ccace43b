/** The condition of an `if`. */
import type { SourceRange } from '../../../syntax/range.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { isOnPreflights } from '../../../policy/preflight-headers.ts';
import { never, not, some, unknown } from '../../../policy/request-test.ts';
import type { Item, Word } from './nginx-blocks.ts';
import { rangeIn } from './nginx-blocks.ts';
import { circumstance } from '../../../values/circumstances.ts';
import { holdsUnknown } from '../../../values/inner-value.ts';
import { both } from '../../../models/servers/server-conditions.ts';
import { equalsText, matchesPattern } from '../../../models/servers/server-tests.ts';
import type { Variables } from './nginx-variables.ts';
import { evaluate, isTrue } from './nginx-variables.ts';

export interface Comparison {
  readonly subject: string;
  readonly operator: '' | '=' | '!=' | '~' | '~*' | '!~' | '!~*';
  /** What it is compared with, without parentheses. */
  readonly text: string;
  readonly operatorRange: SourceRange;
  readonly range: SourceRange;
  readonly contentRange: SourceRange;
  readonly quote: Word['quote'];
}

/** Undefined for what is no comparison: a file test, or half-typed text. */
export function comparisonOf(item: Item): Comparison | undefined {
  const words = withoutParentheses(item.directive.args);
  const [subject, operator, text] = words;
  if (!subject?.text.startsWith('$')) return undefined;
  const place = (word: Word) => ({
    range: rangeIn(item, word.range),
    contentRange: rangeIn(item, word.contentRange),
    quote: word.quote,
  });
  if (words.length === 1)
    return {
      subject: subject.text,
      operator: '',
      text: '',
      operatorRange: rangeIn(item, subject.range),
      ...place(subject),
    };
  if (words.length !== 3 || !/^(!?~\*?|!?=)$/.test(operator!.text)) return undefined;
  return {
    subject: subject.text,
    operator: operator!.text as Comparison['operator'],
    text: text!.text,
    operatorRange: rangeIn(item, operator!.range),
    ...place(text!),
  };
}

export function conditionOf(item: Item, variables: Variables): RequestTest {
  const comparison = comparisonOf(item);
  if (!comparison)
    return isFileTest(item)
      ? circumstance(
          item.directive.args
            .map(({ text }) => text)
            .join(' ')
            .replaceAll(/^\(|\)$/g, '')
            .trim(),
        )
      : unknown('independent');
  const { operator, text, range, contentRange } = comparison;
  const word = item.directive.args[0]!;
  const subjects = evaluate(comparison.subject, { item, word, range: rangeIn(item, word.range) }, variables);
  // nginx expands variables on the right of "=".
  if (text.includes('$') && (operator === '=' || operator === '!=')) return unknown();
  const place = { range, textRange: contentRange };
  const holds = some(
    subjects.map((subject) => {
      const test =
        operator === ''
          ? isTrue(subject.value)
          : operator.endsWith('=')
            ? equalsText(subject.value, text, false, place)
            : matchesPattern(subject.value, text, operator.endsWith('*'), place);
      return both(subject.when, test);
    }),
  );
  if (subjects.length === 0) return never;
  if (holdsUnknown(holds) && isOfTheRequest(comparison.subject)) return circumstanceOf(comparison);
  return operator.startsWith('!') ? not(holds) : holds;
}

/** Variables of nginx in which the page that asks has no part: what is asked for, and who sends it by which way. */
const ofTheRequest = new Set([
  'request_uri',
  'uri',
  'document_uri',
  'request_filename',
  'args',
  'is_args',
  'query_string',
  'scheme',
  'https',
  'server_port',
  'remote_addr',
  'remote_user',
  'sent_http_content_type',
  'content_type',
]);
const familiesOfTheRequest = /^(arg_|cookie_|geoip_|http_(?!origin|referer|sec_fetch))\w+$/;

function isOfTheRequest(subject: string): boolean {
  const name = /^\$\{?(\w+)\}?$/.exec(subject)?.[1] ?? '';
  return ofTheRequest.has(name) || familiesOfTheRequest.test(name);
}

function isFileTest({ directive }: Item): boolean {
  const words = directive.args.map(({ text }) => text).join(' ');
  return /^\(?\s*!?-[fdex]\s/.test(words) && !/origin|referer/i.test(words);
}

/** A preflight has no cookie, no user and no header of the application's own: nginx's variable is empty then. */
function withoutHeader({ subject, operator, text, range, contentRange }: Comparison): boolean | undefined {
  const [, header, other] = /^\$\{?(?:http_(\w+)|(cookie_\w+|remote_user|content_type))\}?$/.exec(subject) ?? [];
  if (other === undefined && (header === undefined || isOnPreflights(header.replaceAll('_', '-')))) return undefined;
  if (operator === '') return false;
  const missing = { kind: 'text', text: '' } as const;
  const place = { range, textRange: contentRange };
  const { kind } = operator.endsWith('=')
    ? equalsText(missing, text, false, place)
    : matchesPattern(missing, text, operator.endsWith('*'), place);
  return kind === 'always' ? true : kind === 'never' ? false : undefined;
}

function circumstanceOf(comparison: Comparison): RequestTest {
  const { subject, operator, text } = comparison;
  const negated = operator.startsWith('!');
  const met =
    operator === ''
      ? circumstance(subject)
      : operator.endsWith('=')
        ? circumstance(subject, text)
        : circumstance(`${subject} ${operator.replace('!', '')} ${text}`);
  const inPreflight = withoutHeader(comparison);
  const decided: RequestTest = inPreflight === undefined ? met : ({ ...met, inPreflight } as RequestTest);
  return negated ? not(decided) : decided;
}

/** The words of `( … )`; nginx takes one parenthesis off either end. */
function withoutParentheses(words: readonly Word[]): Word[] {
  const [first, ...others] = words;
  if (!first?.text.startsWith('(')) return [];
  const opened = cut(first, 1, 0);
  const inner = [...(opened.text === '' && first.quote === '' ? [] : [opened]), ...others];
  const last = inner.at(-1);
  if (last === undefined || last.quote !== '' || !last.text.endsWith(')')) return [];
  const closed = cut(last, 0, 1);
  return [...inner.slice(0, -1), ...(closed.text === '' ? [] : [closed])];
}

function cut(word: Word, before: number, after: number): Word {
  const range = { start: word.range.start + before, end: word.range.end - after };
  return { ...word, text: word.text.slice(before, word.text.length - after), range, contentRange: range };
}
