/** Javalin’s plugin CORS: `enableCors(cors -> cors.addRule(it -> it.anyHost()))` since release 5, `enableCorsForOrigin("a")` before. */
import type { Call, Program } from '../../syntax/programs/program.ts';
import type { HeaderRule, Policy } from '../../policy/policy.ts';
import { all, not, originEquals } from '../../policy/request-test.ts';
import type { Pattern } from '../../policy/request-test.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { bindingOfParameter, settingsOn } from '../../models/libraries/block-steps.ts';
import { optionsOfSteps } from '../../models/libraries/builder-steps.ts';
import type { BuilderStep, StepMeaning } from '../../models/libraries/builder-steps.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { methodCalls } from '../../models/libraries/imported-calls.ts';
import { objectForm } from '../../models/libraries/options-form.ts';
import { byRelease } from '../../models/libraries/releases.ts';
import { withoutEdits } from '../../models/libraries/without-edits.ts';
import { wildcardPattern } from '../../models/services/wildcard-pattern.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Dict } from '../../values/value.ts';

const packageName = 'io.javalin:javalin';

/** As `CorsPlugin` of release 7 says. See https://javalin.io/plugins/cors */
const rule: CorsLibrary = {
  options: {
    origin: ['allowHost'],
    credentials: ['allowCredentials'],
    methods: [],
    allowedHeaders: [],
    exposedHeaders: ['exposeHeader'],
    maxAge: ['maxAge'],
  },
  otherOptions: ['defaultScheme', 'path'],
  foreignNames: {},
  origin: {
    missing: 'fails',
    noneFails: 'Javalin does not start: “Origins cannot be empty if `reflectClientOrigin` is false.”',
    text: 'compared',
    star: 'compared',
    empty: 'fails',
    // `reflectClientOrigin = true` stands as the value of the option.
    true: 'reflect',
    false: 'fails',
    nothing: 'unknown',
    pattern: 'unknown',
    list: 'members',
    emptyList: 'fails',
    starInList: 'compared',
    patternInList: 'fails',
    wildcard: oneLabel,
    wildcardAlone: true,
    comparedAs: withScheme('https'),
    openedBy: { option: 'anyHost' },
    unlistedFails: 400,
  },
  credentials: { default: false, on: 'true', forEverybody: false },
  anyWithCredentials: 'fails',
  vary: { any: true, sent: true, checked: 'allowed' },
  othersFor: 'everybody',
  needsOrigin: true,
  methods: { default: 'requested', separator: ', ', everyResponse: false },
  allowedHeaders: { default: 'requested', separator: ', ', everyResponse: false, emptyIsDefault: true, vary: false },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: true },
  maxAge: { default: undefined, zero: true, negative: '' },
  preflight: { when: { kind: 'preflight' }, status: 200, refused: 200 },
};

const ruleAt = byRelease(rule, [{ before: '6.4.0', differs: { anyWithCredentials: 'literal' } }]);

/** As `CorsBeforeHandler` of release 4 says: credentials are for everybody who gets in. */
const forOrigins: CorsLibrary = {
  ...rule,
  options: { ...rule.options, origin: ['enableCorsForOrigin'], credentials: [], exposedHeaders: [], maxAge: [] },
  otherOptions: [],
  origin: {
    missing: 'fails',
    noneFails: 'Javalin does not start: “Origins cannot be empty.”',
    text: 'compared',
    star: 'reflect',
    empty: 'compared',
    true: 'reflect',
    false: 'unknown',
    nothing: 'unknown',
    pattern: 'unknown',
    list: 'members',
    emptyList: 'fails',
    starInList: 'reflect',
    patternInList: 'fails',
    comparedAs: (text) => text.replace(/\/$/, ''),
  },
  credentials: { default: true, on: 'true' },
  anyWithCredentials: 'reflect',
  vary: { any: true, sent: true, checked: 'allowed' },
};

const forOriginsAt = byRelease(forOrigins, [
  { before: '4.0.0', differs: { vary: { any: false, sent: false, checked: 'never' } } },
]);

