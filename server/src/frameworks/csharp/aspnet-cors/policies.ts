/** Where programs build the policies of ASP.NET Core: `AddPolicy`, `AddDefaultPolicy`, `UseCors`, `RequireCors`, and objects. */
import type {
  Argument,
  Binding,
  Call,
  Expression,
  FunctionExpression,
  Node,
  Program,
} from '../../../syntax/programs/program.ts';
import { isExpression } from '../../../syntax/programs/reader.ts';
import { optionsOfSteps, stepsBehind, stepsOn } from '../../../models/libraries/builder-steps.ts';
import type { BuilderStep, StepMeaning } from '../../../models/libraries/builder-steps.ts';
import type { OptionsPlace } from '../../../models/libraries/library-context.ts';
import { chainForm } from '../../../models/libraries/options-form.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import { csharpLiterals } from '../../../edits/csharp-literals.ts';
import { memberCalls } from '../member-calls.ts';
import type { MemberCall } from '../member-calls.ts';
import { formOf, objectForm, policyObject } from '../policy-objects.ts';
import type { PolicyObject } from '../policy-objects.ts';
import { wildcardStep } from './table.ts';

/** One policy that the program builds. */
export interface BuiltPolicy {
  /**
   * `AddPolicy`: it has a name. `AddDefaultPolicy`: those use it who name none. `UseCors`, `RequireCors`: it counts where it stands.
   * `Build`: a provider of policies makes it.
   */
  readonly by: MemberCall;
  readonly name?: string;
  readonly place: OptionsPlace;
  /** It is an object and no chain of steps. */
  readonly isObject: boolean;
}

const meanings: Readonly<Record<string, StepMeaning>> = {
  WithOrigins: { option: 'WithOrigins', takes: 'members', adds: true },
  AllowAnyOrigin: { option: 'WithOrigins', takes: { constant: '*' } },
  WithMethods: { option: 'WithMethods', takes: 'members', adds: true },
  AllowAnyMethod: { option: 'WithMethods', takes: { constant: '*' } },
  WithHeaders: { option: 'WithHeaders', takes: 'members', adds: true },
  AllowAnyHeader: { option: 'WithHeaders', takes: { constant: '*' } },
  WithExposedHeaders: { option: 'WithExposedHeaders', takes: 'members', adds: true },
  AllowCredentials: { option: 'AllowCredentials', takes: { constant: true } },
  DisallowCredentials: { option: 'AllowCredentials', takes: { constant: false } },
  SetIsOriginAllowed: { option: 'SetIsOriginAllowed', takes: 'first' },
  [wildcardStep]: { option: wildcardStep, takes: { constant: true } },
  SetPreflightMaxAge: { option: 'SetPreflightMaxAge', takes: 'first' },
};
const known = new Set([...Object.keys(meanings), 'Build']);

const stepForm = chainForm(csharpLiterals);

/** In the order of the text. Policies of authorization have `AddPolicy` too, and none of the steps. */
export function builtPolicies(program: Program, context: ProgramContext): BuiltPolicy[] {
  const added = memberCalls(program, ['AddPolicy', 'AddDefaultPolicy', 'UseCors', 'RequireCors']).flatMap((by) => {
    const built = builtBy(by, program, context);
    return built && (isForCors(by) || hasSteps(built)) ? [built] : [];
  });
  return [...added, ...providedPolicies(program, context)];
}

/** `ICorsPolicyProvider.GetPolicyAsync` gives a policy for each request, whatever has been added. */
function providedPolicies(program: Program, context: ProgramContext): BuiltPolicy[] {
  if (!program.text.has(/\bICorsPolicyProvider\b/)) return [];
  return memberCalls(program, ['Build']).flatMap((by): BuiltPolicy[] => {
    const isProvided = context.evaluator.enclosingFunction(by.call)?.name === 'GetPolicyAsync';
    const steps = isProvided ? stepsOfBuilder(by.call, program, context) : undefined;
    return steps ? [{ by, isObject: false, place: { ...steps, argumentsRange: by.call.argumentsRange } }] : [];
  });
}

