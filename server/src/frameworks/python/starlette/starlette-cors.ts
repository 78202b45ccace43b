/**
 * What Starlette's `CORSMiddleware` makes of its options, version by version. FastAPI hands the class on as its own.
 *
 * Read from the releases 0.26 to 1.10 and observed on four of them: https://www.starlette.io/middleware/#corsmiddleware
 */
import type { SourceRange } from '../../../syntax/range.ts';
import type { Fact, HeaderRule, NameEntry, Policy, Setting, Settings, StatusRule } from '../../../policy/policy.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { all, always, never, not, originPresent, some, unknown } from '../../../policy/request-test.ts';
import type { Value } from '../../../values/value.ts';
import { policyEdits, renamed } from './starlette-edits.ts';
import type { CorsMiddleware, Names, Option, Options } from './starlette-options.ts';
import { isBefore, optionNames, readNames, suggestionFor, truthOf } from './starlette-options.ts';
import type { OriginGrant } from './starlette-origins.ts';
import { noGrant, readOriginPattern, readOrigins, together, under, unknownGrant } from './starlette-origins.ts';

const safelisted = ['Accept', 'Accept-Language', 'Content-Language', 'Content-Type'];
const methodsBefore17 = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
const preflight: RequestTest = all([originPresent, { kind: 'preflight' }]);
const simple: RequestTest = all([originPresent, not({ kind: 'preflight' })]);

type CorsMiddlewarePolicy = Pick<Policy, 'settings' | 'headers' | 'statuses' | 'facts' | 'edits' | 'refusesToStart'>;

/** Translates the options of one use. */
export function readCorsMiddleware(use: CorsMiddleware): CorsMiddlewarePolicy {
  const { options } = use;
  const grant = grantOf(use);
  const credentials = options.written.get('allow_credentials');
  const names = namesOf(use);
  const parts: Parts = {
    grant,
    withCredentials: credentials === undefined ? (options.open ? 'unknown' : false) : truthOf(credentials.value),
    methods: openOr(names.methods, options),
    headers: openOr(names.headers, options),
    exposed: openOr(names.exposed, options),
    maxAge: maxAgeOf(options),
  };
  const unknownOptions = unknownOptionFacts(use);
  const refusal = unknownOptions.at(0)?.refusal ?? grant.refusal ?? wrongNames(use);
  return {
    settings: settingsOf(parts, names, use),
    headers: refusal === undefined ? headerRules(parts, use) : [],
    statuses: refusal === undefined ? statusRules(parts, use) : [{ when: always, status: 500 }],
    facts: [...unknownOptions, ...grant.facts, ...noOriginFacts(use, unknownOptions)],
    edits: policyEdits(use),
    ...(refusal !== undefined && { refusesToStart: refusal }),
  };
}

/** Whom the list and the pattern let in. */
function grantOf({ options, range, text }: CorsMiddleware): OriginGrant {
  const origins = options.written.get('allow_origins');
  const regex = options.written.get('allow_origin_regex');
  const withoutList = options.open ? unknownGrant(range) : noGrant;
  const listed = origins ? readOrigins(origins.value, text, origins.given) : withoutList;
  const matched = regex ? readOriginPattern(regex.value, text) : noGrant;
  // The pattern is not asked where `*` lets everybody in.
  return together([listed, under(not(listed.everybody), matched)]);
}

/** The lists of names that are written. */
interface WrittenNames {
  readonly methods: Names | undefined;
  readonly headers: Names | undefined;
  readonly exposed: Names | undefined;
}

function namesOf({ options: { written }, text }: CorsMiddleware): WrittenNames {
  return {
    methods: readNames(written.get('allow_methods'), text),
    headers: readNames(written.get('allow_headers'), text),
    exposed: readNames(written.get('expose_headers'), text),
  };
}

function maxAgeOf({ written, open }: Options): string | undefined {
  const maxAge = written.get('max_age');
  if (maxAge === undefined) return open ? undefined : '600';
  return writtenNumber(maxAge.value);
}

function settingsOf(
  { grant, withCredentials, maxAge }: Parts,
  { methods, headers, exposed }: WrittenNames,
  use: CorsMiddleware,
): Settings {
  const option = (name: string): Option | undefined => use.options.written.get(name);
  const written = (name: string) => ({
    range: option(name)?.value.range ?? use.range,
    keyRange: option(name)?.keyRange,
    written: option(name) !== undefined,
  });
  const isPatternAlone = option('allow_origins') === undefined && option('allow_origin_regex') !== undefined;
  const privateNetwork = option('allow_private_network');
  return {
    origins: { value: grant.entries, ...written(isPatternAlone ? 'allow_origin_regex' : 'allow_origins') },
    credentials: { value: withCredentials, ...written('allow_credentials') },
    methods: methodSetting(methods, use),
    allowedHeaders:
      headers === undefined
        ? defaultNames(safelisted, use)
        : { ...headers.setting, value: headers.star ? null : headers.setting.value },
    ...(exposed && { exposedHeaders: exposed.setting }),
    ...(maxAge !== undefined && { maxAge: { value: maxAge, ...written('max_age') } }),
    ...(privateNetwork &&
      truthOf(privateNetwork.value) === true && {
        privateNetwork: { value: true, ...written('allow_private_network') },
      }),
  };
}

