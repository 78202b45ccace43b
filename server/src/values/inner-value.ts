/**
 * Values as the evaluator itself sees them: the public ones, and results in between that only mean something to the
 * next operator (a position, a part of the origin, a member of the request).
 */
import type { SourceRange } from '../syntax/range.ts';
import type { ClassExpression, Expression } from '../syntax/programs/program.ts';
import type { OriginPart, RequestTest } from '../policy/request-test.ts';
import { all, always, never, not, originPresent, some, unknown } from '../policy/request-test.ts';
import type { ParameterRole } from './evaluator.ts';
import type { OneOf, RequestInput, Value } from './value.ts';

interface InnerBase {
  readonly range: SourceRange;
  readonly expression?: Expression;
}
/** `new URL(origin)` (`url`), its members, and the origin in lower case. */
export interface OriginPiece extends InnerBase {
  readonly kind: 'origin-piece';
  readonly part: OriginPart | 'url';
  readonly ignoreCase: boolean;
}
/** Result of `indexOf`, `findIndex`, `search`: -1 unless `found`, 0 when `first`. `of`: where a text is looked for in the origin. */
export interface Position extends InnerBase {
  readonly kind: 'position';
  /** Where nothing is found it is false and not -1: PHP's `strpos`. */
  readonly orFalse?: true;
  readonly found: RequestTest;
  readonly first: RequestTest;
  readonly of?: {
    readonly part: OriginPart;
    readonly ignoreCase: boolean;
    readonly text: string;
    readonly isLast: boolean;
  };
}
/** `origin.length - 12`. */
export interface Length extends InnerBase {
  readonly kind: 'length';
  readonly of: OriginPart;
  readonly minus: number;
}
/** `origin.split('.')`, the first `from` pieces left out, or but the `last` ones. */
export interface Segments extends InnerBase {
  readonly kind: 'segments';
  readonly part: OriginPart;
  readonly ignoreCase: boolean;
  readonly separator: string;
  readonly from: number;
  readonly last?: number;
}
/** A length of which only "more than none" is known. */
export interface Count extends InnerBase {
  readonly kind: 'count';
  readonly some: RequestTest;
}
/** Result of `match`, `exec`: an object where the test holds, else null. */
export interface Match extends InnerBase {
  readonly kind: 'match';
  readonly test: RequestTest;
}
/** `req.headers`, `os.environ`, `re.compile`: a chain of names that starts at a parameter or at nothing in this file. */
export interface Path extends InnerBase {
  readonly kind: 'path';
  readonly root: 'parameter' | 'global';
  readonly names: readonly string[];
  readonly role?: ParameterRole;
  /** What the client sent, where the chain begins with the URL that stands in it: `new URL(req.headers.referer)`. */
  readonly urlIn?: RequestInput;
}
/** `Settings()`: an object of a class of the workspace. */
export interface Instance extends InnerBase {
  readonly kind: 'instance';
  readonly of: ClassExpression;
  /** The setting of the environment that holds it, and what stands between its name and its fields' where these are settings, too. */
  readonly setting?: { readonly name: string; readonly separator?: string };
}
/** `typeof origin`. */
export interface TypeName extends InnerBase {
  readonly kind: 'type-name';
  readonly of: Inner;
}
export interface InnerOneOf extends InnerBase {
  readonly kind: 'one-of';
  readonly choices: readonly Choice[];
}
export interface Choice {
  readonly when: RequestTest;
  readonly value: Inner;
}

export type Inner =
  | Exclude<Value, OneOf>
  | InnerOneOf
  | OriginPiece
  | Position
  | Length
  | Segments
  | Count
  | Match
  | Path
  | Instance
  | TypeName;

/** What others may see of it. */
export function toPublic(value: Inner): Value {
  const { range, expression } = value;
  switch (value.kind) {
    case 'one-of':
      return {
        kind: 'one-of',
        range,
        expression,
        choices: value.choices.map((choice) => ({ when: choice.when, value: toPublic(choice.value) })),
      };
    case 'match':
      return { kind: 'predicate', range, expression, test: value.test };
    case 'origin-piece':
      return value.part === 'origin' ? originAgain(value) : { kind: 'unknown', range, expression };
    case 'path':
    case 'position':
    case 'count':
    case 'length':
    case 'segments':
    case 'instance':
    case 'type-name':
      return { kind: 'unknown', range, expression };
    default:
      return value;
  }
}