function hasSteps({ place: { value } }: BuiltPolicy): boolean {
  return value?.kind === 'dict' && value.entries.length > 0;
}

/** What is handed to `UseCors`, or stands in `AddCors(…)`. */
function isForCors({ call, member }: MemberCall): boolean {
  if (member.property === 'UseCors' || member.property === 'RequireCors') return true;
  for (let node: Node | undefined = call; node !== undefined; node = node.parent)
    if (node.kind === 'call' && node.callee.kind === 'member' && node.callee.property === 'AddCors') return true;
  return false;
}

function builtBy(by: MemberCall, program: Program, context: ProgramContext): BuiltPolicy | undefined {
  const { call, member } = by;
  const isNamed = member.property === 'AddPolicy';
  const given = call.arguments[isNamed ? 1 : 0];
  const named = isNamed ? call.arguments[0] && context.evaluator.evaluate(call.arguments[0].value) : undefined;
  if (given === undefined) return undefined;
  const found = placeOf(given, call, program, context);
  return found && { by, ...(named?.kind === 'text' && { name: named.text }), ...found };
}

type Built = Pick<BuiltPolicy, 'place' | 'isObject'>;

function placeOf(given: Argument, call: Call, program: Program, context: ProgramContext): Built | undefined {
  const { evaluator } = context;
  const value = evaluator.evaluate(given.value);
  if (value.kind === 'text') return undefined;
  const { argumentsRange } = call;
  if (value.kind === 'function' && value.range.path === undefined)
    return { isObject: false, place: { ...stepsOfFunction(value.function, program, context), argumentsRange } };
  for (const made of makersOf(given.value, program, context)) {
    const built = stepsOfBuilder(made, program, context);
    if (built) return { isObject: false, place: { ...built, argumentsRange } };
    const object = policyObject(made, program, context);
    if (object) return { isObject: true, place: placeOfObject(object, argumentsRange, program) };
  }
  const range = value.range.path === undefined ? value.range : given.range;
  if (value.kind === 'dict') return { isObject: true, place: { value, range, argumentsRange, form: objectForm } };
  // What is handed over may be the name of a policy.
  return undefined;
}

function placeOfObject(
  object: PolicyObject,
  argumentsRange: OptionsPlace['argumentsRange'],
  program: Program,
): OptionsPlace {
  const form = formOf(object, program);
  return { value: object.value, range: object.made.range, argumentsRange, form };
}

/** The expression itself, what a name in it stands for, and what a function of this file that it calls gives back. */
function makersOf(given: Expression, program: Program, { evaluator }: ProgramContext): Expression[] {
  const named = given.kind === 'identifier' ? program.resolve(given) : undefined;
  const value = named?.value ?? named?.assignments[0]?.value;
  if (value !== undefined) return [given, value, ...calledBy(value, evaluator)];
  return [given, ...calledBy(given, evaluator)];
}

function calledBy(given: Expression, evaluator: ProgramContext['evaluator']): Expression[] {
  if (given.kind !== 'call' || given.isNew) return [];
  const called = evaluator.evaluate(given.callee);
  if (called.kind !== 'function' || called.range.path !== undefined) return [];
  const { body } = called.function;
  const returned = body?.kind === 'block' ? body.statements.at(-1) : body;
  const last = returned?.kind === 'return' ? returned.value : returned;
  return last !== undefined && isExpression(last) ? [last] : [];
}

type StepsPlace = Omit<OptionsPlace, 'argumentsRange'>;

/** `policy => policy.WithOrigins("a")`, `policy => { policy.WithOrigins("a"); policy.AllowAnyHeader(); }`, `ConfigurePolicy`. */
function stepsOfFunction(fn: FunctionExpression, program: Program, context: ProgramContext): StepsPlace {
  const { steps, isOpen } = stepsIn(fn, 0, program, context, 0);
  return stepsPlace(steps, fn, isOpen || steps.some(isOther), context);
}

