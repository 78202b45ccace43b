/** One session of an evaluator: what is known already, what is being asked, and how much asking is left. */
import type { Call, Expression, Node, Program } from '../syntax/programs/program.ts';
import type { RequestTest } from '../policy/request-test.ts';
import { applyFunction, evaluateCall } from './calls.ts';
import { conditionOf } from './conditions.ts';
import { foldExpression } from './fold.ts';
import { guardOf } from './guards.ts';
import { alternativesIn } from './inner-value.ts';
import type { Inner } from './inner-value.ts';
import type { At, EvaluationBound, EvaluatorHost, Frame, Place, Session } from './session.ts';
import { rangeIn } from './session.ts';
import { further } from './ways.ts';
import type { KnownWay, Way } from './ways.ts';

/** Nested evaluations and evaluations in all that one question may take; beyond it the answer is unknown. */
export const deepest = 250;
export const mostSteps = 40_000;
/** In UTF-16 units, of a text that is put together: twenty-five lines that each double one make a gigabyte. */
export const longestMadeText = 100_000;
/** Of a value that is one of several: a list of cases has hundreds, choices among choices have no end. */
export const mostAlternatives = 5000;

export class EvaluatorSession implements Session {
  private readonly homes = new WeakMap<Node, Program>();
  /** Nodes of other files than the root's were met. */
  private hasGuests = false;
  private readonly values = new Map<string, Inner>();
  private readonly framedValues = new WeakMap<readonly Frame[], Map<string, Inner>>();
  private readonly tests = new Map<string, RequestTest>();
  private readonly ways = new WeakMap<Node, KnownWay>();
  /** What is being evaluated: asked for again, it depends on itself. */
  private readonly active = new Set<string>();
  /** Whether it is being found out what an expression depends on. */
  private asksForInfluence = false;
  private steps = 0;
  private depth = 0;
  /** How often a cycle or a limit cut something short: what was found meanwhile may be known when it is asked for from elsewhere. */
  private cuts = 0;

  constructor(
    readonly root: Program,
    readonly host: EvaluatorHost,
  ) {}

  /** Answers a question that framework code asks; `otherwise` where the text does not say. */
  question<T>(ask: () => T, otherwise: T): T {
    this.steps = 0;
    try {
      return ask();
    } catch {
      // A node that the reader could not lower, or a stack that ran out.
      this.depth = 0;
      this.active.clear();
      this.asksForInfluence = false;
      return otherwise;
    }
  }

  value(expression: Expression, place: Place): Inner {
    const key = keyOf(expression, place);
    const values = this.valuesIn(place);
    const remembered = values.get(key);
    if (remembered !== undefined) return remembered;
    const activeKey = `${key}:${place.calls}:${place.frames.length}`;
    this.steps += 1;
    const isCircle = this.active.has(activeKey);
    const bound = this.depth >= deepest ? 'depth' : this.steps > mostSteps ? 'steps' : undefined;
    if (isCircle || bound !== undefined) {
      this.cuts += 1;
      return isCircle ? unread(expression, place, this) : this.limited(expression, place, bound!);
    }
    this.setHome(expression, place.program);
    const cutsBefore = this.cuts;
    this.active.add(activeKey);
    this.depth += 1;
    const whole = foldExpression(expression, this, place);
    const value = isTooLarge(whole, expression) ? this.limited(expression, place, 'size') : whole;
    this.depth -= 1;
    this.active.delete(activeKey);
    if (this.cuts === cutsBefore) values.set(key, value);
    return value;
  }

  /** What is known already where the same frames stand around: a function that was entered once is asked for its parts many times. */
  private valuesIn({ frames }: Place): Map<string, Inner> {
    if (frames.length === 0) return this.values;
    const known = this.framedValues.get(frames) ?? new Map<string, Inner>();
    this.framedValues.set(frames, known);
    return known;
  }

  private limited(expression: Expression, place: Place, bound: EvaluationBound): Inner {
    const value = unread(expression, place, this);
    this.host.limited?.(value.range, bound);
    return value;
  }

  test(expression: Expression, place: Place): RequestTest {
    const key = place.frames.length === 0 ? keyOf(expression, place) : undefined;
    const remembered = key === undefined ? undefined : this.tests.get(key);
    if (remembered !== undefined) return remembered;
    const cutsBefore = this.cuts;
    const test = conditionOf(expression, this, place);
    if (key !== undefined && this.cuts === cutsBefore) this.tests.set(key, test);
    return test;
  }

  influence(ask: () => boolean): boolean {
    if (this.asksForInfluence) {
      this.cuts += 1;
      return true;
    }
    this.asksForInfluence = true;
    const answer = ask();
    this.asksForInfluence = false;
    return answer;
  }

  apply(callee: Inner, values: readonly Inner[], at: At, place: Place): Inner {
    return applyFunction(callee, values, at, this, place);
  }

  call(call: Call, place: Place): Inner {
    return evaluateCall(call, this, place);
  }

  guard(expression: Expression, place: Place): RequestTest {
    return guardOf(expression, this, place);
  }

  wayTo(node: Node, { frames }: Place): KnownWay | undefined {
    return frames.length === 0 ? this.ways.get(node) : undefined;
  }

  keepWay(node: Node, { frames }: Place, before: Way | undefined, step: () => RequestTest): RequestTest {
    const cutsBefore = this.cuts;
    const asked = step();
    const isSure = frames.length === 0 && this.cuts === cutsBefore && asked.kind !== 'never';
    if (isSure) this.ways.set(node, { way: further(before, asked) });
    return asked;
  }

  homeOf(node: Node): Program {
    // Most files use no other, and in a long chain of calls each call has all those before it below itself.
    if (!this.hasGuests) return this.root;
    for (let current: Node | undefined = node; current !== undefined; current = current.parent) {
      const home = this.homes.get(current);
      if (home !== undefined) return home;
    }
    return this.root;
  }

  setHome(node: Node, program: Program): void {
    if (program === this.root) return;
    this.hasGuests = true;
    this.homes.set(node, program);
  }
}

/** Expressions of one file that begin and end together differ in kind; made-up names stand in one place in numbers. */
function keyOf(expression: Expression, { program }: Place): string {
  const { range } = expression;
  const what = expression.kind === 'identifier' ? expression.name : expression.kind;
  return `${program.path}:${range.start}:${range.end}:${what}`;
}

/** A literal is as long as its file at most. */
function isTooLarge(value: Inner, { kind }: Expression): boolean {
  const isTooLong = value.kind === 'text' && value.text.length > longestMadeText && kind !== 'string';
  return isTooLong || alternativesIn(value) > mostAlternatives;
}

function unread(expression: Expression, place: Place, session: Session): Inner {
  return { kind: 'unknown', range: rangeIn(expression.range, place, session), expression };
}
