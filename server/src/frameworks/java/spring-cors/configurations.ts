/** `new CorsConfiguration()` and what is set on it; `registry.addMapping("/**")` and the steps behind it. */
import type { Argument, Binding, Call, Expression, Node, Program } from '../../../syntax/programs/program.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import type { FoundOptions } from '../../../models/libraries/define-cors-library.ts';
import { settingsOn, unfolded } from '../../../models/libraries/block-steps.ts';
import { optionsOfSteps, someHanded, stepsBehind } from '../../../models/libraries/builder-steps.ts';
import type { BuilderStep, StepMeaning } from '../../../models/libraries/builder-steps.ts';
import { methodCalls } from '../../../models/libraries/imported-calls.ts';
import { chainForm, statementsForm } from '../../../models/libraries/options-form.ts';
import type { OptionsForm } from '../../../models/libraries/options-form.ts';
import type { Dict } from '../../../values/value.ts';
import { importsFrom, literalsOf, noticeOf } from '../notation.ts';
import { asTaken } from './names.ts';
import { withPermitted } from './permitted.ts';
import { patternsOption, permitsOption } from './table.ts';
import { lastName } from '../../../syntax/programs/last-name.ts';

const members = (option: string): StepMeaning => ({ option, takes: 'members' });
const added = (option: string): StepMeaning => ({ option, takes: 'first', adds: true });
const first = (option: string): StepMeaning => ({ option, takes: 'first' });

/** Steps behind `addMapping`. */
const registration: Readonly<Record<string, StepMeaning>> = {
  allowedOrigins: members('allowedOrigins'),
  allowedOriginPatterns: members(patternsOption),
  allowedMethods: members('allowedMethods'),
  allowedHeaders: members('allowedHeaders'),
  exposedHeaders: members('exposedHeaders'),
  allowCredentials: first('allowCredentials'),
  allowPrivateNetwork: first('allowPrivateNetwork'),
  maxAge: first('maxAge'),
};

/** Methods of a `CorsConfiguration`. */
const configuration: Readonly<Record<string, StepMeaning>> = {
  setAllowedOrigins: members('allowedOrigins'),
  addAllowedOrigin: added('allowedOrigins'),
  setAllowedOriginPatterns: members(patternsOption),
  addAllowedOriginPattern: added(patternsOption),
  setAllowedMethods: members('allowedMethods'),
  addAllowedMethod: added('allowedMethods'),
  setAllowedHeaders: members('allowedHeaders'),
  addAllowedHeader: added('allowedHeaders'),
  setExposedHeaders: members('exposedHeaders'),
  addExposedHeader: added('exposedHeaders'),
  setAllowCredentials: first('allowCredentials'),
  setAllowPrivateNetwork: first('allowPrivateNetwork'),
  setMaxAge: first('maxAge'),
  applyPermitDefaultValues: { option: permitsOption, takes: { constant: true } },
};
/** Those that leave the settings as they are. */
const asks = /^(get\w+|check\w+|validate\w+|toString|hashCode|equals)$/;

/** The methods of `CorsConfiguration` by the names of the options. */
const setter = (name: string): string => `set${name[0]!.toUpperCase()}${name.slice(1)}`;
const setting = (name: string, value: string): string => `${setter(name)}(${value})`;

export function registrations(program: Program, context: ProgramContext, splitsCommas: boolean): FoundOptions[] {
  const packages = ['org.springframework.web.servlet.config.annotation', 'org.springframework.web.reactive.config'];
  if (!importsFrom(program, 'CorsRegistry', packages)) return [];
  return methodCalls(program, 'addMapping').map((call): FoundOptions => {
    const bound = bindingOf(lastOf(call), program);
    const steps = stepsFrom(call, bound, program);
    const options = taken(
      optionsOfSteps(steps, registration, { evaluator: context.evaluator, start: call }),
      splitsCommas,
    );
    const literals = literalsOf(program, 'arguments');
    const form = bound ? statementsForm(literals, bound.name) : chainForm(literals);
    const isChain = bound === undefined && steps.length === stepsBehind(call).length;
    return {
      ...found(call, options, form, pathOf(call.arguments[0], context)),
      isUnedited: someHanded(steps),
      ...(!isChain && noticeOf(program)),
    };
  });
}

