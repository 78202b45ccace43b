/**
 * Settings that are given from outside and have a default in the text: options of the command line, schemas of the environment,
 * parameters. What is given is not known; what holds without it is.
 */
import type {
  Binding,
  Call,
  Expression,
  FunctionExpression,
  ObjectExpression,
  StringLiteral,
} from '../syntax/programs/program.ts';
import { escaped } from '../syntax/programs/name-places.ts';
import type { Inner } from './inner-value.ts';
import { languageOf } from './language-of.ts';
import type { Flag } from './languages/value-language.ts';
import { toPublic } from './inner-value.ts';
import type { At, Place, Session } from './session.ts';

/** Expressions that give all options: `parser.parse_args()`, `program.opts()`, `yargs(…).argv`, `cleanEnv(process.env, …)`. */
const parsed = new RegExp(
  [
    String.raw`\bparse_(known_)?(args|intermixed_args)\s*\(`,
    String.raw`\.opts\(\)$|\.parseSync\(|\.(argv|flags|values)$`,
    String.raw`\b(minimist|yargs|mri|meow|parseArgs|cleanEnv|createEnv|convict)\b`,
    String.raw`\bprocess\.env\b|\bimport\.meta\.env\b`,
  ].join('|'),
);
/** Objects of settings that are asked by name, with a default as the second argument. */
const asked = /(config|configuration|configservice|settings|conf|cfg|env|environment)$/i;
/** Readers of the environment with a method for each type of value. */
const typed = /(^|\.)(env|environment)$/i;
const ofLists = /^(array|list)$/;
const ofTexts = /^(str|string|url|json)$/;
/** Decorators that declare an option. */
const declaring = /(^|\.)(option|argument|add_argument|add_option|requiredOption)$/;

/** `args.origins`: the option of that name and its default, where the whole is what was parsed; a part of it is still that whole. */
export function optionOf(whole: Expression | undefined, name: string, here: At, session: Session): Inner | undefined {
  if (whole === undefined || !parsed.test(whole.text)) return undefined;
  const program = session.homeOf(whole);
  const named = program.strings(spelled(name));
  for (const one of [...named.filter(({ value }) => value === name), ...named]) {
    const usual = defaultBeside(one);
    if (usual !== undefined) return setting(flagOf(one.value), usual, here, session, { program, frames: [], calls: 0 });
  }
  return { kind: 'unknown', range: here.range, expression: whole };
}

/** A parameter that nobody was seen to give: by an option that decorates the function, `@click.option`, or by its own default. */
export function defaultOf(
  { name, fallback }: Binding,
  fn: FunctionExpression,
  here: At,
  session: Session,
  place: Place,
): Inner | undefined {
  for (const decorator of fn.decorators) {
    if (decorator.kind !== 'call' || !declaring.test(decorator.callee.text)) continue;
    const named = decorator.arguments.find(({ value }) => value.kind === 'string' && spelled(name).test(value.value));
    const usual = named && defaultInCall(decorator, named.value);
    if (usual !== undefined) return setting(flagOf((named!.value as StringLiteral).value), usual, here, session, place);
  }
  const given = fallback && setting(name, fallback, here, session, place);
  return given?.kind === 'environment' && given.name === name ? { ...given, argument: true } : given;
}

/** What an option of the command line holds: `flag.String("cors", "*", "who may read")`. */
export function flagValue({ name, usual, isList }: Flag, here: At, session: Session, place: Place): Inner {
  const values = usual.map((one) => session.value(one, place));
  const [first] = values;
  const fallback: Inner | undefined =
    isList || first === undefined
      ? { kind: 'list', items: values.map(toPublic), open: false, type: 'list', range: first?.range ?? here.range }
      : first;
  return settingWith(name, fallback, here, place) ?? { kind: 'unknown', ...here };
}

/** What a call gives that declares an option, or asks for one that this file declares. */
export function flagCalled(call: Call, here: At, session: Session, place: Place): Inner | undefined {
  const { pointers } = languageOf(place.program);
  const flag = pointers?.flagOf(call) ?? pointers?.askedFlag(call, place.program);
  return flag && flagValue(flag, here, session, place);
}

/** `config.get('cors.origin')` of convict, whose settings are declared in the call that made it. */
export function declaredSetting(
  owner: Inner,
  method: string,
  values: readonly Inner[],
  here: At,
  session: Session,
): Inner | undefined {
  const [name] = values;
  const isAsked = owner.kind === 'unknown' && method === 'get' && name?.kind === 'text' && values.length === 1;
  const found = isAsked ? optionOf(owner.expression, name.text.split('.').at(-1)!, here, session) : undefined;
  return found?.kind === 'environment' ? found : undefined;
}

