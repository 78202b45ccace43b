/** Iris's own middleware for CORS: `cors.New().AllowOrigins("https://a.example").Handler()`. */
import type { Binding, Call, Expression, Program } from '../../syntax/programs/program.ts';
import type { HeaderRule, Policy } from '../../policy/policy.ts';
import { optionsMethod } from '../../policy/request-test.ts';
import { goLiterals } from '../../edits/go-literals.ts';
import { quoted } from '../../edits/program-edits.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { settingsOn, unfolded } from '../../models/libraries/block-steps.ts';
import { optionsOfSteps, stepsBehind } from '../../models/libraries/builder-steps.ts';
import type { BuilderStep, StepMeaning } from '../../models/libraries/builder-steps.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions, UseContext } from '../../models/libraries/define-cors-library.ts';
import { usesOf } from '../../models/libraries/imported-calls.ts';
import { differing } from '../../models/libraries/releases.ts';
import { whenAsked } from '../../models/libraries/option-finders.ts';
import { chainForm } from '../../models/libraries/options-form.ts';
import { withoutEntryEdits } from '../../models/libraries/without-edits.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Dict, DictEntry, Value } from '../../values/value.ts';
import { duration } from './go-durations.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

/** As `middleware/cors/cors.go` of 12.2.11 says, and observed. See https://pkg.go.dev/github.com/kataras/iris/v12/middleware/cors */
const irisCors: CorsLibrary = {
  options: {
    origin: ['AllowOrigins'],
    credentials: ['DisallowCredentials'],
    methods: [],
    allowedHeaders: ['AllowHeaders'],
    exposedHeaders: ['ExposeHeaders'],
    maxAge: ['MaxAge'],
  },
  otherOptions: ['ExtractOriginFunc', 'HandleErrorFunc', 'ReferrerPolicy'],
  foreignNames: {},
  origin: {
    missing: 'reflect',
    text: 'compared',
    separator: ',',
    trims: true,
    star: 'reflect',
    empty: 'nobody',
    ...otherKinds('unknown', 'nobody'),
    nothing: 'nobody',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'reflect',
    starWithoutOrigin: true,
    unlistedFails: 403,
    comparedAs: (text) => text.trim(),
    patterns: {
      option: 'AllowOriginRegex',
      means: {
        star: 'compared',
        starInList: 'compared',
        wildcard: (source) => ({ source, flags: '', dialect: 'go', mode: 'search' }),
        wildcardAlone: true,
        wildcardIsPattern: true,
      },
    },
    checks: [
      { option: 'AllowOriginFunc', roles: ['request', 'origin'] },
      { option: 'AllowOriginMatcherFunc', roles: ['origin'] },
    ],
    callback: { roles: ['origin'], answers: 'return', as: 'exactly-true', refusal: 'nobody' },
  },
  credentials: { default: true, on: 'true', saysOff: true },
  anyWithCredentials: 'reflect',
  reflectsAny: true,
  vary: { any: true, sent: true, checked: 'always' },
  othersFor: 'accepted',
  needsOrigin: false,
  methods: { default: '*', separator: ', ', everyResponse: false },
  allowedHeaders: { default: '*', separator: ', ', everyResponse: false, emptyIsDefault: false, vary: false },
  exposedHeaders: { default: '*, Authorization, X-Authorization', separator: ', ', onPreflight: true },
  maxAge: { default: '86400', zero: true, unit: duration },
  preflight: { when: optionsMethod, status: 204, refused: 403 },
};

const packageName = 'github.com/kataras/iris/v12';
const modules = [`${packageName}/middleware/cors`];

export const framework = defineCorsLibrary({
  id: 'iris-cors',
  title: 'Iris (Go)',
  documentation: 'https://pkg.go.dev/github.com/kataras/iris/v12/middleware/cors',
  reads:
    '`cors.New()` with `AllowOrigins`, `AllowOriginRegex`, `AllowOriginFunc` and the other steps; without origins it lets everybody in',
  mentions: ['iris/v12/middleware/cors'],
  languages: ['go'],
  uses: [{ packageName, title: 'Iris’s cors', options: middlewares, table: tableFor, refine: asAnswered }],
});

/** Without an Origin nobody passes the strict extractor; what a handler of errors answers is its own. */
function tableFor(_version: string | undefined, { place }: FoundOptions): CorsLibrary {
  const extractor = dictEntry(place.value, 'ExtractOriginFunc')?.value.expression;
  const isStrict = extractor !== undefined && /\.StrictOriginExtractor$/.test(extractor.text);
  const isHandled = dictEntry(place.value, 'HandleErrorFunc') !== undefined;
  return differing(irisCors, {
    ...(isStrict && { origin: { starWithoutOrigin: false }, needsOrigin: 'but-vary' }),
    ...(isHandled && { preflight: { refused: null } }),
  });
}

const members = (option: string): StepMeaning => ({ option, takes: 'members' });
const first = (option: string): StepMeaning => ({ option, takes: 'first' });

