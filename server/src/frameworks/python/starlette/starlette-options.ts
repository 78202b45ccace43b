/** How the arguments of a call become options of Starlette's `CORSMiddleware`, and which names it knows. */
import type { SourceRange } from '../../../syntax/range.ts';
import type { Argument, Call, Expression } from '../../../syntax/programs/program.ts';
import type { NameEntry, Setting } from '../../../policy/policy.ts';
import type { Evaluator } from '../../../values/evaluator.ts';
import type { DictEntry, Value } from '../../../values/value.ts';
import { textEdits } from '../../../models/libraries/origin-entries.ts';
import type { ProgramText } from '../../../models/libraries/origin-entries.ts';
import { nearestName } from '../../../edits/nearest-name.ts';

export interface Option extends DictEntry {
  /** Given by its place, so that its name cannot be changed and it cannot be taken away alone. */
  readonly positional: boolean;
  /** The expression that was given, which may be a name for a value that stands elsewhere; undefined in a dictionary. */
  readonly given: SourceRange | undefined;
}

export interface Options {
  readonly written: ReadonlyMap<string, Option>;
  /** What a spread holds is not known, so that every option may be set. */
  readonly open: boolean;
  /** First keyword option of the call itself: a new one is written before it. */
  readonly firstKeyword: SourceRange | undefined;
  /** Ends of the argument list: a new option goes after the last argument where there is no keyword. */
  readonly lastArgument: SourceRange | undefined;
}

/** One use of the class. */
export interface CorsMiddleware {
  /** The call that makes it, for defaults. */
  readonly range: SourceRange;
  readonly options: Options;
  readonly version: string | undefined;
  readonly text: ProgramText;
}

/** In the order of the constructor's parameters, `app` left out. */
export function optionNames(version: string | undefined): readonly string[] {
  const names = [
    'allow_origins',
    'allow_methods',
    'allow_headers',
    'allow_credentials',
    'allow_origin_regex',
    'allow_private_network',
    'expose_headers',
    'max_age',
  ];
  return isBefore(version, [0, 51]) ? names.filter((name) => name !== 'allow_private_network') : names;
}

/**
 * `handed` is the class where it is an argument (`add_middleware(CORSMiddleware, …)`); without it the class itself is called
 * with the app first.
 */
export function bindOptions(
  call: Call,
  handed: Expression | undefined,
  version: string | undefined,
  evaluator: Evaluator,
): Options {
  const names = optionNames(version);
  const own = ownArguments(call, handed);
  const written = new Map<string, Option>();
  let open = false;
  let position = firstPosition(call, handed);
  for (const argument of own) {
    if (handed !== undefined && isAt(argument, handed)) {
      position = 0;
    } else if (argument.spread || argument.name !== undefined) {
      const named = namedOptions(argument, evaluator);
      for (const option of named.options) written.set(option.key, option);
      open ||= named.open;
    } else if (position !== undefined) {
      const name = names[position];
      if (name !== undefined) written.set(name, positionalOption(name, argument, evaluator));
      position += 1;
    }
  }
  return {
    written,
    open,
    firstKeyword: own.find(({ name }) => name !== undefined)?.range,
    lastArgument: call.arguments.at(-1)?.range,
  };
}

/** All but the app, and the class where that is a keyword. */
function ownArguments(call: Call, handed: Expression | undefined): readonly Argument[] {
  return call.arguments.filter(
    (argument) =>
      argument.name !== 'app' && !(argument.name !== undefined && handed !== undefined && isAt(argument, handed)),
  );
}

/**
 * Which of the constructor's parameters the first argument by its place is, -1 for the app; undefined while the class itself
 * has not been handed over yet.
 */
function firstPosition(call: Call, handed: Expression | undefined): number | undefined {
  if (handed !== undefined)
    return call.arguments.some((argument) => argument.name !== undefined && isAt(argument, handed)) ? -1 : undefined;
  return call.arguments.some((argument) => argument.name === 'app') ? 0 : -1;
}

function positionalOption(key: string, { value, range }: Argument, evaluator: Evaluator): Option {
  return { key, keyRange: range, value: evaluator.evaluate(value), range, positional: true, given: value.range };
}

/** A keyword, or what a dictionary holds that is unpacked; what else is unpacked may hold any option. */
function namedOptions(
  argument: Argument,
  evaluator: Evaluator,
): { readonly options: readonly Option[]; readonly open: boolean } {
  const { name, nameRange, range } = argument;
  const value = evaluator.evaluate(argument.value);
  if (!argument.spread) {
    const option = {
      key: name!,
      keyRange: nameRange ?? range,
      value,
      range,
      positional: false,
      given: argument.value.range,
    };
    return { options: [option], open: false };
  }
  if (value.kind !== 'dict') return { options: [], open: true };
  return {
    options: value.entries.map((entry) => ({ ...entry, positional: false, given: undefined })),
    open: value.open,
  };
}