export function configurations(program: Program, context: ProgramContext, splitsCommas: boolean): FoundOptions[] {
  if (!importsFrom(program, 'CorsConfiguration', ['org.springframework.web.cors'])) return [];
  return [...program.text.matchAll(/(?<!\w)(?:[\w.]+\.)?CorsConfiguration\s*\(/g)].flatMap(
    ({ index, 0: { length } }): FoundOptions[] => {
      const maker = newCallAt(index + length - 1, program);
      return maker ? [configured(maker, program, context, splitsCommas)] : [];
    },
  );
}

function configured(maker: Call, program: Program, context: ProgramContext, splitsCommas: boolean): FoundOptions {
  const bound = bindingOf(lastOf(maker), program);
  const steps = stepsFrom(maker, bound, program).map(asMethod);
  const given = optionsOfSteps(steps, configuration, {
    evaluator: context.evaluator,
    start: maker,
    open: isOpen(maker, steps, bound, program),
  });
  const options = taken(withPermitted(given, steps), splitsCommas);
  const literals = literalsOf(program, 'collection');
  const form = bound ? statementsForm(literals, bound.name, setting) : unnamed(chainForm(literals, setting));
  const paths = bound ? registeredFor(bound, program, context) : registrationOf(lastOf(maker), context);
  return { ...found(maker, options, form, paths), isUnedited: someHanded(steps), ...noticeOf(program) };
}

/** The steps behind what makes the object, in the blocks that it is handed to, and on the name that it is given. */
function stepsFrom(maker: Call, bound: Binding | undefined, program: Program): BuilderStep[] {
  return [...unfolded(stepsBehind(maker), program), ...(bound ? unfolded(settingsOn(bound, program), program) : [])];
}

/** `allowedOrigins = list` is `setAllowedOrigins(list)`. */
function asMethod(step: BuilderStep): BuilderStep {
  return step.call.kind === 'assignment' ? { ...step, name: setter(step.name) } : step;
}

/** Setters give nothing back, so that no step can follow where the object has no name. */
function unnamed(form: OptionsForm): OptionsForm {
  return { ...form, insert: () => [] };
}

function found(call: Call, options: Dict, form: OptionsForm, scope: string | undefined): FoundOptions {
  const { range, argumentsRange } = call;
  return {
    call,
    place: { value: options, range, argumentsRange, form },
    scope: scope ?? 'the paths that it is registered for',
  };
}

/** The lists as Spring takes them. */
export function taken(options: Dict, splitsCommas: boolean): Dict {
  return {
    ...options,
    entries: options.entries.map((entry) => ({
      ...entry,
      value: asTaken(entry.value, splitsCommas && /rigin/.test(entry.key)),
    })),
  };
}

/** What the last step behind the call gives. */
function lastOf(call: Call): Expression {
  return stepsBehind(call).at(-1)?.call ?? call;
}

/** The name that the object is given. */
function bindingOf(made: Expression, program: Program): Binding | undefined {
  const { parent } = made;
  if (parent?.kind === 'declaration') return parent.bindings[0];
  if (parent?.kind !== 'assignment') return undefined;
  const { target } = parent;
  return target.kind === 'identifier' ? program.resolve(target) : undefined;
}

function newCallAt(offset: number, program: Program): Call | undefined {
  let node: Node | undefined = program.expressionAt(offset);
  while (node && node.kind !== 'call') node = node.parent;
  return node?.isNew ? node : undefined;
}

/** Copies of others, and objects that something unread is handed, may hold more than is written. */
function isOpen(maker: Call, steps: readonly BuilderStep[], bound: Binding | undefined, program: Program): boolean {
  if (maker.arguments.length > 0 || steps.some(({ name }) => !isRead(name))) return true;
  return bound !== undefined && program.handedOn(bound).some(mayChange);
}

function isRead(name: string): boolean {
  return Object.hasOwn(configuration, name) || asks.test(name);
}

/** Constructors and what registers the object take it as it is; a function of the program may set something. */
function mayChange({ parent }: Node): boolean {
  if (parent?.kind !== 'call' || parent.isNew) return false;
  const { callee } = parent;
  if (lastName(callee) === registering) return false;
  return callee.kind === 'identifier' || (callee.kind === 'member' && callee.object.text === 'this');
}

const registering = 'registerCorsConfiguration';

/** `source.registerCorsConfiguration("/api/**", config)`. */
function registeredFor(bound: Binding, program: Program, context: ProgramContext): string | undefined {
  const paths = program.handedOn(bound).flatMap((use) => registrationOf(use, context) ?? []);
  return paths.length > 0 ? paths.join(', ') : undefined;
}

/** The path that what is handed over there is registered for. */
function registrationOf({ parent }: Expression, context: ProgramContext): string | undefined {
  return parent?.kind === 'call' && lastName(parent.callee) === registering
    ? pathOf(parent.arguments[0], context)
    : undefined;
}

/** A path that is an argument. */
export function pathOf(path: Argument | undefined, { evaluator }: ProgramContext): string | undefined {
  const value = path && evaluator.evaluate(path.value);
  return value?.kind === 'text' ? value.text : undefined;
}