export const framework = defineCorsLibrary({
  id: 'javalin-cors',
  title: 'Javalin',
  documentation: 'https://javalin.io/plugins/cors',
  reads: '`addRule` with `anyHost`, `allowHost` and `reflectClientOrigin`; `enableCorsForOrigin` before release 5',
  mentions: ['javalin'],
  languages: ['java', 'kotlin'],
  uses: [
    {
      packageName,
      version: versionOf,
      title: 'Javalin’s CORS',
      options: rules,
      table: (version, found) => withDefaultScheme(ruleAt(version), found),
      refine: (policy, found) => withoutEdits(startedOrNot(exposedToAllowed(withoutNull(policy)), found)),
    },
    {
      packageName,
      version: versionOf,
      title: 'Javalin’s CORS',
      options: ofRelease4,
      table: forOriginsAt,
      refine: withoutEdits,
    },
  ],
});

function versionOf(_program: Program, { version }: ProgramContext): string | undefined {
  return version(packageName) ?? version('io.javalin:javalin-bundle');
}

const meanings: Readonly<Record<string, StepMeaning>> = {
  allowHost: { option: 'allowHost', takes: 'members', adds: true },
  anyHost: { option: 'anyHost', takes: { constant: true } },
  reflectClientOrigin: { option: 'reflectClientOrigin', takes: 'first' },
  allowCredentials: { option: 'allowCredentials', takes: 'first' },
  exposeHeader: { option: 'exposeHeader', takes: 'members', adds: true },
  maxAge: { option: 'maxAge', takes: 'first' },
  defaultScheme: { option: 'defaultScheme', takes: 'first' },
  path: { option: 'path', takes: 'first' },
};

/** `cors.addRule(it -> …)`, which was `cors.add(it -> …)` in release 5. */
function rules(program: Program, context: ProgramContext): Found {
  if (!importsJavalin(program)) return { options: [] };
  const calls = ['addRule', ...(program.text.has(/\benableCors\b|\bCorsPlugin/) ? ['add'] : [])].flatMap((name) =>
    methodCalls(program, name),
  );
  return { options: calls.flatMap((call) => ruleOf(call, program, context) ?? []) };
}

function ruleOf(call: Call, program: Program, { evaluator }: ProgramContext): FoundOptions | undefined {
  const given = call.arguments[0]?.value;
  if (given === undefined) return undefined;
  // `CorsPluginConfig.CorsRule::anyHost`
  const named = /^CorsPluginConfig(?:\.CorsRule)?::(\w+)$/.exec(given.text)?.[1];
  const binding = given.kind === 'function' ? bindingOfParameter(given, program) : undefined;
  if (named !== 'anyHost' && binding === undefined) return undefined;
  const steps: BuilderStep[] =
    binding === undefined ? [{ name: 'anyHost', nameRange: given.range, call }] : settingsOn(binding, program);
  // An `add` of something else has none of these.
  if (!steps.some(({ name }) => Object.hasOwn(meanings, name))) return undefined;
  const isOpen = binding !== undefined && program.handedOn(binding).length > 0;
  const value = withReflection(optionsOfSteps(steps, meanings, { evaluator, start: given, open: isOpen }));
  const path = dictEntry(value, 'path')?.value;
  return {
    call,
    place: { value, range: call.callee.range, argumentsRange: call.argumentsRange, form: objectForm },
    scope: path === undefined ? 'every route' : path.kind === 'text' ? path.text : 'the routes of its path',
  };
}

/** `reflectClientOrigin = true` is who gets in; beside hosts the server does not start, which is left unsaid. */
function withReflection(options: Dict): Dict {
  const reflection = dictEntry(options, 'reflectClientOrigin');
  const others = options.entries.filter(({ key }) => key !== 'reflectClientOrigin');
  if (reflection === undefined || (reflection.value.kind === 'boolean' && !reflection.value.value))
    return { ...options, entries: others };
  const hosts = dictEntry(options, 'allowHost');
  const { range } = reflection;
  const value = hosts === undefined ? reflection.value : ({ kind: 'unknown', range } as const);
  const rest = others.filter(({ key }) => key !== 'allowHost');
  return { ...options, entries: [...rest, { ...reflection, key: 'allowHost', value }] };
}