const meanings: Readonly<Record<string, StepMeaning>> = {
  AllowOrigin: first('AllowOrigins'),
  AllowOrigins: members('AllowOrigins'),
  AllowOriginRegex: members('AllowOriginRegex'),
  AllowOriginFunc: first('AllowOriginFunc'),
  AllowOriginMatcherFunc: first('AllowOriginMatcherFunc'),
  DisallowCredentials: { option: 'DisallowCredentials', takes: { constant: false } },
  AllowHeaders: members('AllowHeaders'),
  ExposeHeaders: members('ExposeHeaders'),
  MaxAge: first('MaxAge'),
  ExtractOriginFunc: first('ExtractOriginFunc'),
  HandleErrorFunc: first('HandleErrorFunc'),
  ReferrerPolicy: first('ReferrerPolicy'),
};
/** Steps that say who gets in: the last one counts. */
const deciding = /^AllowOrigin(?:s|Regex|Func|MatcherFunc)?$/;
/** What reads the origin of a request; any other function may read it from elsewhere. */
const ownExtractor = /\.(?:Default|Strict)OriginExtractor$/;

function middlewares(program: Program, { evaluator }: ProgramContext): Found {
  const made = usesOf(program, { modules, names: ['New'] }).flatMap(({ call }) => call ?? []);
  return {
    options: made.map((call): FoundOptions => {
      const steps = stepsOf(call, program);
      const { range, argumentsRange } = call;
      const place = { range, argumentsRange, form };
      return { call, place: whenAsked(place, () => optionsIn(steps, call, evaluator)) };
    }),
  };
}

/** A list of origins is a row of arguments. */
const form = chainForm(
  { ...goLiterals, list: (values, quote) => values.map((value) => quoted(value, quote)).join(', ') },
  (name, value) => (name === 'DisallowCredentials' ? `${name}()` : `${name}(${value})`),
);

/** The steps of the chain, and those on the name that it is bound to. */
function stepsOf(call: Call, program: Program): BuilderStep[] {
  const behind = stepsBehind(call);
  const { parent } = behind.at(-1)?.call ?? call;
  const bound: Binding | undefined = parent?.kind === 'declaration' ? parent.bindings[0] : undefined;
  return [...behind, ...(bound ? unfolded(settingsOn(bound, program), program) : [])];
}

function optionsIn(steps: readonly BuilderStep[], start: Call, evaluator: ProgramContext['evaluator']): Dict {
  const last = steps.findLast(({ name }) => deciding.test(name));
  const counting = steps.filter(
    (step) => Object.hasOwn(meanings, step.name) && (step === last || !deciding.test(step.name)),
  );
  const open = steps.some((step) => step.name === 'ExtractOriginFunc' && !ownExtractor.test(givenTo(step)?.text ?? ''));
  const options = optionsOfSteps(counting, meanings, { evaluator, start, open });
  const opensAll = last !== undefined && /\.AllowAnyOrigin$/.test(givenTo(last)?.text ?? '');
  return opensAll ? { ...options, entries: options.entries.map(asStar) } : options;
}

function givenTo({ call }: BuilderStep): Expression | undefined {
  return call.kind === 'call' ? call.arguments[0]?.value : undefined;
}

/** `AllowOriginFunc(cors.AllowAnyOrigin)` */
function asStar(entry: DictEntry): DictEntry {
  return entry.key === 'AllowOriginFunc'
    ? { ...entry, key: 'AllowOrigins', value: { kind: 'text', text: '*', range: entry.range } }
    : entry;
}

/** A span of time is sent as a number with an exponent, which browsers take for none. */
function asAnswered(policy: Policy, { place }: FoundOptions, { program }: UseContext): Policy {
  const { maxAge } = policy.settings;
  const headers = policy.headers.map((rule): HeaderRule => {
    const { name, value } = rule;
    if (name !== 'access-control-max-age' || !maxAge?.written || value?.kind !== 'text') return rule;
    return { ...rule, value: { kind: 'text', text: withExponent(Number(value.text)) } };
  });
  // No step names the methods, so that their star is nobody's mistake.
  const settings = { ...policy.settings, methods: undefined };
  const edits = { ...policy.edits, ...asList(place.value, program) };
  const made = { ...policy, settings, headers, fixedVary: true, edits };
  return dictEntry(place.value, 'AllowOriginRegex') ? withoutEntryEdits(made) : made;
}

/** `AllowOrigin` takes one text, and `AllowOriginRegex` patterns: a list is the other step's. */
function asList(options: Value | undefined, program: Program): Policy['edits'] {
  const entry = dictEntry(options, 'AllowOrigins') ?? dictEntry(options, 'AllowOriginRegex');
  const written = entry && program.text.slice(entry.range.start, entry.range.end);
  if (entry === undefined || !/^AllowOrigin(?:Regex)?\b/.test(written!)) return {};
  return {
    allowOnly: (origins, placeholder) => [
      { range: entry.range, newText: form.entry('AllowOrigins', form.literals.list(origins, '"')), placeholder },
    ],
  };
}

/** As `strconv.FormatFloat(seconds, 'E', -1, 64)` writes it: `1.2E+02`. */
function withExponent(seconds: number): string {
  return seconds
    .toExponential()
    .toUpperCase()
    .replace(/(?<=E[+-])(?=\d$)/, '0');
}
