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
  /** What is being evaluated, and how deep: asked for again, it depends on itself. */
  private readonly active = new Map<string, number>();
  /** Whether it is being found out what an expression depends on. */
  private asksForInfluence = false;
  private steps = 0;
  private depth = 0;
  /**
   * The least depth of what came back to itself meanwhile, or below all where a limit cut something short. What was found above that
   * depth lacks something, which may be known when it is asked for from elsewhere; what has that depth has all that there is.
   */
  private cutTo = Infinity;

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
      this.cutTo = Infinity;
      this.active.clear();
      this.asksForInfluence = false;
      return otherwise;
    }
  }

  value(expression: Expression, place: Place): Inner {
    const key = this.keyOf(expression, place);
    const values = this.valuesIn(place);
    const remembered = values.get(key);
    if (remembered !== undefined) return remembered;
    const activeKey = `${key}:${place.calls}:${place.frames.length}`;
    this.steps += 1;
    const circle = this.active.get(activeKey);
    const bound = this.depth >= deepest ? 'depth' : this.steps > mostSteps ? 'steps' : undefined;
    if (circle !== undefined || bound !== undefined) {
      this.cutTo = Math.min(this.cutTo, circle ?? 0);
      return circle !== undefined ? unread(expression, place, this) : this.limited(expression, place, bound!);
    }
    this.setHome(expression, place.program);
    this.depth += 1;
    this.active.set(activeKey, this.depth);
    const { found, isWhole } = this.apart(this.depth, () => foldExpression(expression, this, place));
    const value = isTooLarge(found, expression) ? this.limited(expression, place, 'size') : found;
    this.active.delete(activeKey);
    this.depth -= 1;
    if (isWhole) values.set(key, value);
    return value;
  }

  /** `isWhole`: what is found at that depth does not lack anything that is still being evaluated above it. */
  private apart<T>(depth: number, find: () => T): { readonly found: T; readonly isWhole: boolean } {
    const before = this.cutTo;
    this.cutTo = Infinity;
    const found = find();
    const isWhole = this.cutTo >= depth;
    this.cutTo = isWhole ? before : Math.min(before, this.cutTo);
    return { found, isWhole };
  }

  /** What is known already where the same frames stand around: a function that was entered once is asked for its parts many times. */
  private valuesIn({ frames }: Place): Map<string, Inner> {
    if (frames.length === 0) return this.values;
    const known = this.framedValues.get(frames) ?? new Map<string, Inner>();
    this.framedValues.set(frames, known);
    return known;
  }

  /** While it is found out what something depends on, values are less exact, and belong to that question. */
  private keyOf(expression: Expression, place: Place): string {
    return `${this.asksForInfluence ? '?' : ''}${keyOf(expression, place)}`;
  }

  private limited(expression: Expression, place: Place, bound: EvaluationBound): Inner {
    const value = unread(expression, place, this);
    this.host.limited?.(value.range, bound);
    return value;
  }

  test(expression: Expression, place: Place): RequestTest {
    const key = place.frames.length === 0 ? this.keyOf(expression, place) : undefined;
    const remembered = key === undefined ? undefined : this.tests.get(key);
    if (remembered !== undefined) return remembered;
    const { found, isWhole } = this.apart(this.depth + 1, () => conditionOf(expression, this, place));
    if (key !== undefined && isWhole) this.tests.set(key, found);
    return found;
  }

  influence(ask: () => boolean): boolean {
    if (this.asksForInfluence) return true;
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
    return frames.length === 0 && !this.asksForInfluence ? this.ways.get(node) : undefined;
  }

  keepWay(node: Node, { frames }: Place, before: Way | undefined, step: () => RequestTest): RequestTest {
    const { found, isWhole } = this.apart(this.depth + 1, step);
    const isSure = frames.length === 0 && !this.asksForInfluence && isWhole && found.kind !== 'never';
    if (isSure) this.ways.set(node, { way: further(before, found) });
    return found;
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
