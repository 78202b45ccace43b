/** Functions that decide for one origin: through a callback, or by what they return. */
import type { SourceRange } from '../../syntax/range.ts';
import type { OriginEntry } from '../../policy/policy.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { all, always, originPresent, some, unknown } from '../../policy/request-test.ts';
import type { Outcome } from '../../values/evaluator.ts';
import type { Value } from '../../values/value.ts';
import { isUndefined, readLiteral, refusalOf, unanswered } from './callback-answers.ts';
import type { OriginCallback } from './cors-library.ts';
import type { Grant } from './grants.ts';
import { reflected, unknownGrant, varyOrigin } from './grants.ts';
import type { LibraryContext } from './library-context.ts';
import { merged } from './merged-grants.ts';
import { entriesOfCheck } from './origin-entries.ts';
import { byMeaning, sentText } from './origin-meanings.ts';

/** An answer that is an origin option again. */
type ReadOption = (value: Value) => Grant;

/** One way in which the function answers. */
interface Answer {
  readonly when: RequestTest;
  readonly value: Value | undefined;
  readonly range: SourceRange;
  readonly refuses: boolean;
}

/** What the function amounts to, by the library's contract with it. */
export function readCallback(
  value: Value & { kind: 'function' },
  context: LibraryContext,
  readOption: ReadOption,
): Grant {
  const contract = context.library.origin.callback!;
  if (value.function.async && contract.promise !== undefined) return promised(value, contract.promise, context);
  const answers = answersOf(value, contract, context);
  if (answers.length === 0) return unknownGrant(value.range);
  const refusal = refusalOf(contract, value.range, context);
  const grants = answers.map((answer): AnsweredGrant => ({
    when: answer.when,
    grant: answer.refuses
      ? { ...refusal, errors: always }
      : isUndefined(answer.value)
        ? unanswered(contract, answer.range, context)
        : readAnswer(answer.value, refusal, context, readOption),
  }));
  const grant = merged(grants);
  return {
    ...grant,
    headers: contract.varies ? [...grant.headers, varyOrigin(always, value.range)] : grant.headers,
    entries: entriesOfAnswers(grants, value.range, context),
  };
}

/** A promise that nobody waits for. */
function promised(
  value: Value & { kind: 'function' },
  promise: NonNullable<OriginCallback['promise']>,
  context: LibraryContext,
): Grant {
  switch (promise) {
    case 'yes':
      return reflected(value.range, context);
    case 'no':
      return byMeaning('nobody', value, context);
    case 'text':
      return {
        ...byMeaning('sent', value, context),
        facts: [{ kind: 'unawaited-origin', range: { ...value.range, end: value.range.start + 'async'.length } }],
      };
    case 'fails':
      return byMeaning('fails', value, context);
  }
}

/** In the order in which they are decided; the last one holds where no other does. */
function answersOf(
  value: Value & { kind: 'function' },
  contract: OriginCallback,
  context: LibraryContext,
): readonly Answer[] {
  const answers = context.evaluator.outcomes(value, contract.roles).flatMap((outcome): Answer[] => {
    const range = outcome.node ? inFileOf(value, outcome.node.range) : value.range;
    if (outcome.kind === 'call' && contract.answers !== 'return') return [calledBack(outcome, range)];
    return outcome.kind === 'return' && contract.answers !== 'callback'
      ? [{ when: outcome.when, value: answerIn(outcome.values[0], contract), range, refuses: false }]
      : [];
  });
  // A function that comes to its end returns undefined.
  const end: Answer = { when: always, value: undefined, range: value.range, refuses: false };
  return answers.length === 0 || contract.answers === 'callback' ? answers : [...answers, end];
}

/** A function of another file answers there. */
function inFileOf({ range: { path } }: Value, range: SourceRange): SourceRange {
  return path === undefined ? range : { ...range, path };
}