interface Parts {
  readonly grant: OriginGrant;
  readonly withCredentials: boolean | 'unknown';
  /** Undefined where nothing was written, so that the default counts. */
  readonly methods: Names | 'unknown' | undefined;
  readonly headers: Names | 'unknown' | undefined;
  readonly exposed: Names | 'unknown' | undefined;
  readonly maxAge: string | undefined;
}

function openOr(names: Names | undefined, options: Options): Names | 'unknown' | undefined {
  return names ?? (options.open ? 'unknown' : undefined);
}

function headerRules(parts: Parts, { range, options, version }: CorsMiddleware): HeaderRule[] {
  const { grant } = parts;
  const credentials: RequestTest =
    parts.withCredentials === 'unknown' ? unknown() : parts.withCredentials ? always : never;
  const rangeOf = (name: string): SourceRange => options.written.get(name)?.value.range ?? range;
  const rule = (
    name: string,
    value: HeaderRule['value'] | string | undefined,
    when: RequestTest,
    option?: string,
  ): HeaderRule => ({
    name,
    operation: name === 'vary' ? 'merge' : 'set',
    when,
    range: option === undefined ? range : rangeOf(option),
    value:
      value === undefined ? { kind: 'unknown' } : typeof value === 'string' ? { kind: 'text', text: value } : value,
  });
  const listed = all([not(grant.everybody), grant.accepts]);
  // Before 1.0 a cookie was what made the middleware write the origin in place of `*`.
  const named = isBefore(version, [1, 0]) ? ({ kind: 'cookie' } as const) : credentials;
  const simpleNamed = all([simple, some([listed, all([grant.everybody, named])])]);
  const preflightNamed = all([preflight, some([not(grant.everybody), credentials])]);
  const origin = { kind: 'request-origin' } as const;
  const variesAlways = !isBefore(version, [1, 7]);
  return [
    // The origin comes first and `*` in its place, so that an origin that is listed is let in whether or not the rest may be `*`.
    rule(
      'access-control-allow-origin',
      origin,
      all([originPresent, some([grant.everybody, grant.accepts])]),
      'allow_origins',
    ),
    rule('access-control-allow-origin', '*', all([simple, grant.everybody, not(named)]), 'allow_origins'),
    rule('access-control-allow-origin', '*', all([preflight, grant.everybody, not(credentials)]), 'allow_origins'),
    rule('access-control-allow-credentials', 'true', all([originPresent, credentials]), 'allow_credentials'),
    ...exposedRules(parts.exposed, rule),
    rule('access-control-allow-methods', methodsText(parts.methods, version), preflight, 'allow_methods'),
    ...allowedHeaderRules(parts.headers, rule),
    rule('access-control-max-age', parts.maxAge, preflight, 'max_age'),
    ...(variesAlways
      ? [
          rule('vary', 'Origin', not(preflight)),
          rule(
            'vary',
            'Origin, Access-Control-Request-Method, Access-Control-Request-Headers, Access-Control-Request-Private-Network',
            preflight,
          ),
        ]
      : [rule('vary', 'Origin', simpleNamed), rule('vary', 'Origin', preflightNamed)]),
  ];
}

type MakeRule = (
  name: string,
  value: HeaderRule['value'] | string | undefined,
  when: RequestTest,
  option?: string,
) => HeaderRule;

function exposedRules(exposed: Parts['exposed'], rule: MakeRule): HeaderRule[] {
  const name = 'access-control-expose-headers';
  if (exposed === undefined || (exposed !== 'unknown' && exposed.members?.length === 0)) return [];
  if (exposed === 'unknown') return [rule(name, undefined, all([simple, unknown()]))];
  return [rule(name, exposed.joined?.join(', '), simple, 'expose_headers')];
}

function methodsText(methods: Parts['methods'], version: string | undefined): string | undefined {
  if (methods === undefined) return 'GET';
  if (methods === 'unknown') return undefined;
  return (methods.star ? everyMethod(version) : methods.joined)?.join(', ');
}

function everyMethod(version: string | undefined): readonly string[] {
  return isBefore(version, [1, 7]) ? methodsBefore17 : [...methodsBefore17, 'QUERY'];
}

/** `*` sends back what was asked for, and nothing where nothing was; a list is sent sorted, with the safelisted names. */
function allowedHeaderRules(headers: Parts['headers'], rule: MakeRule): HeaderRule[] {
  const name = 'access-control-allow-headers';
  if (headers === 'unknown') return [rule(name, undefined, preflight)];
  if (headers?.star)
    return [rule(name, { kind: 'request-header', name: 'access-control-request-headers' }, preflight, 'allow_headers')];
  const members = headers === undefined ? [] : headers.members;
  // Python sorts by code point.
  return [
    rule(
      name,
      members && [...new Set([...safelisted, ...members])].sort((a, b) => (a < b ? -1 : 1)).join(', '),
      preflight,
      'allow_headers',
    ),
  ];
}

