/**
 * Circumstances: conditions that have nothing to do with who asks, such as a query parameter or a flag of the
 * deployment. Some requests meet them and some do not, so that what is sent under one is sent to somebody: an origin
 * is let in where there are circumstances under which it is.
 */
import { identityOf } from './condition-identity.ts';
import { fold, singleTests, stepsSoFar } from './condition-walk.ts';
import { decide } from './decide.ts';
import type { Circumstances, CorsRequest } from './request.ts';
import { replaced, shared } from './replaced-tests.ts';
import { all, always, never, sharedSome, some, unknown } from './request-test.ts';
import type { CircumstanceTest, Phase, RequestTest } from './request-test.ts';
import { inEachCase } from './undecided.ts';

/** Most parts of conditions that are looked at for one question; beyond it the circumstances that are left are unknown. */
const mostSteps = 100_000;

const circumstantial = new WeakMap<RequestTest, boolean>();

/** Whether any circumstance decides the condition. */
export function hasCircumstances(test: RequestTest): boolean {
  return fold<boolean>(test, (part, parts) => part.kind === 'circumstance' || parts.includes(true), circumstantial);
}

/**
 * The condition that there are circumstances under which the test holds, however what is undecided comes out: no circumstance is left
 * in it.
 */
export function possible(test: RequestTest): RequestTest {
  if (!hasCircumstances(test)) return inEachCase(test);
  const search = new Search();
  const found = new Map<number, RequestTest>();
  const seen = new Set<number>();
  /** Whether nothing is left to be found: the condition holds for everybody under some circumstances. */
  const visit = (formula: RequestTest): boolean => {
    const number = search.once(formula, seen);
    if (number === undefined) return false;
    const circumstance = firstCircumstance(formula);
    if (circumstance === undefined || search.isOver) {
      const rest = inEachCase(circumstance === undefined ? formula : withoutCircumstances(formula));
      if (rest.kind !== 'never') found.set(number, rest);
      return rest.kind === 'always';
    }
    for (const { rest } of search.cases(formula, circumstance.subject)) if (visit(rest)) return true;
    return false;
  };
  visit(test);
  return sharedSome([...found.values()]);
}

/** Circumstances under which the test certainly holds for the request; undefined when none are found. */
export function circumstancesFor(test: RequestTest, request: CorsRequest): Circumstances | undefined {
  if (!hasCircumstances(test)) return inEachCase(decidedFor(test, request)).kind === 'always' ? new Map() : undefined;
  const search = new Search();
  const seen = new Set<number>();
  const visit = (formula: RequestTest, circumstances: Circumstances): Circumstances | undefined => {
    if (formula.kind === 'always') return circumstances;
    const open = firstCircumstance(formula);
    if (open === undefined) return inEachCase(formula).kind === 'always' ? circumstances : undefined;
    if (search.isOver || search.once(formula, seen) === undefined) return undefined;
    for (const { value, rest } of search.cases(formula, open.subject)) {
      const found = visit(rest, new Map([...circumstances, [open.subject, value]]));
      if (found) return found;
    }
    return undefined;
  };
  return visit(decidedFor(test, request), new Map());
}

/** The condition as it is on the developer's machine, in production, or there with what somebody may have switched on. */
export function inPhase(test: RequestTest, phase: Phase): RequestTest {
  return phasesIn(test).reduce((formula, one) => {
    // In development a test of production fails; what else the subject may be stays open.
    if (one.phase === phase && phase !== 'production') return formula;
    const isOfPhase = one.phase === (phase === 'opt-in' ? 'production' : phase);
    const value = one.value ?? true;
    return replaced(
      formula,
      (single) => {
        if (!isAbout(single, one.subject)) return single;
        if (isOfPhase) return holdsFor(single, value) ? always : never;
        return single.value === one.value ? never : single;
      },
      { all, some },
    );
  }, test);
}

/** The circumstances that only hold in development, only in production, or where they are switched on. */
export function phasesIn(test: RequestTest): readonly CircumstanceTest[] {
  if (isOfNoPhase(test)) return [];
  return [...singleTests(test, isOfNoPhase)].filter(
    (single): single is CircumstanceTest => single.kind === 'circumstance' && single.phase !== undefined,
  );
}

const phased = new WeakMap<RequestTest, boolean>();

function isOfNoPhase(test: RequestTest): boolean {
  return !fold<boolean>(
    test,
    (part, parts) => (part.kind === 'circumstance' && part.phase !== undefined) || parts.includes(true),
    phased,
  );
}

/** One search through the cases of circumstances, each condition that is left looked at once. */
class Search {
  private readonly start = stepsSoFar();
  private readonly places = new Map<string, bigint>();
  private readonly subjects = new WeakMap<RequestTest, bigint>();

  get isOver(): boolean {
    return stepsSoFar() - this.start > mostSteps;
  }

  /** The condition's number; undefined where it was seen before. */
  once(formula: RequestTest, seen: Set<number>): number | undefined {
    const number = identityOf(formula);
    return seen.has(number) ? undefined : (seen.add(number), number);
  }

  /** What is left of the condition for each value that the subject can have; `false` is none of those that are asked for. */
  *cases(formula: RequestTest, subject: string): Generator<{ value: string | boolean; rest: RequestTest }> {
    const isElsewhere = (part: RequestTest): boolean => !this.mentions(part, subject);
    const values = new Set<string | boolean>();
    for (const single of singleTests(formula, isElsewhere))
      if (isAbout(single, subject)) values.add(single.value ?? true);
    for (const value of [...values, false]) {
      const decided = (single: RequestTest): RequestTest =>
        isAbout(single, subject) ? (holdsFor(single, value) ? always : never) : single;
      yield { value, rest: replaced(formula, decided, shared, isElsewhere) };
    }
  }

  /** Most parts of a condition that grew rule by rule say nothing of a subject, and need no look. */
  private mentions(test: RequestTest, subject: string): boolean {
    const found = fold<bigint>(
      test,
      (part, parts) =>
        part.kind === 'circumstance' ? this.placeOf(part.subject) : parts.reduce((all, one) => all | one, 0n),
      this.subjects,
    );
    return (found & this.placeOf(subject)) !== 0n;
  }

  private placeOf(subject: string): bigint {
    const known = this.places.get(subject) ?? 1n << BigInt(this.places.size);
    this.places.set(subject, known);
    return known;
  }
}

function firstCircumstance(test: RequestTest): CircumstanceTest | undefined {
  const isCertain = (part: RequestTest): boolean => !hasCircumstances(part);
  for (const single of singleTests(test, isCertain)) if (single.kind === 'circumstance') return single;
  return undefined;
}

function isAbout(test: RequestTest, subject: string): test is CircumstanceTest {
  return test.kind === 'circumstance' && test.subject === subject;
}

function holdsFor(test: CircumstanceTest, value: string | boolean): boolean {
  return (test.value ?? true) === value;
}

function withoutCircumstances(test: RequestTest): RequestTest {
  return replaced(test, (single) => (single.kind === 'circumstance' ? unknown() : single));
}

/** Only circumstances and what is undecided are left open. */
function decidedFor(test: RequestTest, request: CorsRequest): RequestTest {
  return replaced(test, (single) => {
    const decided = decide(single, request);
    if (single.kind === 'circumstance' && decided === 'unknown') return single;
    if (decided === 'unknown') return single.kind === 'unknown' ? single : unknown();
    return decided ? always : never;
  });
}
