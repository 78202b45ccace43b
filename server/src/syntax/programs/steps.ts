/**
 * Calls on one receiver, one after the other: builders of settings are written as a chain (`a.b(x).c(y)`), as statements on a
 * variable, or as bare calls in a block that is handed to somebody (`install(CORS) { allowHost("x") }`).
 */
import type { Binding, Call, Expression, FunctionExpression, Member, Node, Program, Statement } from './program.ts';
import type { SourceRange } from '../range.ts';

/** One member of the receiver, or of what the step before gave. */
export interface Step {
  readonly name: string;
  readonly nameRange: SourceRange;
  /** Absent where the member is only read. */
  readonly call?: Call;
}

export interface Chain {
  /** What the first step is taken on. */
  readonly receiver: Expression;
  /** In the order in which they are taken. */
  readonly steps: readonly Step[];
}

/** The receiver at the start of a chain and the steps up to the expression, which is the receiver itself where it is no chain. */
export function chainOf(expression: Expression): Chain {
  const steps: Step[] = [];
  let current = expression;
  for (;;) {
    const member = current.kind === 'call' ? current.callee : current;
    if (member.kind !== 'member') break;
    steps.push(stepOf(member, current.kind === 'call' ? current : undefined));
    current = member.object;
  }
  return { receiver: current, steps: steps.reverse() };
}

/** The whole chain that begins with this receiver: `b(x)` and `c(y)` for `a` in `a.b(x).c(y)`. */
export function chainFrom(receiver: Expression): Chain {
  let last: Expression = receiver;
  for (let next = stepBehind(last); next !== undefined; next = stepBehind(last)) last = next;
  const steps: Step[] = [];
  for (let current = last; !isSame(current, receiver);) {
    const member: Expression = current.kind === 'call' ? current.callee : current;
    if (member.kind !== 'member') break;
    steps.push(stepOf(member, current.kind === 'call' ? current : undefined));
    current = member.object;
  }
  return { receiver, steps: steps.reverse() };
}

/**
 * Every step on what the name is bound to, in source order: those of its own value, of statements (`b.c(y)`) and of assignments
 * that go on from it (`b = b.c(y)`). Whether a statement is reached is the evaluator's to say.
 */
export function stepsOn(program: Program, binding: Binding): Chain | undefined {
  if (binding.value === undefined || binding.path.length > 0) return undefined;
  const { receiver, steps } = chainOf(binding.value);
  const later = program.references(binding).flatMap((reference) => chainFrom(reference).steps);
  return { receiver, steps: [...steps, ...later] };
}

/** Bare calls of a block: members of the receiver that the block is run on, without its name. Nested blocks of calls are their own. */
export function stepsIn(block: FunctionExpression): readonly Step[] {
  const { body } = block;
  if (body === undefined) return [];
  return body.kind === 'block' ? body.statements.flatMap(stepsOfStatement) : bareStep(body);
}

function stepsOfStatement(statement: Statement | undefined): Step[] {
  switch (statement?.kind) {
    case 'block':
      return statement.statements.flatMap(stepsOfStatement);
    case 'if':
      return [...stepsOfStatement(statement.consequent), ...stepsOfStatement(statement.alternate)];
    case 'loop':
      return stepsOfStatement(statement.body);
    case 'expression-statement':
      return bareStep(statement.expression);
    case 'return':
      return statement.value ? bareStep(statement.value) : [];
    default:
      return [];
  }
}

function bareStep(expression: Expression): Step[] {
  if (expression.kind !== 'call' || expression.callee.kind !== 'identifier') return [];
  return [{ name: expression.callee.name, nameRange: expression.callee.range, call: expression }];
}

function stepOf(member: Member, call: Call | undefined): Step {
  return { name: member.property, nameRange: member.propertyRange, ...(call && { call }) };
}

/** The member of this expression, called where it is called. */
function stepBehind(expression: Expression): Expression | undefined {
  const member = expression.parent;
  if (member?.kind !== 'member' || !isSame(member.object, expression)) return undefined;
  const call = member.parent;
  return call?.kind === 'call' && isSame(call.callee, member) ? call : member;
}

function isSame(one: Node, other: Node): boolean {
  return one.kind === other.kind && one.range.start === other.range.start && one.range.end === other.range.end;
}