/** `return true, nil`. */
function answerIn(value: Value | undefined, { first }: OriginCallback): Value | undefined {
  if (!first || value?.kind !== 'list' || value.type !== 'tuple') return value;
  const [answer, holds] = value.items;
  if (first === true || answer === undefined) return answer;
  const { range } = value;
  switch (holds?.kind) {
    case 'boolean':
      return holds.value ? answer : { kind: 'nothing', range };
    case 'predicate':
      return {
        kind: 'one-of',
        choices: [
          { when: holds.test, value: answer },
          { when: always, value: { kind: 'nothing', range } },
        ],
        range,
      };
    default:
      return { kind: 'unknown', range };
  }
}

/** `callback(error, answer)`. */
function calledBack({ when, values: [error, answer] }: Outcome, range: SourceRange): Answer {
  const refuses = error !== undefined && error.kind !== 'nothing' && !(error.kind === 'boolean' && !error.value);
  // An error that other code hands over may be none; one that is made here is one.
  const mayBeNone = refuses && answer !== undefined && error.kind === 'unknown' && error.expression?.kind !== 'call';
  return mayBeNone
    ? { when: all([when, unknown()]), value: answer, range, refuses: false }
    : { when, value: answer, range, refuses };
}

interface AnsweredGrant {
  readonly when: RequestTest;
  readonly grant: Grant;
}

/** Answers that say yes to whoever asks are one check, of which each compared origin is an entry. */
function entriesOfAnswers(
  grants: readonly AnsweredGrant[],
  range: SourceRange,
  { text }: LibraryContext,
): readonly OriginEntry[] {
  const yes = grants.filter(({ grant }) => grant.entries.length === 1 && grant.entries[0]!.kind === 'reflect');
  const check = all([originPresent, some(yes.map(({ when, grant }) => all([when, grant.allowed])))]);
  const others = grants.filter((one) => !yes.includes(one));
  return [
    ...(yes.length > 0 ? entriesOfCheck(check, range, text) : []),
    ...others.flatMap(({ when, grant }) =>
      grant.entries.map((entry) => ({ ...entry, accepts: all([when, entry.accepts]) })),
    ),
  ];
}

function readAnswer(value: Value, refusal: Grant, context: LibraryContext, readOption: ReadOption): Grant {
  const { as, refusal: refuses } = context.library.origin.callback!;
  if (refuses === 'option') return readOption(value);
  const falsy =
    value.kind === 'nothing' ||
    (value.kind === 'boolean' && !value.value) ||
    (value.kind === 'text' && value.text === '');
  if (value.kind === 'one-of')
    return merged(
      value.choices.map((choice) => ({
        when: choice.when,
        grant: readAnswer(choice.value, refusal, context, readOption),
      })),
    );
  if (value.kind === 'predicate' && as !== 'header')
    return merged([
      { when: value.test, grant: reflected(value.range, context) },
      { when: always, grant: refusal },
    ]);
  if (as === 'literal') return readLiteral(value, refusal, context);
  if (falsy) return refusal;
  if (as === 'option') return readOption(value);
  if (as === 'truthy')
    return value.kind === 'unknown' || value.kind === 'environment'
      ? unknownGrant(value.range)
      : reflected(value.range, context);
  if (as === 'exactly-true')
    return value.kind === 'boolean'
      ? reflected(value.range, context)
      : value.kind === 'unknown'
        ? unknownGrant(value.range)
        : refusal;
  if (value.kind === 'text') return value.text === '*' ? sentStar(value, context) : sentText(value, context);
  // Without an Origin the function returns an empty text, or nothing.
  if (value.kind === 'request' && value.input === 'origin')
    return merged([
      { when: originPresent, grant: reflected(value.range, context) },
      { when: always, grant: refusal },
    ]);
  if (value.kind === 'boolean' || value.kind === 'number') return byMeaning('sent', value, context);
  return unknownGrant(value.range);
}

function sentStar(value: Value & { kind: 'text' }, context: LibraryContext): Grant {
  const { library } = context;
  const literal = { ...context, library: { ...library, anyWithCredentials: 'literal', reflectsAny: false } as const };
  return byMeaning('any', value, library.origin.callback!.starIsSent ? literal : context);
}
