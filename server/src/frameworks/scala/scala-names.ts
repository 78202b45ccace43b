/** Names of packages, as programs of Scala import them: whole, by a selector, or with all that an object has. */
import type { SourceRange } from '../../syntax/range.ts';
import type { Call, Expression, Identifier, Node, Program } from '../../syntax/programs/program.ts';
import type { Value } from '../../values/value.ts';
import type { Evaluator } from '../../values/evaluator.ts';

/** Whether one of these packages, or something below it, is imported. */
export function importsFrom(program: Program, packages: RegExp): boolean {
  return program.imports.some(({ module, imported }) => packages.test(`${module}.${imported}.`));
}

/** Uses of the name as an expression, those in imports excluded. */
export function usesOfName(program: Program, name: string): readonly Identifier[] {
  return program.identifiers(name).filter(({ parent }) => parent !== undefined);
}

/** A step of a builder: a method that is called, or one that takes nothing and stands without brackets. */
export interface Step {
  readonly name: string;
  readonly nameRange: SourceRange;
  readonly call: Call;
}

/** The steps behind an expression, each on what the one before gives, in their order. */
export function stepsFrom(start: Expression): Step[] {
  const steps: Step[] = [];
  let receiver: Expression = start;
  for (;;) {
    const above: Node | undefined = receiver.parent;
    const call: Node | undefined = above?.kind === 'member' ? above.parent : above;
    if (call?.kind !== 'call' || call.callee.kind !== 'member') return steps;
    const { object, property, propertyRange } = call.callee;
    if (object.range.start !== receiver.range.start || object.range.end !== receiver.range.end) return steps;
    steps.push({ name: property, nameRange: propertyRange, call });
    receiver = call;
  }
}

/** The member of this name that is taken of the expression. */
export function memberOf(object: Expression, name: string): Expression | undefined {
  const { parent, range } = object;
  const isObject =
    parent?.kind === 'member' && parent.object.range.start === range.start && parent.object.range.end === range.end;
  return isObject && parent.property === name ? parent : undefined;
}

/** `1.day`, `(10 minutes)`, `1.hour.toSeconds`. */
const span = /^\(?(\d+)[.\s]+(second|minute|hour|day)s?\)?(?:\.toSeconds)?$/;
/** `FiniteDuration(1, DAYS)`, `Duration(1, "day")`. */
const made =
  /^(?:FiniteDuration|Duration)(?:\.apply)?\((\d+)L?,\s*(?:TimeUnit\.|"?)(SECOND|MINUTE|HOUR|DAY|second|minute|hour|day)s?S?"?\)$/;
const spans: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400 };

/** `1.day`, `30 minutes`, `FiniteDuration(1, DAYS)`, as seconds. */
export function secondsOf(expression: Expression, evaluator: Evaluator): Value {
  const { text, range } = expression;
  const [, number, unit] = span.exec(text) ?? made.exec(text) ?? [];
  if (number !== undefined && unit !== undefined)
    return { kind: 'number', value: Number(number) * spans[unit.toLowerCase()]!, range };
  return evaluator.evaluate(expression);
}