/** `new URL(origin).origin` is what the browser sent, as it is in lower case. `new URL('null')` throws, so that nothing is sent. */
function originAgain({ ignoreCase, range, expression }: OriginPiece): Value {
  const same: Value = { kind: 'request', input: 'origin', range, expression };
  if (ignoreCase) return same;
  const isNull: RequestTest = {
    kind: 'origin',
    part: 'origin',
    operator: 'equals',
    text: 'null',
    ignoreCase: false,
    range,
  };
  const choices = [
    { when: isNull, value: { kind: 'nothing', range, expression } as const },
    { when: always, value: same },
  ];
  return { kind: 'one-of', choices, range, expression };
}

/** Which values fail a test besides `false` and nothing: a language's own convention. */
export interface Falsy {
  readonly emptyText: boolean;
  readonly zero: boolean;
  /** Lists and dictionaries. */
  readonly emptyList: boolean;
}

/** The condition under which the value is truthy. */
export function truth(value: Inner, falsy: Falsy): RequestTest {
  switch (value.kind) {
    case 'text':
      return constant(value.text !== '' || !falsy.emptyText);
    case 'boolean':
      return constant(value.value);
    case 'number':
      return constant(value.value !== 0 || !falsy.zero);
    case 'nothing':
      return never;
    case 'list':
      return membersTruth(value.items.length, value.open, falsy);
    case 'dict':
      return membersTruth(value.entries.length, value.open, falsy);
    case 'pattern':
    case 'function':
    case 'instance':
    case 'segments':
    case 'type-name':
      return always;
    case 'predicate':
    case 'match':
      return value.test;
    case 'request':
      return value.input === 'origin' ? originPresent : value.input === 'method' ? always : unknown();
    case 'environment':
      return value.fallback && truth(value.fallback, falsy).kind === 'always' ? always : unknown('independent');
    case 'one-of':
      return distribute(value, (choice) => truth(choice, falsy));
    case 'concatenation':
      return value.parts.some((part) => part.kind === 'text' && part.text !== '') ? always : unknown();
    case 'origin-piece':
      if (typeof value.part !== 'string')
        return not({ kind: 'origin', part: value.part, operator: 'equals', text: '', ignoreCase: false });
      return value.part === 'port' ? unknown() : originPresent;
    case 'length':
      return not(lengthTest(value.of, value.minus, value.minus));
    case 'position':
      return value.orFalse ? all([value.found, not(value.first)]) : not(value.first);
    case 'count':
      return value.some;
    case 'path':
      return value.root === 'parameter' && value.names.length === 1 && value.role !== undefined ? always : unknown();
    case 'unknown':
      return unknown();
  }
}

function membersTruth(count: number, open: boolean, { emptyList }: Falsy): RequestTest {
  if (!emptyList || count > 0) return always;
  return open ? unknown('independent') : never;
}

/** What is compared with the empty text; undefined where nothing is. */
export function comparedWithEmpty(left: Inner, right: Inner): Inner | undefined {
  if (right.kind === 'text' && right.text === '') return left;
  return left.kind === 'text' && left.text === '' ? right : undefined;
}

/** Whether a part of the condition is not decided by the text. */
export function holdsUnknown(test: RequestTest): boolean {
  switch (test.kind) {
    case 'unknown':
      return true;
    case 'not':
      return holdsUnknown(test.test);
    case 'all':
    case 'some':
      return test.tests.some(holdsUnknown);
    default:
      return false;
  }
}

/** Whether a part of the condition looks at the origin, or may. */
export function originTestsOrUnknownIn(test: RequestTest): boolean {
  switch (test.kind) {
    case 'unknown':
      return test.reason !== 'independent';
    case 'origin':
    case 'origin-present':
      return true;
    case 'not':
      return originTestsOrUnknownIn(test.test);
    case 'all':
    case 'some':
      return test.tests.some(originTestsOrUnknownIn);
    default:
      return false;
  }
}

function constant(holds: boolean): RequestTest {
  return holds ? always : never;
}

