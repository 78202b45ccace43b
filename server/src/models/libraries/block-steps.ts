/**
 * Steps on a builder that is not named in each of them: `CorsConfiguration().apply { allowedOrigins = listOf("a") }` and
 * `install(CORS) { anyHost() }`; and properties that are set on a name, `config.allowedOrigins = listOf("a")`.
 */
import type {
  Assignment,
  Call,
  Expression,
  FunctionExpression,
  Node,
  Program,
  Statement,
} from '../../syntax/programs/program.ts';
import type { Binding } from '../../syntax/programs/program.ts';
import { stepsBehind } from './builder-steps.ts';
import type { BuilderStep } from './builder-steps.ts';

/** A property that is set, as a step of that name; `isSetting`: it is no method. */
export interface SettingStep extends BuilderStep<Call> {
  readonly isSetting?: true;
}

/** The calls and settings in a block that are about what the block is handed, conditions and loops included. */
export function stepsWithin({ body }: FunctionExpression): SettingStep[] {
  return body === undefined ? [] : body.kind === 'block' ? stepsInStatement(body) : stepsOf(body);
}

function stepsInStatement(statement: Statement): SettingStep[] {
  switch (statement.kind) {
    case 'block':
      return statement.statements.flatMap(stepsInStatement);
    case 'if':
      return [statement.consequent, ...(statement.alternate ? [statement.alternate] : [])].flatMap(stepsInStatement);
    case 'loop':
      return stepsInStatement(statement.body);
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

function stepsOf(expression: Expression): SettingStep[] {
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

function settingOf(assignment: Assignment, name: Pick<BuilderStep, 'name' | 'nameRange'> | undefined): SettingStep[] {
  return name && assignment.operator === '=' ? [{ ...name, call: asCall(assignment), isSetting: true }] : [];
}

/** A setting is a call of the setter with the value as its only argument. */
function asCall({ range, parent, text, target, value }: Assignment): Call {
  return {
    kind: 'call',
    range,
    parent,
    text,
    callee: target,
    isNew: false,
    arguments: [{ value, spread: false, range: value.range }],
    argumentsRange: { ...value.range, start: value.range.start - 1, end: value.range.end + 1 },
  };
}

/** The calls on every use of a name, and the properties that are set on it, in the order of the text. */
export function settingsOn(binding: Binding, program: Program): SettingStep[] {
  return program.references(binding).flatMap((use) => [...stepsBehind(use), ...settingBehind(use)]);
}

function settingBehind(use: Expression): SettingStep[] {
  const member: Node | undefined = use.parent;
  const assignment = member?.parent;
  if (member?.kind !== 'member' || assignment?.kind !== 'assignment') return [];
  const isTarget = assignment.target.range.start === member.range.start;
  return isTarget ? settingOf(assignment, { name: member.property, nameRange: member.propertyRange }) : [];
}

const unnamed = /^(apply|run)$/;
const named = /^(also|let)$/;

/** Steps of a chain, where `apply { … }` and `also { it … }` stand for the steps in their blocks. */
export function unfolded(steps: readonly BuilderStep<Call>[], program: Program): SettingStep[] {
  return steps.flatMap((step): SettingStep[] => {
    const block = step.call.arguments.at(-1)?.value;
    if (block?.kind !== 'function') return [step];
    if (unnamed.test(step.name)) return stepsWithin(block);
    return named.test(step.name) ? settingsOnParameter(block, program) : [step];
  });
}

function settingsOnParameter(block: FunctionExpression, program: Program): SettingStep[] {
  const name = block.parameters[0]?.name;
  const inside = name === undefined ? [] : program.identifiers(name);
  const use = inside.find(({ range }) => block.range.start <= range.start && range.end <= block.range.end);
  const binding = use && program.resolve(use);
  return binding ? settingsOn(binding, program) : [];
}
