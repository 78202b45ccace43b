/** What is done with the members of an object behind the place where it is made: `policy.Origins.Add("a")`, `policy.X = true`. */
import { sameSpan } from '../../syntax/range.ts';
import type { BuilderStep, StepMeaning } from '../../models/libraries/builder-steps.ts';
import { optionsOfSteps } from '../../models/libraries/builder-steps.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { Binding, Call, Expression, Identifier, Node, Program } from '../../syntax/programs/program.ts';
import type { Dict, DictEntry } from '../../values/value.ts';

/** Lists that an object of policies makes itself, so that members can only be added to them. */
const lists = ['Origins', 'Methods', 'Headers', 'ExposedHeaders'];
const switches = [
  ...['SupportsCredentials', 'PreflightMaxAge', 'IsOriginAllowed'],
  ...['AllowAnyOrigin', 'AllowAnyHeader', 'AllowAnyMethod'],
];

/** What a step on a `CorsPolicy` or an `EnableCorsAttribute` sets. */
const meanings: Readonly<Record<string, StepMeaning>> = {
  ...Object.fromEntries(
    lists.map((name): [string, StepMeaning] => [`${name}.Add`, { option: name, takes: 'members', adds: true }]),
  ),
  ...Object.fromEntries(switches.map((name): [string, StepMeaning] => [name, { option: name, takes: 'first' }])),
};

/** The steps behind `made` on the name that it is given, in the order of the text. */
export function memberSteps(made: Expression, program: Program): BuilderStep[] {
  const name = nameOf(made, program);
  const later =
    name === undefined ? [] : program.identifiers(name).filter(({ range }) => range.start >= made.range.end);
  return later.filter((use) => isFor(program.resolve(use), made)).flatMap((use) => stepAt(use) ?? []);
}

/** The members with which an object is made, and those that the steps behind it set. */
export function withSteps(
  made: Expression,
  entries: readonly DictEntry[],
  steps: readonly BuilderStep[],
  { evaluator }: ProgramContext,
): Dict {
  const open = steps.some(({ name }) => !Object.hasOwn(meanings, name));
  const { start, end } = made.range;
  return { ...optionsOfSteps(steps, meanings, { evaluator, start: made, open, entries }), range: { start, end } };
}

/** The name of the variable or the field that stands in front of it: `var policy = new CorsPolicy()`, `_policy = new CorsPolicy()`. */
export function nameOf({ range: { start } }: Expression, { text }: Program): string | undefined {
  return /([A-Za-z_]\w*)\s*=\s*$/.exec(text.slice(Math.max(0, start - longestName), start))?.[1];
}

const longestName = 80;

function isFor(binding: Binding | undefined, made: Expression): boolean {
  const values = [binding?.value, ...(binding?.assignments ?? []).map(({ value }) => value)];
  return values.some((value) => value?.range.start === made.range.start);
}

/** `policy.Origins.Add("a")` is the step `Origins.Add`, `policy.SupportsCredentials = true` the step `SupportsCredentials`. */
function stepAt(reference: Identifier): BuilderStep | undefined {
  const member = reference.parent;
  if (member?.kind !== 'member' || !sameSpan(member.object.range, reference.range)) return undefined;
  const { parent, property, propertyRange } = member;
  if (parent?.kind === 'assignment' && sameSpan(parent.target.range, member.range))
    return { name: property, nameRange: propertyRange, call: parent };
  if (parent?.kind !== 'member' || !sameSpan(parent.object.range, member.range)) return undefined;
  const call: Node | undefined = parent.parent;
  return call?.kind === 'call' && sameSpan(call.callee.range, parent.range)
    ? { name: `${property}.${parent.property}`, nameRange: propertyRange, call: call as Call }
    : undefined;
}