/** `config.get('CORS_ORIGIN', '*')`, `env.array('CORS_ORIGINS', ['*'])`. */
export function settingAsked(owner: string, method: string, values: readonly Inner[], here: At): Inner | undefined {
  const [name, usual, ...others] = values;
  const isList = ofLists.test(method);
  const isMethod = method === 'get' || (typed.test(owner) && (isList || ofTexts.test(method)));
  const isAsked = isMethod && name?.kind === 'text' && usual !== undefined && others.length === 0;
  return isAsked && asked.test(owner) && (usual.kind === 'text' || usual.kind === 'list')
    ? { kind: 'environment', name: name.text, fallback: usual, ...(isList && { split: true }), ...here }
    : undefined;
}

/** `env('CORS_ORIGIN', '*')` of a reader that the file is handed, as Strapi does. */
export function settingCalled(
  names: readonly string[],
  given: () => readonly Inner[] | undefined,
  here: At,
): Inner | undefined {
  const reader = names.at(-1) ?? '';
  const values = typed.test(reader) ? given() : undefined;
  return values && settingAsked(reader, 'get', values, here);
}

function setting(name: string, usual: Expression, here: At, session: Session, place: Place): Inner | undefined {
  return settingWith(name, session.value(usual, place), here, place);
}

function settingWith(name: string, fallback: Inner, here: At, place: Place): Inner | undefined {
  if (fallback.kind === 'environment') return fallback;
  // What a file of settings says is what is given, and no default.
  if (fallback.range.path !== undefined && fallback.range.path !== place.program.path) return fallback;
  return fallback.kind === 'text' || fallback.kind === 'list' || fallback.kind === 'boolean'
    ? { kind: 'environment', name, fallback: toPublic(fallback), ...here }
    : undefined;
}

/** `allow_origins`, `allowOrigins`: `--allow-origins`, with a short name before it and a placeholder behind. */
function spelled(name: string): RegExp {
  const words = name
    .split(/_|(?<=[a-z])(?=[A-Z])/)
    .map(escaped)
    .join('[-_]?');
  return new RegExp(`^(-\\w,?\\s*)?-{0,2}${words}([\\s=]*[<[].*)?$`, 'i');
}

function flagOf(text: string): string {
  return /--[\w-]+/.exec(text)?.[0] ?? text;
}

function defaultBeside(named: StringLiteral): Expression | undefined {
  const { parent } = named;
  if (parent?.kind === 'call') return defaultInCall(parent, named);
  return parent?.kind === 'object' ? defaultOfKey(parent, named) : undefined;
}

/** `add_argument("--origins", default="*")`, `.option('origin', { default: '*' })`, `.option('--origin <url>', 'who', '*')`. */
function defaultInCall(call: Call, named: Expression): Expression | undefined {
  const byName = call.arguments.find((argument) => argument.name === 'default')?.value;
  if (byName !== undefined) return byName;
  const position = call.arguments.findIndex(({ value }) => value.range.start === named.range.start);
  const [first, second] = call.arguments.slice(position + 1).map(({ value }) => value);
  if (first?.kind === 'object') return entryOf(first, 'default');
  const { callee } = call;
  if (callee.kind !== 'member' || call.arguments.some((argument) => argument.name !== undefined)) return undefined;
  if (callee.property === 'default') return first;
  return /^(option|requiredOption|argument)$/.test(callee.property) ? second : undefined;
}

/** `{ origin: { default: '*' } }`, `{ ORIGIN: str({ default: '*' }) }`, `z.string().default('*')`, `default: { origin: '*' }`. */
function defaultOfKey(object: ObjectExpression, named: StringLiteral): Expression | undefined {
  const value = object.entries.find(
    ({ keyRange }) => keyRange.start <= named.range.start && named.range.end <= keyRange.end,
  )?.value;
  if (value === undefined) return undefined;
  if (value.kind === 'object') return entryOf(value, 'default');
  if (value.kind === 'call') return defaultOfSchema(value);
  const holder = object.parent?.kind === 'object' ? object.parent : undefined;
  const isDefaults = holder?.entries.some(
    ({ key, value: held }) => key === 'default' && held.range.start === object.range.start,
  );
  return isDefaults ? value : undefined;
}

function defaultOfSchema(schema: Call): Expression | undefined {
  const given = schema.arguments[0]?.value;
  if (given?.kind === 'object') return entryOf(given, 'default');
  for (let call: Expression = schema; call.kind === 'call' && call.callee.kind === 'member'; call = call.callee.object)
    if (/^(default|catch|prefault)$/.test(call.callee.property)) return call.arguments[0]?.value;
  return undefined;
}

function entryOf(object: ObjectExpression, name: string): Expression | undefined {
  return object.entries.find(({ key }) => key === name)?.value;
}
