/** The crate rocket_cors: `CorsOptions { … }` or its steps, of which `to_cors()` makes the fairing, the guard or the manual answer. */
import type { Call, Expression, Program } from '../../syntax/programs/program.ts';
import type { HeaderRule, OriginEntry, Policy } from '../../policy/policy.ts';
import { all, not, originEquals } from '../../policy/request-test.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { optionsOfSteps } from '../../models/libraries/builder-steps.ts';
import type { BuilderStep } from '../../models/libraries/builder-steps.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { chainForm, objectForm } from '../../models/libraries/options-form.ts';
import type { OptionsForm } from '../../models/libraries/options-form.ts';
import { differing } from '../../models/libraries/releases.ts';
import { withoutLists } from '../../models/libraries/without-edits.ts';
import { insertEntry } from '../../edits/program-edits.ts';
import type { Literals } from '../../edits/literals.ts';
import { rustLiterals } from '../../edits/rust-literals.ts';
import { parseUrl } from '../../policy/parse-url.ts';
import { dictEntry, isTrue } from '../../values/dict-entry.ts';
import type { Dict, DictEntry, Value } from '../../values/value.ts';
import { pathOf } from './rust-builders.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

const packageName = 'rocket_cors';
const type = `${packageName}::CorsOptions`;
const failure = 'to_cors() gives an error in place of the middleware';

/** As `lib.rs` of 0.6.0 says; 0.5 is the same. See https://docs.rs/rocket_cors/latest/rocket_cors/struct.CorsOptions.html */
const rocketCors: CorsLibrary = {
  options: {
    origin: ['allowed_origins'],
    credentials: ['allow_credentials'],
    methods: ['allowed_methods'],
    allowedHeaders: ['allowed_headers'],
    exposedHeaders: ['expose_headers'],
    maxAge: ['max_age'],
  },
  otherOptions: ['send_wildcard', 'fairing_route_base', 'fairing_route_rank'],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'compared',
    star: 'any',
    empty: 'unknown',
    ...otherKinds('unknown', 'search'),
    nothing: 'unknown',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'compared',
    // Both sides are parsed as URLs, of which the origins are compared.
    comparedAs: (text) => originOf(text) ?? text,
    stopsApplication: true,
    unlistedFails: 403,
    failure,
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'reflect',
  reflectsAny: true,
  vary: { any: true, sent: false, checked: 'never' },
  othersFor: 'allowed',
  needsOrigin: true,
  methods: {
    default: 'GET, HEAD, POST, OPTIONS, PUT, PATCH, DELETE',
    separator: ', ',
    everyResponse: false,
    // Names are parsed in whatever case they are written.
    upperCase: true,
  },
  allowedHeaders: {
    default: 'requested',
    separator: ', ',
    everyResponse: false,
    emptyIsDefault: false,
    starIsDefault: true,
    answersAsked: true,
    vary: false,
  },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: false },
  maxAge: { default: undefined, zero: true },
  preflight: {
    when: { kind: 'preflight' },
    status: 204,
    refused: 403,
    otherOptions: 'refused',
    variesWhereAnswered: true,
    onlyListed: { methods: true, headers: [], refuses: true },
  },
  refusesUnknown: (name) => `CorsOptions has no field ${name}, and the program is not compiled.`,
};

/** The origin that a text is as a URL; undefined for one that has none, such as `null` and `*`. */
function originOf(text: string): string | undefined {
  const origin = parseUrl(text)?.origin;
  return origin === 'null' ? undefined : origin;
}

/** The table by what stands beside the origins. */
function tableOf({ place }: FoundOptions): CorsLibrary {
  const isNullMeant = nullsIn(place.value).every(({ expression }) => expression?.kind === 'call');
  const table = differing(rocketCors, {
    origin: {
      stopsFor: (text) => (originOf(text) === undefined && !(text === 'null' && isNullMeant) ? failure : undefined),
    },
  });
  if (!isTrue(place.value, 'send_wildcard')) return table;
  return differing(table, { reflectsAny: false, anyWithCredentials: 'fails', vary: { any: false } });
}

/** Where `null` stands: as `some_null()`, which lets it in, or as a text, which is no URL. */
function nullsIn(options: Value | undefined): Value[] {
  const origins = dictEntry(options, 'allowed_origins')?.value;
  const values = origins?.kind === 'one-of' ? origins.choices.map(({ value }) => value) : origins ? [origins] : [];
  return values
    .flatMap((value) => (value.kind === 'list' ? value.items : []))
    .filter((item) => item.kind === 'text' && item.text === 'null');
}

