/** Which status a handler answers with, to OPTIONS above all. */
import type { SourceRange } from '../../syntax/range.ts';
import type { Program } from '../../syntax/programs/program.ts';
import type { StatusRule } from '../../policy/policy.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { all, optionsMethod } from '../../policy/request-test.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { WaysOfAnswering } from './handler-language.ts';

/** The text of a handler, or of a script, and the condition under which it runs. */
export interface AnsweringText {
  readonly range: SourceRange;
  readonly when: RequestTest;
}

/** Statuses that the handlers give to OPTIONS or to certain origins, each under its condition, else what is around them gives. */
export function statusesOf(
  handlers: readonly AnsweringText[],
  { statuses }: WaysOfAnswering,
  program: Program,
  evaluator: Evaluator,
  otherwise: number | null,
): StatusRule[] {
  return [
    ...handlers.flatMap((handler) => writtenStatuses(handler, statuses, program, evaluator)),
    { when: optionsMethod, status: otherwise },
  ];
}

function writtenStatuses(
  { range, when: under }: AnsweringText,
  { before, names = {} }: WaysOfAnswering['statuses'],
  program: Program,
  evaluator: Evaluator,
): StatusRule[] {
  const body = program.text.part(range.start, range.end);
  return [...body.matchAll(new RegExp(`(?:${before.source})[\\w.:]+`, 'g'))].flatMap((match): StatusRule[] => {
    const written = /\w+$/.exec(match[0])?.[0] ?? '';
    // `HTTP_204_NO_CONTENT` says it, too.
    const digits = /(?:^|_)(\d{3})(?=_|$)/.exec(written)?.[1];
    const named = Object.hasOwn(names, written) ? names[written] : undefined;
    const status = digits === undefined ? named : Number(digits);
    const node = program.expressionAt(range.start + match.index + match[0].length - 1);
    const when = node && all([under, evaluator.guard(node)]);
    return when && status !== undefined && (asksForOptions(when) || asksForOrigin(when)) ? [{ when, status }] : [];
  });
}

function asksForOptions(test: RequestTest): boolean {
  return (
    (test.kind === 'method' && test.name === 'OPTIONS') || (test.kind === 'all' && test.tests.some(asksForOptions))
  );
}

/** Looks at the origin, and at nothing that the text does not decide. */
function asksForOrigin(test: RequestTest): boolean {
  switch (test.kind) {
    case 'origin':
    case 'origin-present':
      return true;
    case 'not':
      return asksForOrigin(test.test);
    case 'all':
    case 'some':
      return test.tests.every((part) => asksForOrigin(part) || asksForMethod(part)) && test.tests.some(asksForOrigin);
    default:
      return false;
  }
}

function asksForMethod(test: RequestTest): boolean {
  return test.kind === 'method' || (test.kind === 'not' && test.test.kind === 'method');
}
