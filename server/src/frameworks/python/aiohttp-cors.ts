/** aiohttp-cors: the options of each origin, `{"https://shop.example": ResourceOptions(…)}`, for an application or a route. */
import type { Call, Program } from '../../syntax/programs/program.ts';
import type { Fact, Policy, StatusRule } from '../../policy/policy.ts';
import { never, optionsMethod } from '../../policy/request-test.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions, UseContext } from '../../models/libraries/define-cors-library.ts';
import { isUnused, methodCalls, usesOf } from '../../models/libraries/imported-calls.ts';
import { keywordPlace } from '../../models/libraries/option-finders.ts';
import type { OptionsPlace } from '../../models/libraries/library-context.ts';
import { quoted } from '../../edits/program-edits.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { DictEntry, Value } from '../../values/value.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

/** As observed of 0.8.1. */
const aiohttpCors: CorsLibrary = {
  options: {
    // Keys of the dictionary, which the finder puts in here.
    origin: ['origins'],
    credentials: ['allow_credentials'],
    methods: ['allow_methods'],
    allowedHeaders: ['allow_headers'],
    exposedHeaders: ['expose_headers'],
    maxAge: ['max_age'],
  },
  otherOptions: [],
  foreignNames: { supports_credentials: 'allow_credentials', methods: 'allow_methods', headers: 'allow_headers' },
  origin: {
    missing: 'closed',
    text: 'compared',
    star: 'any',
    empty: 'closed',
    ...otherKinds('unknown', 'nobody'),
    nothing: 'unknown',
    list: 'members',
    emptyList: 'closed',
    starInList: 'any',
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'reflect',
  reflectsAny: true,
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'allowed',
  needsOrigin: true,
  methods: { default: 'requested', separator: ', ', everyResponse: false, answersAsked: true },
  allowedHeaders: {
    default: 'requested',
    separator: ',',
    everyResponse: false,
    emptyIsDefault: false,
    vary: false,
    answersAsked: true,
    starIsDefault: true,
    starIsAny: true,
  },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: false },
  maxAge: { default: undefined, zero: true },
  preflight: {
    when: { kind: 'preflight' },
    status: 200,
    refused: 403,
    otherOptions: 'nothing',
    onlyListed: { methods: false, headers: [] },
  },
  refusesUnknown: (name) => `TypeError: ResourceOptions.__new__() got an unexpected keyword argument '${name}'`,
};

const module = 'aiohttp_cors';

export const framework = defineCorsLibrary({
  id: 'aiohttp-cors',
  title: 'aiohttp-cors',
  documentation: 'https://github.com/aio-libs/aiohttp-cors',
  reads: '`aiohttp_cors.setup(app, defaults={…})`, `cors.add(route, {…})`',
  mentions: ['aiohttp_cors'],
  languages: ['python'],
  uses: [{ packageName: 'aiohttp-cors', options: configured, table: aiohttpCors, refine: refined }],
});

/** All other OPTIONS requests are refused, those without an Origin too. */
function refined(policy: Policy, { place }: FoundOptions, { program }: UseContext): Policy {
  const granted = policy.headers.find(({ name }) => name === 'access-control-allow-methods')?.when ?? never;
  const statuses: StatusRule[] = [
    { when: granted, status: 200 },
    { when: optionsMethod, status: 403 },
  ];
  const { allowOnly, ...edits } = policy.edits;
  const instead = allowOnly && keyInstead(dictEntry(place.value, 'origins')?.value, program);
  return { ...policy, statuses, fixedVary: true, edits: { ...edits, ...(instead && { allowOnly: instead }) } };
}

