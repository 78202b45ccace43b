/** Builders of Rust's libraries: `CorsLayer::new().allow_origin(Any)`, and what later lines of the same function add to them. */
import { encloses, sameSpan } from '../../syntax/range.ts';
import type { Binding, Call, Expression, Node, Program } from '../../syntax/programs/program.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { optionsOfSteps, stepsBehind } from '../../models/libraries/builder-steps.ts';
import type { BuilderStep, StepMeaning } from '../../models/libraries/builder-steps.ts';
import type { FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { chainForm } from '../../models/libraries/options-form.ts';
import type { OptionsForm } from '../../models/libraries/options-form.ts';
import { rustLiterals } from '../../edits/rust-literals.ts';
import { withoutEdits } from '../../models/libraries/without-edits.ts';
import type { Policy } from '../../policy/policy.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Dict, DictEntry, Value } from '../../values/value.ts';
import { lastName } from '../../syntax/programs/last-name.ts';
import { functionAround } from '../../values/session.ts';

export interface RustBuilder {
  /** Paths under which the type is known, the crate first: `tower_http::cors::CorsLayer`. */
  readonly paths: readonly string[];
  /** Functions that make one, with the options that it has then. */
  readonly makers: Readonly<Record<string, Presets>>;
  readonly steps: Readonly<Record<string, StepMeaning>>;
  readonly form: OptionsForm;
}

export type Presets = Readonly<Record<string, boolean | string | readonly string[]>>;

/** What a builder is made with. */
export interface Built extends FoundOptions {
  readonly call: Call;
  /** The function that made it: `new`, `permissive`. */
  readonly maker: string;
  readonly steps: readonly BuilderStep[];
}

/**
 * Whether the origins stand in one place that is always reached: what a branch, a loop, a round of a fold or the maker itself sets is not
 * written anew where another step stands.
 */
function isWrittenOnce({ place, call, steps }: Built, option: string): boolean {
  if (steps.some((step) => isInRound(step.call, call))) return false;
  const entry = dictEntry(place.value, option);
  return entry === undefined || (entry.value.kind !== 'one-of' && entry.range.start > call.range.start);
}

/** A step that adds the members of a list to an option, and one that adds its argument. */
export const adding = (option: string) => ({ option, takes: 'members', adds: true }) as const;
export const addingOne = (option: string) => ({ option, takes: 'first', adds: true }) as const;

/** Whether a function stands around the step and not around the maker. */
function isInRound(step: Node, made: Call): boolean {
  const round = functionAround(step);
  return round !== undefined && !encloses(round.range, made.range);
}

/** Steps for one name or for several of them, under the same names in warp and in poem. */
export const namesSteps = {
  allow_origin: addingOne('allow_origins'),
  allow_origins: adding('allow_origins'),
  allow_credentials: { option: 'allow_credentials', takes: 'first' },
  allow_method: addingOne('allow_methods'),
  allow_methods: adding('allow_methods'),
  allow_header: addingOne('allow_headers'),
  allow_headers: adding('allow_headers'),
  expose_header: addingOne('expose_headers'),
  expose_headers: adding('expose_headers'),
  max_age: { option: 'max_age', takes: 'first' },
} as const;

/** How they are written: what takes several names gets a list where one stands. */
export const namesForm: OptionsForm = chainForm(
  rustLiterals((text) => text),
  (name, value) => (value.startsWith('"') ? `${name}([${value}])` : `${name}(${value})`),
);

/** The same policy; without edits where one of these options does not stand in one place. */
export function editedWhereOnce(policy: Policy, found: FoundOptions, options: readonly string[]): Policy {
  return options.every((option) => isWrittenOnce(found as Built, option)) ? policy : withoutEdits(policy);
}

/** Every builder of this type that the program makes. */
export function builtBy(program: Program, context: ProgramContext, builder: RustBuilder): Built[] {
  return makersIn(program, builder).map((call) => {
    const maker = lastName(call.callee);
    const steps = stepsFrom(call, program);
    const options = optionsOfSteps(steps, builder.steps, { evaluator: context.evaluator, start: call });
    const { argumentsRange } = call;
    const end = steps.reduce((latest, step) => Math.max(latest, step.call.range.end), call.range.end);
    const value = withPresets(options, builder.makers[maker] ?? {}, call);
    return { call, maker, steps, place: { value, range: { ...call.range, end }, argumentsRange, form: builder.form } };
  });
}

function makersIn(program: Program, { paths, makers }: RustBuilder): Call[] {
  // Those of a module are called by their own names: `warp::cors()`.
  const found = new Map<number, Call>();
  for (const maker of Object.keys(makers)) {
    const known = new Set(paths.map((path) => `${path}::${maker}`));
    for (const { index } of program.text.matchAll(new RegExp(`\\b${maker}\\s*\\(`, 'g'))) {
      const call = callAt(program, index);
      const path = call && pathOf(call.callee, program);
      if (call && path !== undefined && known.has(path)) found.set(call.range.start, call);
    }
  }
  return [...found.values()].sort((one, other) => one.range.start - other.range.start);
}

function callAt(program: Program, offset: number): Call | undefined {
  let node: Node | undefined = program.expressionAt(offset);
  while (node && (node.kind === 'identifier' || node.kind === 'member')) node = node.parent;
  return node?.kind === 'call' && node.callee.range.end > offset && offset >= node.callee.range.start
    ? node
    : undefined;
}

/** The whole path of a name, through what the file imports; a name of a glob import is looked for in what is imported so. */
export function pathOf(expression: Expression, program: Program): string | undefined {
  if (expression.kind === 'member') {
    const object = pathOf(expression.object, program);
    return object === undefined ? undefined : `${object}::${expression.property}`;
  }
  if (expression.kind !== 'identifier') return undefined;
  const binding = program.resolve(expression);
  if (binding === undefined) return expression.name;
  if (binding.import === undefined) return undefined;
  const { module, imported } = binding.import;
  return imported === '*' ? module : `${module}::${imported}`;
}

/** The steps behind the maker, on the name that it is given, and on the names that what is made of it is given. */
function stepsFrom(made: Expression, program: Program, seen = new Set<number>()): BuilderStep[] {
  const own = stepsBehind(made);
  const folded = foldOf(own.at(-1)?.call ?? made);
  const steps = folded ? [...own, ...stepsInFold(folded, program, seen), ...stepsBehind(folded)] : own;
  const bound = bindingOf(steps.at(-1)?.call ?? made, program);
  if (bound === undefined || seen.has(bound.nameRange.start)) return steps;
  seen.add(bound.nameRange.start);
  const later = program
    .references(bound)
    .filter((reference) => reference.range.start > made.range.start)
    .flatMap((reference) => stepsFrom(reference, program, seen));
  return [...steps, ...later];
}

/** `origins.iter().fold(Cors::default(), |cors, origin| cors.allowed_origin(origin))`: the builder goes through, and comes out. */
function foldOf({ parent, range }: Expression): Call | undefined {
  if (parent?.kind !== 'call' || !/^(try_)?fold$/.test(lastName(parent.callee))) return undefined;
  return parent.arguments[0] && sameSpan(parent.arguments[0].value.range, range) ? parent : undefined;
}

/** The steps of each round, on the builder that the round before has made. */
function stepsInFold(folded: Call, program: Program, seen: Set<number>): BuilderStep[] {
  const round = folded.arguments[1]?.value;
  const builder = round?.kind === 'function' ? round.parameters[0]?.name : undefined;
  if (round?.kind !== 'function' || builder === undefined) return [];
  return program
    .identifiers(builder)
    .filter((name) => program.resolve(name)?.parameterOf?.range.start === round.range.start)
    .flatMap((name) => stepsFrom(name, program, seen));
}

/** The name that gets the value, through choices and blocks that give it. */
function bindingOf(made: Expression, program: Program): Binding | undefined {
  let child: Node = made;
  for (let node = made.parent; node; child = node, node = node.parent) {
    switch (node.kind) {
      case 'conditional':
        if (sameSpan(node.test.range, child.range)) return undefined;
        break;
      case 'return':
        // The block that it ends is called where its value is asked for.
        if (node.parent?.kind !== 'call') return undefined;
        break;
      case 'call':
        if (node.arguments.length > 0 || !sameSpan(node.callee.range, node.range)) return undefined;
        break;
      case 'declaration':
        return node.bindings.length === 1 ? node.bindings[0] : undefined;
      case 'assignment':
        return node.target.kind === 'identifier' ? program.resolve(node.target) : undefined;
      default:
        return undefined;
    }
  }
  return undefined;
}

/** The options that the maker gives, where no step sets them. */
function withPresets(options: Dict, presets: Presets, { range }: Call): Dict {
  const given = Object.entries(presets).map(([key, preset]): DictEntry => {
    const value = valueOf(preset, range);
    return { key, keyRange: range, range, value };
  });
  const entries = options.entries.map((entry) => {
    const before = given.find(({ key }) => key === entry.key);
    return before ? { ...entry, value: orBefore(entry.value, before.value) } : entry;
  });
  const set = new Set(options.entries.map(({ key }) => key));
  return { ...options, entries: [...given.filter(({ key }) => !set.has(key)), ...entries] };
}

function orBefore(value: Value, before: Value): Value {
  if (value.kind !== 'one-of') return value;
  const choices = value.choices.map((choice) =>
    choice.value.kind === 'nothing'
      ? { ...choice, value: before }
      : { ...choice, value: orBefore(choice.value, before) },
  );
  return { ...value, choices };
}

function valueOf(preset: Presets[string], range: Call['range']): Value {
  if (typeof preset === 'boolean') return { kind: 'boolean', value: preset, range };
  if (typeof preset === 'string') return { kind: 'text', text: preset, range };
  const items = preset.map((text): Value => ({ kind: 'text', text, range }));
  return { kind: 'list', type: 'list', items, open: false, range };
}
