/**
 * Options that a program builds step by step, as one `Dict`: `registry.addMapping("/**").allowedOrigins("a").allowCredentials(true)`,
 * `config.setMaxAge(60L);`, `policy => policy.WithOrigins("a").AllowAnyHeader()`.
 *
 * A finder asks `stepsBehind` for a chain or `stepsOn` for all calls on a name, and `optionsOfSteps` with a table of what each step
 * sets. The form in which they are written is `chainForm` or `statementsForm` (`options-form.ts`).
 */
import { sameSpan } from '../../syntax/range.ts';
import type { SourceRange } from '../../syntax/range.ts';
import type { Argument, Assignment, Binding, Call, Expression, Node, Program } from '../../syntax/programs/program.ts';
import { all, always, never, not, some, unknown } from '../../policy/request-test.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { Dict, DictEntry, List, Value } from '../../values/value.ts';

/** A method that is called on the builder, or a member of it that is assigned. */
export interface BuilderStep<By extends Call | Assignment = Call | Assignment> {
  readonly name: string;
  readonly nameRange: SourceRange;
  readonly call: By;
  /** The method is not called but handed over: `origins.forEach(config::addAllowedOrigin)`. */
  readonly isHanded?: true;
}

/** What a step does with its arguments. */
export interface StepMeaning {
  /** The option of the library's table. */
  readonly option: string;
  /** `members`: they are a list, or the one of them is; `first`: the first is the value; a constant: the step says it by its name. */
  readonly takes: 'members' | 'first' | { readonly constant: boolean | string };
  /** It adds to the list that steps before have made. */
  readonly adds?: true;
}

/** The steps behind an expression, each on what the one before gives, in their order. */
export function stepsBehind(start: Expression): BuilderStep<Call>[] {
  const steps = handedStep(start);
  let receiver: Expression = start;
  for (let member: Node | undefined = start.parent; member?.kind === 'member'; member = receiver.parent) {
    const call: Node | undefined = member.parent;
    const isCalled = call?.kind === 'call' && sameSpan(call.callee.range, member.range);
    if (!sameSpan(member.object.range, receiver.range) || !isCalled) break;
    steps.push({ name: member.property, nameRange: member.propertyRange, call });
    receiver = call;
  }
  return steps;
}

/** Whether one of the steps is no call that an edit could replace. */
export function someHanded(steps: readonly BuilderStep[]): boolean {
  return steps.some(({ isHanded }) => isHanded);
}

/** The method that is handed to what calls it. */
function handedStep({ parent: member, range }: Expression): BuilderStep<Call>[] {
  const call = member?.parent;
  if (member?.kind !== 'member' || !sameSpan(member.object.range, range) || call?.kind !== 'call') return [];
  const isHanded =
    call.arguments.some(({ value }) => sameSpan(value.range, member.range)) &&
    call.callee.kind === 'member' &&
    (loops.test(call.callee.property) || callers.test(call.callee.property));
  return isHanded ? [{ name: member.property, nameRange: member.propertyRange, call, isHanded }] : [];
}

/** What calls what it is handed for each member of a list. */
const loops = /^(forEach|ForEach|each|onEach)$/;
/** The same for a value that is there: `map.from(…).to(config::setMaxAge)`. */
const callers = /^(ifPresent|let|also|to)$/;
/** What runs its block once: `config.apply { … }`. */
const blocks = /^(apply|also|let|run)$/;

/** The steps on every use of a name, in the order of the text. */
export function stepsOn(binding: Binding, program: Program): BuilderStep<Call>[] {
  return program.references(binding).flatMap(stepsBehind);
}

/** Where steps stand, to know which of them are only taken under a condition. */
export interface StepsPlace {
  readonly evaluator: Pick<Evaluator, 'evaluate' | 'rounds'>;
  /** What the steps are taken on: its maker, or the function that is handed it. */
  readonly start: Expression;
  /** Whether something that is not read may set options too. */
  readonly open?: boolean;
  /** What is set before the first step. */
  readonly entries?: readonly DictEntry[];
}

/**
 * What the steps set; those that the table does not name set nothing. A later step stands in place of an earlier one, or adds to it, and
 * one that is taken under a condition leaves what was before where that fails.
 */
export function optionsOfSteps(
  steps: readonly BuilderStep[],
  meanings: Readonly<Record<string, StepMeaning>>,
  place: StepsPlace,
): Dict {
  const entries = new Map<string, DictEntry>((place.entries ?? []).map((entry) => [entry.key, entry]));
  const taken = new Map<string, BuilderStep[]>();
  for (const step of steps) {
    const meaning = Object.hasOwn(meanings, step.name) ? meanings[step.name]! : undefined;
    if (meaning === undefined) continue;
    const others = taken.get(meaning.option) ?? [];
    const isAlternative = others.length > 0 && others.every(({ call }) => areAlternatives(call, step.call));
    taken.set(meaning.option, [...others, step]);
    for (const { when, value } of roundsOf(step, meaning, place)) {
      if (when === never || value === undefined) continue;
      const before = entries.get(meaning.option);
      entries.set(meaning.option, joined(before, { step, meaning, value, when, isAlternative }));
    }
  }
  const end = Math.max(place.start.range.end, ...steps.map(({ call }) => call.range.end));
  const start = place.start.range.start;
  return {
    kind: 'dict',
    entries: [...entries.values()],
    open: place.open === true,
    range: { ...place.start.range, start, end },
  };
}