/** A preflight whose origin, method or headers are refused is answered with 400; everything else is the application's. */
function statusRules({ grant, methods, headers }: Parts, { version }: CorsMiddleware): StatusRule[] {
  const passes = all([some([grant.everybody, grant.accepts]), methodPasses(methods, version), headersPass(headers)]);
  return [
    { when: all([preflight, not(passes)]), status: 400 },
    { when: preflight, status: 200 },
    { when: always, status: null },
  ];
}

function methodPasses(methods: Parts['methods'], version: string | undefined): RequestTest {
  const among = (names: readonly string[]): RequestTest => ({ kind: 'requested-method', names });
  if (methods === undefined) return among(['GET']);
  if (methods === 'unknown') return unknown();
  if (methods.star) return among(everyMethod(version));
  if (methods.text === undefined) return methods.members === undefined ? unknown() : among(methods.members);
  // In a text every part of it is found.
  const usual = everyMethod(undefined);
  const found = usual.filter((name) => methods.text!.includes(name));
  return some([among(found), all([not(among(usual)), unknown()])]);
}

function headersPass(headers: Parts['headers']): RequestTest {
  if (headers === 'unknown') return unknown();
  if (headers?.star) return always;
  const members = headers === undefined ? [] : headers.members;
  return members === undefined
    ? unknown()
    : { kind: 'requested-headers', names: [...safelisted, ...members].map((name) => name.toLowerCase()) };
}

function defaultNames(names: readonly string[], { range }: CorsMiddleware): Setting<readonly NameEntry[]> {
  return { value: names.map((text) => ({ text, range })), range, written: false };
}

/** `*` stands for every method that the middleware knows, not for a method of that name. */
function methodSetting(methods: Names | undefined, use: CorsMiddleware): Setting<readonly NameEntry[] | 'unknown'> {
  if (methods === undefined)
    return use.options.open ? { value: 'unknown', range: use.range, written: false } : defaultNames(['GET'], use);
  const { star } = methods;
  return star === undefined
    ? methods.setting
    : { ...methods.setting, value: everyMethod(use.version).map((text) => ({ text, range: star })) };
}

/** As `str()` writes it. */
function writtenNumber(value: Value): string | undefined {
  switch (value.kind) {
    case 'number':
      return /^[\d_+\-*\s()]+$/.test(value.expression?.text ?? '0')
        ? String(value.value)
        : Number.isInteger(value.value)
          ? `${value.value}.0`
          : String(value.value);
    case 'text':
      return value.text;
    case 'nothing':
      return 'None';
    case 'boolean':
      return value.value ? 'True' : 'False';
    default:
      return undefined;
  }
}

/** Python refuses a keyword that the constructor does not have, so that no request is answered. */
function unknownOptionFacts({
  options,
  version,
  text,
  range,
}: CorsMiddleware): (Fact & { readonly kind: 'unknown-option' })[] {
  // Connexion takes `position` itself.
  const known = [...optionNames(version), ...(text.textOf(range)?.match(/connexion/) ? ['position'] : [])];
  return [...options.written.values()]
    .filter(({ key }) => !known.includes(key))
    .map((option) => {
      const suggestion = suggestionFor(option.key, version);
      return {
        kind: 'unknown-option',
        name: option.key,
        range: option.keyRange,
        opens: false,
        suggestion,
        refusal: `CORSMiddleware.__init__() got an unexpected keyword argument '${option.key}'`,
        // A second option of the same name would be refused as well.
        ...(suggestion !== undefined &&
          !options.written.has(suggestion) && { rename: () => renamed(option, suggestion, text) }),
      };
    });
}

/** `"*" in None` and `"*" in True` are errors. */
function wrongNames({ options }: CorsMiddleware): string | undefined {
  for (const name of ['allow_methods', 'allow_headers']) {
    const value = options.written.get(name)?.value;
    if (value?.kind === 'nothing' || value?.kind === 'boolean' || value?.kind === 'number')
      return `${name} is no list, and CORSMiddleware looks for "*" in it.`;
  }
  return undefined;
}

/** Without origins and pattern nobody is let in, whatever else is set. */
function noOriginFacts({ options, range }: CorsMiddleware, unknownOptions: readonly Fact[]): Fact[] {
  const regex = options.written.get('allow_origin_regex');
  if (
    options.open ||
    options.written.has('allow_origins') ||
    (regex && regex.value.kind !== 'nothing') ||
    unknownOptions.length > 0
  )
    return [];
  return [
    {
      kind: 'no-origin-configured',
      range,
      set: [...options.written.keys()],
      why: 'CORSMiddleware lets in nobody until allow_origins or allow_origin_regex is set.',
    },
  ];
}
