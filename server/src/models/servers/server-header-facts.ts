/** What header statements show beside their policy: doubled, misspelt, or several origins in one value. */
import type { Edit, SourceRange } from '../../syntax/range.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { always, optionsMethod } from '../../policy/request-test.ts';
import { both, isSame } from './server-conditions.ts';
import type { Fact } from '../../policy/policy.ts';
import { corsHeaderNames, misspelling } from '../cors-header-names.ts';
import type { HeaderStatement, HeaderWriter } from './header-statements.ts';

/** The name in its usual spelling. */
export function headerTitle(name: string): string {
  return corsHeaderNames.find((known) => known.toLowerCase() === name) ?? name;
}

/** The header of CORS that a name, in lower case, is nearly; undefined where it is one, or none. */
export function meantHeader(name: string): string | undefined {
  return /^ac+es+.?control/.test(name) ? misspelling(name) : undefined;
}

/** Some statement writes the header on answers. */
export function isWritten(statements: Iterable<HeaderStatement>, name: string): boolean {
  return [...statements].some((statement) => statement.name === name && statement.operation !== 'remove');
}

/** Names that are nearly one of CORS. */
export function misspelt(
  statements: readonly HeaderStatement[],
  rename: (statement: HeaderStatement, name: string) => Edit[],
): Fact[] {
  return statements.flatMap((statement): Fact[] => {
    const suggestion = statement.operation === 'remove' ? undefined : meantHeader(statement.name);
    return suggestion === undefined
      ? []
      : [
          {
            kind: 'misspelt-header',
            name: statement.written,
            suggestion,
            range: statement.nameRange,
            rename: () => rename(statement, suggestion),
          },
        ];
  });
}

export function severalOrigins(
  statements: readonly HeaderStatement[],
  toList: (statement: HeaderStatement, origins: readonly string[]) => Edit[],
): Fact[] {
  return statements.flatMap((statement): Fact[] => {
    const origins = statement.dynamic ? [] : originsIn(statement.text);
    return origins.length > 1
      ? [{ kind: 'multiple-origins', origins, range: statement.valueRange, toList: () => toList(statement, origins) }]
      : [];
  });
}

/** The origins of a value that names several; none otherwise. */
export function originsIn(text: string): string[] {
  const members = text.split(/[\s,;|]+/).filter((member) => member !== '');
  return members.length > 1 && members.every((member) => /^[a-z][a-z0-9+.-]*:\/\//i.test(member)) ? members : [];
}

/** A statement that adds a line, or after a comma a value, to that of another one, on the same response. */
export function duplicates(statements: readonly HeaderStatement[], writer: HeaderWriter): Fact[] {
  /** What stands before a removal is not there any more. */
  const removed = new Map<string, number>();
  for (const [index, second] of statements.entries()) {
    if (second.operation === 'remove') removed.set(second.name, index);
    if (second.operation !== 'append' && second.operation !== 'merge') continue;
    const first = statements.find(
      (earlier, at) =>
        at < index &&
        at > (removed.get(second.name) ?? -1) &&
        overlaps(earlier, second) &&
        (second.operation === 'append' || joins(earlier, second)),
    );
    if (first)
      return [
        {
          kind: 'duplicate-header',
          header: 'Access-Control-Allow-Origin',
          range: second.range,
          other: first.range,
          why:
            second.operation === 'append'
              ? 'the second statement adds a line of its own'
              : 'the second statement adds its value after a comma',
          fix: () => writer.remove(second),
        },
      ];
  }
  return [];
}

/** Both are in one table, and what the second one adds is not there yet. */
function joins(first: HeaderStatement, second: HeaderStatement): boolean {
  return (
    first.statuses === second.statuses && (second.repeats === true || (!second.dynamic && first.text !== second.text))
  );
}

/** Certain only where one of them is always sent, or both under the same condition. */
export function overlaps(first: HeaderStatement, second: HeaderStatement): boolean {
  const sent = ({ outcomes }: HeaderStatement): RequestTest[] =>
    outcomes.filter(({ value, when }) => value.kind !== 'unknown' && when.kind !== 'never').map(({ when }) => when);
  return areSentTogether(sent(first), sent(second), always);
}

/** Whether a condition of the one is a condition of the other, or one of them has no more than what both stand under. */
export function areSentTogether(
  one: readonly RequestTest[],
  other: readonly RequestTest[],
  unconditional: RequestTest,
): boolean {
  const isUnconditional = (when: RequestTest): boolean => isSame(when, unconditional);
  return (
    one.length > 0 &&
    other.length > 0 &&
    (one.some(isUnconditional) ||
      other.some(isUnconditional) ||
      one.some((when) => other.some((also) => isSame(when, also))))
  );
}

/** An answer to OPTIONS on which none of the statements runs. */
export function preflightWithoutHeaders(
  statements: readonly HeaderStatement[],
  answers: readonly { readonly when: RequestTest; readonly status: number; readonly range: SourceRange }[],
  scope: string,
): Fact[] {
  const lines = statements.filter(
    ({ name, operation, outcomes }) =>
      name === 'access-control-allow-origin' && operation !== 'remove' && outcomes.length > 0,
  );
  const answer = answers.find(({ when, status }) => status < 300 && restrictsTo(when, 'OPTIONS'));
  if (!answer || lines.length === 0 || lines.some(({ when }) => both(when, optionsMethod).kind !== 'never')) return [];
  return [
    {
      kind: 'unhandled-preflight',
      range: lines[0]!.range,
      needs: `${scope} with PUT, DELETE or a JSON body`,
      why: 'OPTIONS is answered before these headers are set',
      related: answer.range,
    },
  ];
}

function restrictsTo(test: RequestTest, method: string): boolean {
  return test.kind === 'method'
    ? test.name === method
    : test.kind === 'all' && test.tests.some((part) => restrictsTo(part, method));
}