/** `when ? consequent : alternate` of conditions. */
export function choose(when: RequestTest, consequent: RequestTest, alternate: RequestTest): RequestTest {
  if (when.kind === 'always') return consequent;
  if (when.kind === 'never') return alternate;
  if (consequent.kind === alternate.kind && (consequent.kind === 'always' || consequent.kind === 'never'))
    return consequent;
  if (consequent.kind === 'always') return some([when, alternate]);
  if (consequent.kind === 'never') return all([not(when), alternate]);
  if (alternate.kind === 'never') return all([when, consequent]);
  if (alternate.kind === 'always') return some([not(when), consequent]);
  return some([all([when, consequent]), all([not(when), alternate])]);
}

/** Asks a question of every choice of the value. */
export function distribute(value: Inner, ask: (value: Inner) => RequestTest): RequestTest {
  if (value.kind !== 'one-of') return ask(value);
  return value.choices.reduceRight<RequestTest>(
    (rest, choice) => choose(choice.when, distribute(choice.value, ask), rest),
    never,
  );
}

/** Maps every choice of the value. */
export function mapChoices(value: Inner, map: (value: Inner) => Inner): Inner {
  if (value.kind !== 'one-of') return map(value);
  return oneOf(
    value.choices.map((choice) => ({ when: choice.when, value: mapChoices(choice.value, map) })),
    value.range,
    value.expression,
  );
}

const alternatives = new WeakMap<InnerOneOf, number>();

/** How many values it may be; 1 where nothing is chosen. Choices of choices multiply with each line that chooses. */
export function alternativesIn(value: Inner): number {
  if (value.kind !== 'one-of') return 1;
  const known = alternatives.get(value);
  if (known !== undefined) return known;
  const count = value.choices.reduce((sum, choice) => sum + alternativesIn(choice.value), 0);
  alternatives.set(value, count);
  return count;
}

/** The first choice whose condition holds, folded where the conditions or the values leave nothing to choose. */
export function oneOf(choices: readonly Choice[], range: SourceRange, expression?: Expression): Inner {
  const kept: Choice[] = [];
  for (const choice of choices) {
    if (choice.when.kind === 'never') continue;
    kept.push(choice);
    if (choice.when.kind === 'always') break;
  }
  const [first] = kept;
  if (first === undefined) return { kind: 'nothing', range, expression };
  if (first.when.kind === 'always') return first.value;
  if (kept.every(({ value }) => value.kind === 'boolean' || value.kind === 'predicate')) {
    const test = kept.reduceRight<RequestTest>(
      (rest, { when, value }) =>
        choose(
          when,
          value.kind === 'boolean' ? constant(value.value) : value.kind === 'predicate' ? value.test : unknown(),
          rest,
        ),
      never,
    );
    return predicate(test, range, expression);
  }
  return { kind: 'one-of', choices: kept, range, expression };
}

/** A boolean; a constant where the condition is one. */
export function predicate(test: RequestTest, range: SourceRange, expression?: Expression): Inner {
  if (test.kind === 'always' || test.kind === 'never')
    return { kind: 'boolean', value: test.kind === 'always', range, expression };
  return { kind: 'predicate', test, range, expression };
}

/** Whether the part has so many characters, `Infinity` for no end. */
export function lengthTest(part: OriginPart, from: number, to: number): RequestTest {
  const least = Math.max(0, from);
  if (to < least) return never;
  if (least === 0 && to === Infinity) return always;
  // Each character is a state of an automaton, and no origin is so long.
  if (least > 300 || (to > 300 && to !== Infinity)) return unknown();
  return {
    kind: 'origin',
    part,
    operator: 'matches',
    pattern: {
      source: `[\\s\\S]{${least},${to === Infinity ? '' : to}}`,
      flags: '',
      dialect: 'javascript',
      mode: 'full',
    },
  };
}

/** A piece of what the client sent beside its origin, or another spelling of it, is still something that the client sent. */
export function partOfInput(value: Inner): Inner | undefined {
  return value.kind === 'request' && value.input === 'other' ? value : undefined;
}

/** The part of the origin that a value is, and whether letter case was folded before. */
export function originSubject(value: Inner): { readonly part: OriginPart; readonly ignoreCase: boolean } | undefined {
  if (value.kind === 'request' && value.input === 'origin') return { part: 'origin', ignoreCase: false };
  if (value.kind === 'origin-piece')
    return { part: value.part === 'url' ? 'origin' : value.part, ignoreCase: value.ignoreCase };
  return undefined;
}
