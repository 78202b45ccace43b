/**
 * Circumstances: conditions that have nothing to do with who asks, such as a query parameter or a flag of the
 * deployment. Some requests meet them and some do not, so that what is sent under one is sent to somebody: an origin
 * is let in where there are circumstances under which it is.
 */
import { decide } from './decide.ts';
import type { Circumstances, CorsRequest } from './request.ts';
import { all, always, never, not, sizeOf, some, unknown } from './request-test.ts';
import type { CircumstanceTest, RequestTest } from './request-test.ts';

/** Most assignments that are looked at for one condition, and tests that are looked at for them; beyond it the circumstances that are left are unknown. */
const mostSteps = 128;
const mostTests = 30_000;

function stepsFor(test: RequestTest): number {
  return Math.min(mostSteps, Math.floor(mostTests / sizeOf(test)));
}

/** Whether any circumstance decides the condition. */
export function hasCircumstances(test: RequestTest): boolean {
  return firstCircumstance(test) !== undefined;
}

/** The condition that there are circumstances under which the test holds: no circumstance is left in it. */
export function possible(test: RequestTest): RequestTest {
  if (!hasCircumstances(test)) return test;
  const found = new Map<string, RequestTest>();
  let steps = 0;
  const most = stepsFor(test);
  const visit = (formula: RequestTest): boolean => {
    const circumstance = firstCircumstance(formula);
    if (circumstance === undefined) {
      if (formula.kind !== 'never') found.set(JSON.stringify(formula), formula);
      return formula.kind === 'always';
    }
    if (++steps > most) {
      const rest = withoutCircumstances(formula);
      found.set(JSON.stringify(rest), rest);
      return false;
    }
    return valuesOf(formula, circumstance.subject).some((value) => visit(assume(formula, circumstance.subject, value)));
  };
  visit(test);
  return some([...found.values()]);
}

/** Circumstances under which the test certainly holds for the request; undefined when none are found. */
export function circumstancesFor(test: RequestTest, request: CorsRequest): Circumstances | undefined {
  let steps = 0;
  const most = stepsFor(test);
  const search = (circumstances: Circumstances): Circumstances | undefined => {
    const decided = decide(test, { ...request, circumstances });
    if (decided !== 'unknown') return decided ? circumstances : undefined;
    const open = firstCircumstance(test, circumstances);
    if (open === undefined || ++steps > most) return undefined;
    for (const value of valuesOf(test, open.subject)) {
      const found = search(new Map([...circumstances, [open.subject, value]]));
      if (found) return found;
    }
    return undefined;
  };
  return search(new Map());
}

/** The condition as it is on the developer's machine, or in production. */
export function inPhase(test: RequestTest, phase: 'development' | 'production'): RequestTest {
  return [...phasesIn(test)].reduce((formula, one) => {
    if (one.phase === phase) return phase === 'production' ? assume(formula, one.subject, one.value ?? true) : formula;
    return exclude(formula, one);
  }, test);
}

/** The circumstances that only hold in development, or only in production. */
export function phasesIn(test: RequestTest): readonly CircumstanceTest[] {
  switch (test.kind) {
    case 'circumstance':
      return test.phase === undefined ? [] : [test];
    case 'not':
      return phasesIn(test.test);
    case 'all':
    case 'some':
      return test.tests.flatMap(phasesIn);
    default:
      return [];
  }
}

function firstCircumstance(test: RequestTest, decided?: Circumstances): CircumstanceTest | undefined {
  switch (test.kind) {
    case 'circumstance':
      return decided?.has(test.subject) ? undefined : test;
    case 'not':
      return firstCircumstance(test.test, decided);
    case 'all':
    case 'some':
      for (const part of test.tests) {
        const found = firstCircumstance(part, decided);
        if (found) return found;
      }
      return undefined;
    default:
      return undefined;
  }
}

/** What the subject can be as far as the condition asks; `false` is none of it. */
function valuesOf(test: RequestTest, subject: string): readonly (string | boolean)[] {
  const found = new Set<string | boolean>();
  const visit = (part: RequestTest): void => {
    if (part.kind === 'circumstance' && part.subject === subject) found.add(part.value ?? true);
    else if (part.kind === 'not') visit(part.test);
    else if (part.kind === 'all' || part.kind === 'some') part.tests.forEach(visit);
  };
  visit(test);
  return [...found, false];
}

function assume(test: RequestTest, subject: string, value: string | boolean): RequestTest {
  return replaced(test, (circumstance) =>
    circumstance.subject !== subject ? circumstance : (circumstance.value ?? true) === value ? always : never,
  );
}

function exclude(test: RequestTest, { subject, value }: CircumstanceTest): RequestTest {
  return replaced(test, (circumstance) =>
    circumstance.subject === subject && circumstance.value === value ? never : circumstance,
  );
}

function withoutCircumstances(test: RequestTest): RequestTest {
  return replaced(test, () => unknown());
}

function replaced(test: RequestTest, replace: (circumstance: CircumstanceTest) => RequestTest): RequestTest {
  switch (test.kind) {
    case 'circumstance':
      return replace(test);
    case 'not':
      return not(replaced(test.test, replace));
    case 'all':
      return all(test.tests.map((part) => replaced(part, replace)));
    case 'some':
      return some(test.tests.map((part) => replaced(part, replace)));
    default:
      return test;
  }
}