function isAt(argument: Argument, node: Expression): boolean {
  return argument.value.range.start === node.range.start && argument.value.range.end === node.range.end;
}

const meant: Readonly<Record<string, string>> = {
  origins: 'allow_origins',
  origin: 'allow_origins',
  alloworigin: 'allow_origins',
  alloworigins: 'allow_origins',
  allowedorigin: 'allow_origins',
  allowedorigins: 'allow_origins',
  corsorigins: 'allow_origins',
  corsallowedorigins: 'allow_origins',
  allowalloworigins: 'allow_origins',
  allowallorigins: 'allow_origins',
  whitelist: 'allow_origins',
  methods: 'allow_methods',
  allowmethods: 'allow_methods',
  allowedmethods: 'allow_methods',
  allowmethod: 'allow_methods',
  headers: 'allow_headers',
  allowheaders: 'allow_headers',
  allowedheaders: 'allow_headers',
  allowheader: 'allow_headers',
  credentials: 'allow_credentials',
  allowcredentials: 'allow_credentials',
  allowedcredentials: 'allow_credentials',
  supportscredentials: 'allow_credentials',
  withcredentials: 'allow_credentials',
  originregex: 'allow_origin_regex',
  alloworiginregex: 'allow_origin_regex',
  alloworiginsregex: 'allow_origin_regex',
  allowedoriginregex: 'allow_origin_regex',
  allowedoriginregexes: 'allow_origin_regex',
  privatenetwork: 'allow_private_network',
  allowprivatenetwork: 'allow_private_network',
  exposeheaders: 'expose_headers',
  exposedheaders: 'expose_headers',
  maxage: 'max_age',
  preflightmaxage: 'max_age',
  maxageseconds: 'max_age',
};

/** The option that was meant by a name that there is not. */
export function suggestionFor(name: string, version: string | undefined): string | undefined {
  const names = optionNames(version);
  const squeezed = name.toLowerCase().replaceAll('_', '');
  const suggestion = Object.hasOwn(meant, squeezed) ? meant[squeezed] : nearestName(name, names);
  return suggestion !== undefined && suggestion !== name && names.includes(suggestion) ? suggestion : undefined;
}

/** Whether the version is below the limit; one that is not known counts as the newest. */
export function isBefore(version: string | undefined, [major, minor]: readonly [number, number]): boolean {
  const parts = /^v?(\d+)(?:\.(\d+))?/.exec(version ?? '');
  if (parts === null) return false;
  const [givenMajor, givenMinor] = [Number(parts[1]), Number(parts[2] ?? 0)];
  return givenMajor < major || (givenMajor === major && givenMinor < minor);
}

/** Methods or headers as they were given. */
export interface Names {
  readonly setting: Setting<readonly NameEntry[] | 'unknown'>;
  /** The members in the order in which they are joined; undefined when the text does not say all of them or their order. */
  readonly joined: readonly string[] | undefined;
  /** Every member, in any order; undefined when the text does not say all of them. */
  readonly members: readonly string[] | undefined;
  /** Where `*` stands. */
  readonly star: SourceRange | undefined;
  /** A text in a list's place: joined letter by letter, and searched for what is asked. */
  readonly text: string | undefined;
}

export function readNames(option: Option | undefined, text: ProgramText): Names | undefined {
  if (option === undefined) return undefined;
  const { value, keyRange } = option;
  const base = { range: value.range, keyRange, written: true };
  if (value.kind === 'text') {
    const letters = [...value.text];
    return {
      setting: { ...base, value: 'unknown' },
      joined: letters,
      members: letters,
      star: value.text.includes('*') ? value.range : undefined,
      text: value.text,
    };
  }
  if (value.kind !== 'list')
    return {
      setting: { ...base, value: 'unknown' },
      joined: undefined,
      members: undefined,
      star: undefined,
      text: undefined,
    };
  const texts = value.items.filter((item) => item.kind === 'text');
  const complete = !value.open && texts.length === value.items.length;
  const names = texts.map((item) => item.text);
  return {
    setting: {
      ...base,
      value: complete
        ? texts.map((item) => ({
            text: item.text,
            range: item.range,
            edits: textEdits(item, text, item.contentRange !== undefined),
          }))
        : 'unknown',
    },
    members: complete ? names : undefined,
    // Nobody knows in which order a set of more than one member is read.
    joined: complete && (value.type !== 'set' || names.length < 2) ? names : undefined,
    star: texts.find((item) => item.text === '*')?.range,
    text: undefined,
  };
}

/** Whether Python takes the value for true. */
export function truthOf(value: Value): boolean | 'unknown' {
  switch (value.kind) {
    case 'boolean':
      return value.value;
    case 'number':
      return value.value !== 0;
    case 'text':
      return value.text !== '';
    case 'nothing':
      return false;
    case 'list':
      return value.items.length > 0 || (value.open ? 'unknown' : false);
    case 'pattern':
    case 'function':
      return true;
    default:
      return 'unknown';
  }
}