/** An origin is a key of the dictionary: one takes the place of another, and several would need their options written again. */
function keyInstead(key: Value | undefined, program: Program): Policy['edits']['allowOnly'] {
  if (key?.kind !== 'text') return undefined;
  const { range } = key;
  const quote = program.text.slice(range.start, range.start + 1);
  if (!/["']/.test(quote)) return undefined;
  return (origins, placeholder) =>
    origins.length === 1 ? [{ range, newText: quoted(origins[0]!, quote), placeholder }] : [];
}

function configured(program: Program, context: ProgramContext): Found {
  const setups = usesOf(program, { modules: [module], names: ['setup', 'CorsConfig'] }).flatMap(({ call }) => {
    const defaults = call?.arguments.find(({ name }) => name === 'defaults')?.value;
    return call && defaults
      ? optionsIn(context.evaluator.evaluate(defaults), call, 'every route that is added', context)
      : [];
  });
  const added = methodCalls(program, 'add').flatMap((call) => {
    const given = call.arguments.find(
      ({ name }, index) => name === 'config' || (name === undefined && index === 1),
    )?.value;
    return given ? optionsIn(context.evaluator.evaluate(given), call, 'one route', context) : [];
  });
  return { options: [...setups, ...added], facts: thrownAway(program) };
}

/** Nothing is sent by itself: routes are added to what `setup` returns, which is also kept in the application. */
function thrownAway(program: Program): Fact[] {
  if (program.text.has(keptInApplication)) return [];
  return usesOf(program, { modules: [module], names: ['setup'] }).flatMap(({ call }): Fact[] =>
    call === undefined || !isUnused(call, program)
      ? []
      : [
          {
            kind: 'middleware-not-used',
            range: call.callee.range,
            why: 'aiohttp-cors covers the routes alone that are added to what this call returns, and nobody keeps it.',
            instead: 'Keep what it returns, and call add(route) on it for each route.',
          },
        ],
  );
}

/** How others get at it: `app['aiohttp_cors']`, `CorsViewMixin` is handed it by `add`. */
const keptInApplication = /\bAPP_CONFIG_KEY\b|\[\s*["']aiohttp_cors["']\s*\]/;

/** The options of each origin; origins that have the same ones are one list. */
function optionsIn(value: Value, call: Call, scope: string, context: ProgramContext): FoundOptions[] {
  if (value.kind !== 'dict') return [];
  const groups = new Map<string, { readonly place: OptionsPlace; readonly keys: DictEntry[] }>();
  for (const entry of value.entries) {
    const place = placeOf(entry, call, context);
    if (place === undefined) continue;
    const text = entry.value.expression?.text ?? entry.key;
    groups.set(text, { place, keys: [...(groups.get(text)?.keys ?? []), entry] });
  }
  return [...groups.values()].map(({ place, keys }) => ({ call, scope, place: withOrigins(place, keys) }));
}

/** `ResourceOptions(…)`, or a dictionary of the same. */
function placeOf(
  { value, range }: DictEntry,
  { argumentsRange }: Call,
  context: ProgramContext,
): OptionsPlace | undefined {
  if (value.kind === 'dict') return { value, range, argumentsRange };
  const made = value.expression?.kind === 'call' ? value.expression : undefined;
  const callee = made && context.evaluator.calleeOf(made);
  return made && callee?.module === module && callee.imported === 'ResourceOptions'
    ? keywordPlace(made, context)
    : undefined;
}

function withOrigins(place: OptionsPlace, keys: readonly DictEntry[]): OptionsPlace {
  const texts = keys.map(({ key, keyRange }): Value => ({ kind: 'text', text: key, range: keyRange }));
  const [first] = keys;
  const origins: Value =
    texts.length === 1 ? texts[0]! : { kind: 'list', items: texts, open: false, type: 'list', range: first!.keyRange };
  const others = place.value?.kind === 'dict' ? place.value : { entries: [], open: false, range: place.range };
  const added = { keyRange: first!.keyRange, range: first!.keyRange };
  const none: Value = { kind: 'list', items: [], open: false, type: 'tuple', range: place.range };
  const entries: DictEntry[] = [
    { ...added, key: 'origins', value: origins },
    // Without the option no header may be asked for.
    ...(dictEntry(place.value, 'allow_headers') || others.open
      ? []
      : [{ ...added, key: 'allow_headers', value: none }]),
    ...others.entries.map(withoutStar),
  ];
  return { ...place, value: { ...others, kind: 'dict', entries } };
}

/** Which headers `*` exposes is what each response has. */
function withoutStar(entry: DictEntry): DictEntry {
  const { key, value } = entry;
  const isAll = key === 'expose_headers' && value.kind === 'text' && value.text === '*';
  return isAll ? { ...entry, value: { kind: 'unknown', range: value.range } } : entry;
}