/** Whether the two stand in different branches of one `if`, whatever that asks. */
function areAlternatives(one: Node, other: Node): boolean {
  for (let child = one, parent = one.parent; parent !== undefined; child = parent, parent = parent.parent) {
    if (parent.kind !== 'if' || !isInside(other, parent.range)) continue;
    const { consequent, alternate } = parent;
    const isFirst = isInside(child, consequent.range);
    const counterpart = isFirst ? alternate : consequent;
    if (counterpart !== undefined && isInside(other, counterpart.range))
      return isFirst || isInside(child, alternate!.range);
  }
  return false;
}

function isInside({ range }: Node, { start, end }: SourceRange): boolean {
  return start <= range.start && range.end <= end;
}

interface Round {
  readonly when: RequestTest;
  readonly value: Value | undefined;
}

/** What a step sets each time that it is taken. */
function roundsOf(step: BuilderStep, { takes, adds }: StepMeaning, place: StepsPlace): Round[] {
  const { call } = step;
  const { evaluator } = place;
  if (step.isHanded) return [handedRound(step, takes, adds, place)];
  const isSure = isTaken(call, blockOf(place.start)?.range.start);
  const [first, ...others] = givenTo(call);
  const isInLoop = isSure && blockOf(call)?.range.start !== blockOf(place.start)?.range.start;
  // In a loop each round hands over another member.
  if (isInLoop && (takes === 'members' || adds) && first !== undefined && others.length === 0)
    return evaluator
      .rounds(call, first.value)
      .map(({ value }) => ({ when: always, value: value && asMembers(value, step) }));
  return [
    {
      when: isSure ? always : some(evaluator.rounds(call, undefined).map(({ when }) => when)),
      value: valueOf(step, takes, place),
    },
  ];
}

/** All rounds of what calls the method: a list of it hands over each of its members. */
function handedRound(
  { call }: BuilderStep,
  takes: StepMeaning['takes'],
  adds: StepMeaning['adds'],
  { evaluator, start }: StepsPlace,
): Round {
  const { callee } = call as Call;
  const { when, given } =
    callee.kind === 'member' && loops.test(callee.property) && isTaken(call, blockOf(start)?.range.start)
      ? { when: always, given: callee.object }
      : { when: unknown(), given: undefined };
  const value: Value = { kind: 'unknown', range: given?.range ?? call.range };
  if (given === undefined || (takes !== 'members' && !adds)) return { when, value };
  const list = evaluator.evaluate(given);
  return { when, value: list.kind === 'list' ? list : value };
}

/** Whether nothing but loops stand between the step and the block in which the builder is made. */
function isTaken(node: Node, start: number | undefined): boolean {
  const block = blockOf(node);
  if (block === undefined || block.range.start === start) return block !== undefined;
  const above = block.kind === 'block' ? block.parent : block;
  const isLoop = above?.kind === 'loop' || (above?.kind === 'function' && isRunForEach(above));
  return isLoop && above.parent !== undefined && isTaken(above.parent, start);
}

/** `origins.forEach(origin -> …)`, and a block that is run once: `config.apply { … }`. */
function isRunForEach({ parent }: Node): boolean {
  return (
    parent?.kind === 'call' &&
    parent.callee.kind === 'member' &&
    (loops.test(parent.callee.property) || blocks.test(parent.callee.property))
  );
}

function valueOf(step: BuilderStep, takes: StepMeaning['takes'], { evaluator }: StepsPlace): Value | undefined {
  const { call } = step;
  if (typeof takes === 'object') return constant(takes.constant, stepRange(step));
  const [first, ...others] = givenTo(call);
  if (takes === 'first') return first && evaluator.evaluate(first.value);
  if (first !== undefined && others.length === 0) return asMembers(evaluator.evaluate(first.value), step);
  const values = givenTo(call).map(({ value, spread }) => ({ value: evaluator.evaluate(value), spread }));
  return {
    kind: 'list',
    type: 'list',
    items: values.flatMap(({ value, spread }) => (spread ? (value.kind === 'list' ? value.items : []) : [value])),
    open: values.some(({ value, spread }) => spread && (value.kind !== 'list' || value.open)),
    range: insideOf(call),
  };
}

function constant(value: boolean | string, range: SourceRange): Value {
  return typeof value === 'string' ? { kind: 'text', text: value, range } : { kind: 'boolean', value, range };
}

/** One text stands for a list of it; what may be a list stays as it is. */
function asMembers(value: Value, { call }: BuilderStep): Value {
  return value.kind === 'text' || value.kind === 'concatenation' || value.kind === 'request'
    ? { kind: 'list', type: 'list', items: [value], open: false, range: insideOf(call) }
    : value;
}