interface Steps {
  readonly steps: readonly BuilderStep[];
  /** Somebody who cannot be read takes steps too. */
  readonly isOpen: boolean;
}

/** How many functions a builder is handed through. */
const mostFunctions = 4;

/** What is done with the builder that is the function's parameter at this place, by those whom it is handed on to as well. */
function stepsIn(
  fn: FunctionExpression,
  index: number,
  program: Program,
  context: ProgramContext,
  level: number,
): Steps {
  const builder = parameterOf(fn, index, program);
  if (builder === undefined) return { steps: [], isOpen: false };
  const others = program.handedOn(builder).flatMap(({ parent, range }): Steps[] => {
    if (parent?.kind !== 'call') return [];
    const place = parent.arguments.findIndex(({ value }) => value.range.start === range.start);
    const callee = context.evaluator.evaluate(parent.callee);
    return callee.kind === 'function' && callee.range.path === undefined && place >= 0 && level < mostFunctions
      ? [stepsIn(callee.function, place, program, context, level + 1)]
      : [{ steps: [], isOpen: true }];
  });
  return {
    steps: [...stepsOn(builder, program), ...others.flatMap(({ steps }) => steps)],
    isOpen: others.some(({ isOpen }) => isOpen),
  };
}

function parameterOf(fn: FunctionExpression, index: number, program: Program): Binding | undefined {
  const parameter = fn.parameters[index];
  if (parameter?.name === undefined) return undefined;
  const use = program
    .identifiers(parameter.name)
    .find(({ range }) => range.start >= fn.range.start && range.end <= fn.range.end);
  const binding = use && program.resolve(use);
  return binding?.kind === 'parameter' ? binding : undefined;
}

/** A step that is an extension of somebody's own. */
const isOther = ({ name }: BuilderStep): boolean => !known.has(name);

/** `new CorsPolicyBuilder("a").AllowAnyHeader().Build()`, or a variable that holds a builder. */
function stepsOfBuilder(built: Expression, program: Program, context: ProgramContext): StepsPlace | undefined {
  const start = beginningOf(built);
  const own = start.kind === 'identifier' ? program.resolve(start) : undefined;
  const origin = own?.value ? beginningOf(own.value) : start;
  if (origin.kind !== 'call' || !origin.isNew || !/(^|\.)CorsPolicyBuilder$/.test(origin.callee.text)) return undefined;
  const first: BuilderStep = { name: 'WithOrigins', nameRange: origin.callee.range, call: origin };
  const steps = [
    ...(origin.arguments.length > 0 ? [first] : []),
    ...stepsBehind(origin),
    ...(own ? stepsOn(own, program) : []),
  ];
  return stepsPlace(steps, origin, steps.some(isOther), context);
}

/** What a chain of calls begins with. */
function beginningOf(expression: Expression): Expression {
  let current = expression;
  while (current.kind === 'call' && !current.isNew && current.callee.kind === 'member') current = current.callee.object;
  return current;
}

function stepsPlace(
  steps: readonly BuilderStep[],
  start: Expression,
  open: boolean,
  context: ProgramContext,
): StepsPlace {
  const value = optionsOfSteps(steps, meanings, { evaluator: context.evaluator, start, open });
  return { value: { ...value, range: rangeOfSteps(steps, start) }, range: start.range, form: stepForm };
}

/** From the first step to the last one, so that more of them go behind it. */
function rangeOfSteps(steps: readonly BuilderStep[], start: Expression): Expression['range'] {
  const starts = steps.map(({ call }) => call.range.start);
  const ends = steps.map(({ call }) => call.range.end);
  return steps.length === 0 ? start.range : { start: Math.min(...starts), end: Math.max(...ends) };
}