/** `config.enableCorsForAllOrigins()` and `config.enableCorsForOrigin("a")`, and the plugin that they install. */
function ofRelease4(program: Program, { evaluator }: ProgramContext): Found {
  if (!importsJavalin(program)) return { options: [] };
  const methods = { enableCorsForAllOrigins: true, enableCorsForOrigin: false, forAllOrigins: true, forOrigins: false };
  return {
    options: Object.entries(methods).flatMap(([name, forAll]) =>
      methodCalls(program, name).map((call): FoundOptions => {
        const { callee, argumentsRange } = call;
        const nameRange = callee.kind === 'member' ? callee.propertyRange : callee.range;
        const takes = forAll ? ({ constant: true } as const) : 'members';
        const meaning: Record<string, StepMeaning> = { [name]: { option: 'enableCorsForOrigin', takes } };
        const value = optionsOfSteps([{ name, nameRange, call }], meaning, { evaluator, start: callee });
        return { call, place: { value, range: callee.range, argumentsRange, form: objectForm } };
      }),
    ),
  };
}

function importsJavalin({ imports }: Program): boolean {
  return imports.some(({ module }) => /^io\.javalin(\.|$)/.test(module));
}

function withDefaultScheme(library: CorsLibrary, { place }: FoundOptions): CorsLibrary {
  const scheme = dictEntry(place.value, 'defaultScheme')?.value;
  if (scheme?.kind !== 'text') return library;
  return { ...library, origin: { ...library.origin, comparedAs: withScheme(scheme.text) } };
}

function withScheme(scheme: string): (text: string) => string {
  return (text) => {
    const whole = text.includes('://') || text === '*' || text === 'null' ? text : `${scheme}://${text}`;
    return whole
      .toLowerCase()
      .replace(/\/$/, '')
      .replace(/^(https:\/\/.*):443$|^(http:\/\/.*):80$/, '$1$2');
  };
}

/** `https://*.example.com`: one label in front of the domain, and neither more nor less. */
function oneLabel(text: string): Pattern | undefined {
  const [, scheme = 'https://', rest] = /^([a-z][a-z0-9+.-]*:\/\/)?\*\.([^*]+)$/i.exec(text) ?? [];
  if (rest === undefined) return undefined;
  return wildcardPattern(`${scheme}*.${rest}`.toLowerCase(), '[^.]*');
}

/** A host that Javalin takes for no origin keeps the server from starting. */
function startedOrNot(policy: Policy, { place }: FoundOptions): Policy {
  const hosts = dictEntry(place.value, 'allowHost')?.value;
  const texts = hosts?.kind === 'list' ? hosts.items : [];
  const [stops] = texts.flatMap((item) => (item.kind === 'text' ? (reasonToStop(item.text) ?? []) : []));
  return stops === undefined ? policy : { ...policy, headers: [], refusesToStart: stops };
}

function reasonToStop(text: string): string | undefined {
  const whole = withScheme('https')(text);
  if (whole === 'null') return 'Javalin does not start: “Adding the string null as an allowed host is forbidden.”';
  const stars = whole.split('*').length - 1;
  if (stars > 1) return 'Javalin does not start: only one wildcard at the start of the host is allowed.';
  if (stars === 1 && !whole.includes('://*.'))
    return 'Javalin does not start: the wildcard must be at the start of the host, as in “https://*.example.com”.';
  return /^[^:]+:\/\/[^/?#]*$/.test(whole) ? undefined : `Javalin does not start: “${text}” is no valid origin.`;
}

/** Whoever is refused is not told which headers may be read. */
function exposedToAllowed(policy: Policy): Policy {
  const allowed = policy.headers.filter(({ name }) => name === 'access-control-allow-origin');
  const [first] = allowed;
  if (first === undefined || allowed.length > 1) return policy;
  return {
    ...policy,
    headers: policy.headers.map((one) =>
      one.name === 'access-control-expose-headers' ? { ...one, when: first.when } : one,
    ),
  };
}

const grants = new Set(['access-control-allow-origin', 'access-control-allow-credentials', 'vary']);

/** The origin `null` is reflected to nobody; only `anyHost` lets it in. */
function withoutNull(policy: Policy): Policy {
  const reflects = policy.headers.some(({ name, value }) => name === 'access-control-allow-origin' && isOrigin(value));
  if (!reflects) return policy;
  const others = not(originEquals('null'));
  return {
    ...policy,
    headers: policy.headers.map((one) => (grants.has(one.name) ? { ...one, when: all([one.when, others]) } : one)),
  };
}

function isOrigin(value: HeaderRule['value']): boolean {
  return value?.kind === 'request-origin';
}