/** What a step is given: the arguments of a call, the value of an assignment. */
export function givenTo(by: Call | Assignment): readonly Pick<Argument, 'name' | 'value' | 'spread'>[] {
  return by.kind === 'call' ? by.arguments : [{ value: by.value, spread: false }];
}

function insideOf(by: Call | Assignment): SourceRange {
  if (by.kind === 'assignment') return by.value.range;
  const { argumentsRange } = by;
  return { ...argumentsRange, start: argumentsRange.start + 1, end: argumentsRange.end - 1 };
}

/** A step from its name to its closing bracket. */
function stepRange({ nameRange, call }: BuilderStep): SourceRange {
  return { ...nameRange, end: call.range.end };
}

interface Set extends Round {
  /** It is taken in the other branch of an `if` than all steps before. */
  readonly isAlternative: boolean;
  readonly step: BuilderStep;
  readonly meaning: StepMeaning;
  readonly value: Value;
}

function joined(earlier: DictEntry | undefined, { step, meaning, value, when, isAlternative }: Set): DictEntry {
  const range = stepRange(step);
  const entry = { key: meaning.option, keyRange: step.nameRange, range };
  const before = isAlternative ? undefined : earlier && { ...earlier, value: whereReached(earlier.value, when) };
  // The first list is the list itself, which may be a variable's.
  const isAdded = meaning.adds && (before !== undefined || meaning.takes !== 'members');
  const next = isAdded ? added(before, value, range) : value;
  if (when === always) {
    // Whoever replaces what an adding step says, replaces the step.
    const whole = meaning.adds && before ? { ...range, start: before.range.start } : range;
    return {
      ...entry,
      ...(meaning.adds && { keyRange: before?.keyRange ?? step.nameRange }),
      range: whole,
      value: next,
    };
  }
  const otherwise: Value = earlier?.value ?? { kind: 'nothing', range };
  return {
    ...entry,
    value: {
      kind: 'one-of',
      range,
      choices: [
        { when, value: next },
        { when: always, value: otherwise },
      ],
    },
  };
}

/** What steps before have made, without what they make where this one is not taken: in the other branch of an `if`. */
function whereReached(value: Value, when: RequestTest): Value {
  if (value.kind !== 'one-of') return value;
  const choices: (typeof value.choices)[number][] = [];
  for (const choice of value.choices) {
    if (!isPossibleUnder(when, choice.when)) continue;
    const isSure = !isPossibleUnder(when, not(choice.when));
    choices.push({ when: isSure ? always : choice.when, value: whereReached(choice.value, when) });
    // The choices behind it are not reached.
    if (isSure) break;
  }
  const [only] = choices;
  return choices.length === 1 && only!.when.kind === 'always' ? only!.value : { ...value, choices };
}

/** Whether the test can hold where the condition does: one of its alternatives has to. */
function isPossibleUnder(condition: RequestTest, test: RequestTest): boolean {
  const facts = factsOf(condition);
  const alternatives = test.kind === 'some' ? test.tests : [test];
  return alternatives.some((one) => all([...facts, one]).kind !== 'never');
}

/** What holds where the condition does; in the other branch of `if a || b` neither does. */
function factsOf(condition: RequestTest): RequestTest[] {
  if (condition.kind === 'all') return condition.tests.flatMap(factsOf);
  return condition.kind === 'not' && condition.test.kind === 'some' ? condition.test.tests.map(not) : [condition];
}

/** The members of both, at a range that holds the names of the steps, so that an edit takes the place of all of them. */
function added(before: DictEntry | undefined, value: Value, range: SourceRange): Value {
  const whole = { ...range, start: before?.range.start ?? range.start };
  const lists = [before?.value, value].filter((one): one is Value => one !== undefined && one.kind !== 'nothing');
  const parts = lists.map((one): Pick<List, 'items' | 'open'> => (one.kind === 'list' ? one : membersOf(one)));
  return {
    kind: 'list',
    type: 'list',
    items: parts.flatMap(({ items }) => items),
    open: parts.some(({ open }) => open),
    range: whole,
  };
}

/** A step that adds one member is handed the member itself. */
function membersOf(value: Value): Pick<List, 'items' | 'open'> {
  return { items: [value], open: false };
}

/** Whether the steps that make one list have steps of another name between them; `written` is from the first to the last. */
export function isScattered(written: string): boolean {
  const names = [...written.matchAll(/(?:^|(?:;\s*[\w$]+|\))\s*\.\s*)([\w$]+)\s*\(/g)].map(([, name]) => name);
  return new Set(names).size > 1;
}

/** What a node is a statement of: a block, a function whose body is an expression, a branch without braces. */
function blockOf(node: Node): Node | undefined {
  let current: Node | undefined = node.kind === 'function' ? (node.body ?? node) : node;
  while (current !== undefined && !holders.has(current.kind)) current = current.parent;
  return current;
}

const holders: ReadonlySet<Node['kind']> = new Set([
  'block',
  'function',
  'class',
  'if',
  'loop',
  'switch',
  'conditional',
]);