const meanings = Object.fromEntries(
  [...Object.values(rocketCors.options).flat(), ...rocketCors.otherOptions].map((option) => [
    option,
    { option, takes: 'first' } as const,
  ]),
);

/** The name that the file has for a type of the crate. */
function named(own: string, program: Program): string {
  const isImported = program.imports.some(({ module, local, imported }) => {
    return module.startsWith(packageName) && (local === own || imported === '*');
  });
  return isImported ? own : `${packageName}::${own}`;
}

/** A list of origins is a value of the crate's own, but where it stands in place of another list. */
function literalsOf(program: Program): Literals {
  const literals = rustLiterals((text) => text);
  return {
    ...literals,
    list(values, quote, written = '') {
      const list = literals.list(values, quote);
      const [, before] = /^(&?(?:vec!)?)\[/.exec(written) ?? [];
      return before === undefined ? `${named('AllowedOrigins', program)}::some_exact(&${list})` : before + list;
    },
    // `some_null()` is no member of a list.
    canRemove: (source, member) =>
      /["#]$/.test(source.slice(member.start, member.end)) && literals.canRemove!(source, member),
  };
}

/** Everybody is a value of the crate's own, too. */
function valueOf(value: string, program: Program): string {
  return value === '"*"' ? `${named('AllowedOrigins', program)}::all()` : value;
}

function stepsForm(program: Program): OptionsForm {
  return chainForm(literalsOf(program), (name, value) => `${name}(${valueOf(value, program)})`);
}

function fieldsForm(program: Program): OptionsForm {
  return {
    ...objectForm,
    literals: literalsOf(program),
    entry: (name, value) => `${name}: ${valueOf(value, program)}`,
    whole: (entry) => `${packageName}::CorsOptions { ${entry}, ..Default::default() }`,
    insert(source, { range }, entry, placeholder) {
      const start = source.indexOf('{', range.start);
      return start < 0 || start >= range.end ? [] : insertEntry(source, { ...range, start }, entry, placeholder);
    },
  };
}

export const framework = defineCorsLibrary({
  id: 'rocket-cors',
  title: 'rocket_cors',
  documentation: 'https://docs.rs/rocket_cors/latest/rocket_cors/struct.CorsOptions.html',
  reads:
    '`CorsOptions { … }` and its steps, of which `to_cors()` makes the middleware; lists, patterns, `some_null()`, `send_wildcard`; ' +
    'without origins it lets everybody in',
  mentions: ['rocket_cors'],
  languages: ['rust'],
  uses: [
    {
      packageName,
      options: (program, context) => ({ options: optionsIn(program, context) }),
      table: (_version, found) => tableOf(found),
      // A list of patterns takes no origins: a pattern is repaired, or all of the list is replaced.
      refine: (policy) => withoutNull(withoutLists(policy, isPattern)),
    },
  ],
});

function isPattern({ kind }: OriginEntry): boolean {
  return kind === 'pattern';
}

/** Patterns are not asked for `null`: that gets in where `some_null()` says so. */
function withoutNull(policy: Policy): Policy {
  const { origins } = policy.settings;
  if (!origins.value.some(isPattern) || origins.value.some(({ kind, text }) => kind === 'text' && text === 'null'))
    return policy;
  const named = not(originEquals('null', origins.range));
  const isOwn = ({ name }: HeaderRule): boolean => name.startsWith('access-control-');
  return {
    ...policy,
    headers: policy.headers.map((rule) => (isOwn(rule) ? { ...rule, when: all([rule.when, named]) } : rule)),
    settings: {
      ...policy.settings,
      origins: {
        ...origins,
        value: origins.value.map((one) => (isPattern(one) ? { ...one, accepts: all([one.accepts, named]) } : one)),
      },
    },
  };
}

/** Options as `to_cors()` gets them, and those of which the file makes nothing itself. */
function optionsIn(program: Program, context: ProgramContext): FoundOptions[] {
  const found = new Map<number, FoundOptions>();
  const read = (options: Expression): void => {
    const built = builtFrom(options, program, context);
    if (built !== undefined) found.set(built.root.range.start, placeOf(built, program));
  };
  for (const { index } of program.text.matchAll(/\bto_cors\s*\(|\bfrom_options\s*\(/g)) {
    const call = callOf(program.expressionAt(index));
    const options =
      call?.callee.kind === 'member' && call.callee.property === 'to_cors' ? call.callee.object : undefined;
    const given = options ?? call?.arguments[0]?.value;
    if (given) read(given);
  }
  for (const { index } of program.text.matchAll(/\bCorsOptions\s*(?:\{|::\s*default\s*\()/g)) {
    const made = makerAt(program, index);
    if (made && !found.has(made.range.start) && !isBase(made)) read(withSteps(made));
  }
  return [...found.values()];
}

/** The call whose name this is. */
function callOf(named: Expression | undefined): Call | undefined {
  const callee = named?.parent?.kind === 'member' ? named.parent : named;
  return callee?.parent?.kind === 'call' ? callee.parent : undefined;
}

/** `CorsOptions { … }`, `CorsOptions::default()`. */
function makerAt(program: Program, index: number): Expression | undefined {
  for (let node: Expression['parent'] = program.expressionAt(index); node; node = node.parent) {
    if (node.range.start < index - 'rocket_cors::'.length) return undefined;
    if (node.kind === 'object' || node.kind === 'call') return node;
  }
  return undefined;
}

/** `..CorsOptions::default()` in other options. */
function isBase({ parent, range }: Expression): boolean {
  return (
    parent?.kind === 'object' && parent.entries.some(({ spread, value }) => spread && value.range.start === range.start)
  );
}

/** What is made, with the steps behind it. */
function withSteps(made: Expression): Expression {
  let whole = made;
  for (let step = stepOn(whole); step !== undefined; step = stepOn(whole)) whole = step;
  return whole;
}

function stepOn({ parent }: Expression): Call | undefined {
  const isStep =
    parent?.kind === 'member' && Object.hasOwn(meanings, parent.property) && parent.parent?.kind === 'call';
  return isStep ? (parent.parent as Call) : undefined;
}

interface Built {
  /** What the steps are taken on. */
  readonly root: Expression;
  readonly options: Dict;
  readonly isStepped: boolean;
}

/** The options that an expression is, through names and steps. */
function builtFrom(options: Expression, program: Program, context: ProgramContext): Built | undefined {
  const steps: BuilderStep<Call>[] = [];
  let start = options;
  for (let next = before(start, program, steps); next !== undefined; next = before(start, program, steps)) start = next;
  const given = context.evaluator.evaluate(start);
  const made = known(given, program);
  if (made === undefined) return undefined;
  const root = made.expression ?? start;
  if (steps.length === 0) return { root, options: made, isStepped: root.kind === 'call' };
  const { evaluator } = context;
  const open = made.open;
  return {
    root,
    options: optionsOfSteps(steps.reverse(), meanings, { evaluator, start: root, entries: made.entries, open }),
    isStepped: true,
  };
}

/** What stands before: that on which a step is taken, or what a name is given once. */
function before(expression: Expression, program: Program, steps: BuilderStep<Call>[]): Expression | undefined {
  if (steps.length > 64) return undefined;
  if (expression.kind === 'call' && expression.callee.kind === 'member') {
    const { property: name, propertyRange: nameRange, object } = expression.callee;
    if (!Object.hasOwn(meanings, name)) return undefined;
    steps.push({ name, nameRange, call: expression });
    return object;
  }
  const binding = expression.kind === 'identifier' ? program.resolve(expression) : undefined;
  const value = binding?.assignments.length === 0 ? binding.value : undefined;
  // What is written into the fields later is what the evaluator sees.
  return value?.kind === 'call' && value.callee.kind === 'member' && Object.hasOwn(meanings, value.callee.property)
    ? value
    : undefined;
}

/** Options that begin with those of the crate are known as a whole. */
function known(given: Value, program: Program): Dict | undefined {
  const { expression } = given;
  if (given.kind !== 'dict' || expression === undefined) return undefined;
  const made =
    expression.kind === 'object' ? expression.type : expression.kind === 'call' ? expression.callee : undefined;
  const path = made && pathOf(made, program);
  const entries = given.entries.map(followed);
  if (expression.kind !== 'object') return path === `${type}::default` ? { ...given, entries } : undefined;
  if (path !== type) return undefined;
  const open = given.open && !expression.entries.every(({ spread, value }) => !spread || isDefault(value));
  return { ...given, entries, open };
}

/** `Default::default()`, `CorsOptions::default()`. */
function isDefault(value: Expression): boolean {
  return value.kind === 'call' && value.callee.kind === 'member' && value.callee.property === 'default';
}

/** Of `AllOrSome::Some(Origins { allow_null, exact, regex })`, which is a list in three parts, nothing is known. */
function followed(entry: DictEntry): DictEntry {
  const { key, value } = entry;
  if (key !== 'allowed_origins' || value.kind !== 'dict') return entry;
  // What its fields are is written in several places, and no edit knows them all.
  return { ...entry, value: { kind: 'unknown', range: value.range } };
}

function placeOf({ root, options, isStepped }: Built, program: Program): FoundOptions {
  const form = isStepped ? stepsForm(program) : fieldsForm(program);
  return { place: { value: options, range: options.range, argumentsRange: root.range, form } };
}
