/**
 * Steps on a builder that is not named in each of them: `CorsConfiguration().apply { allowedOrigins = listOf("a") }` and
 * `install(CORS) { anyHost() }`; and properties that are set on a name, `config.allowedOrigins = listOf("a")`.
 */
import type {
  Assignment,
  Binding,
  Expression,
  FunctionExpression,
  Node,
  Program,
  Statement,
} from '../../syntax/programs/program.ts';
import { stepsBehind } from './builder-steps.ts';
import type { BuilderStep } from './builder-steps.ts';

/** The calls and settings in a block that are about what the block is handed, conditions and loops included. */
export function stepsWithin({ body }: FunctionExpression): BuilderStep[] {
  return body === undefined ? [] : body.kind === 'block' ? stepsInStatement(body) : stepsOf(body);
}

function stepsInStatement(statement: Statement): BuilderStep[] {
  switch (statement.kind) {
    case 'block':
      return statement.statements.flatMap(stepsInStatement);
    case 'if':
      return [statement.consequent, ...(statement.alternate ? [statement.alternate] : [])].flatMap(stepsInStatement);
    case 'loop':
    case 'try':
      return stepsInStatement(statement.body);
    case 'expression-statement':
      return stepsOf(statement.expression);
    case 'return':
      return statement.value ? stepsOf(statement.value) : [];
    default:
      return [];
  }
}

function stepsOf(expression: Expression): BuilderStep[] {
  if (expression.kind === 'assignment') return settingOf(expression, ownName(expression.target));
  if (expression.kind !== 'call') return [];
  const name = ownName(expression.callee);
  if (name) return [{ ...name, call: expression }];
  const block = expression.arguments.at(-1)?.value;
  const runs = expression.callee.kind === 'member' && running.test(expression.callee.property);
  return runs && block?.kind === 'function' ? stepsWithin(block) : [];
}

/** What runs its block for each member, or once. */
const running = /^(forEach|onEach|let|also|run)$/;

/** `anyHost` and `this.anyHost`. */
function ownName(expression: Expression): Pick<BuilderStep, 'name' | 'nameRange'> | undefined {
  if (expression.kind === 'identifier') return { name: expression.name, nameRange: expression.range };
  const isOwn =
    expression.kind === 'member' && expression.object.kind === 'identifier' && expression.object.name === 'this';
  return isOwn ? { name: expression.property, nameRange: expression.propertyRange } : undefined;
}

function settingOf(assignment: Assignment, name: Pick<BuilderStep, 'name' | 'nameRange'> | undefined): BuilderStep[] {
  return name && assignment.operator === '=' ? [{ ...name, call: assignment }] : [];
}

/** The calls on every use of a name, and the properties that are set on it, in the order of the text. */
export function settingsOn(binding: Binding, program: Program): BuilderStep[] {
  return program.references(binding).flatMap((use) => [...stepsBehind(use), ...settingBehind(use)]);
}

function settingBehind(use: Expression): BuilderStep[] {
  const member: Node | undefined = use.parent;
  const assignment = member?.parent;
  if (member?.kind !== 'member' || assignment?.kind !== 'assignment') return [];
  const isTarget = assignment.target.range.start === member.range.start;
  return isTarget ? settingOf(assignment, { name: member.property, nameRange: member.propertyRange }) : [];
}

const unnamed = /^(apply|run)$/;
const named = /^(also|let)$/;

/** Steps of a chain, where `apply { … }` and `also { it … }` stand for the steps in their blocks. */
export function unfolded(steps: readonly BuilderStep[], program: Program): BuilderStep[] {
  return steps.flatMap((step): BuilderStep[] => {
    const block = step.call.kind === 'call' ? step.call.arguments.at(-1)?.value : undefined;
    if (block?.kind !== 'function') return [step];
    if (unnamed.test(step.name)) return stepsWithin(block);
    return named.test(step.name) ? settingsOnParameter(block, program) : [step];
  });
}

function settingsOnParameter(block: FunctionExpression, program: Program): BuilderStep[] {
  const binding = bindingOfParameter(block, program);
  return binding ? settingsOn(binding, program) : [];
}

/** What the block's first parameter is bound to, where the block uses it. */
export function bindingOfParameter({ parameters, range }: FunctionExpression, program: Program): Binding | undefined {
  const name = parameters[0]?.name;
  const inside = name === undefined ? [] : program.identifiers(name);
  const use = inside.find((one) => range.start <= one.range.start && one.range.end <= range.end);
  return use && program.resolve(use);
}
