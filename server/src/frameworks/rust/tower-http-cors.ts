/** `CorsLayer` of the crate tower-http: axum, tonic, and everything else that is built of tower's layers. */
import type { Program } from '../../syntax/programs/program.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { Policy } from '../../policy/policy.ts';
import { never, not, optionsMethod } from '../../policy/request-test.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { LibraryUse } from '../../models/libraries/define-cors-library.ts';
import type { Differences } from '../../models/libraries/releases.ts';
import { byRelease, differing } from '../../models/libraries/releases.ts';
import { chainForm } from '../../models/libraries/options-form.ts';
import type { OptionsForm } from '../../models/libraries/options-form.ts';
import { rustLiterals } from '../../edits/rust-literals.ts';
import { dictEntry, isStar } from '../../values/dict-entry.ts';
import type { Value } from '../../values/value.ts';
import { beforeAllRoutes, behindOuterLayers } from './layer-order.ts';
import { builtBy, editedWhereOnce } from './rust-builders.ts';
import type { Built, RustBuilder } from './rust-builders.ts';

/** As `cors/mod.rs` of 0.7.1 says. See https://docs.rs/tower-http/latest/tower_http/cors/ */
export const towerHttpCors: CorsLibrary = {
  options: {
    origin: ['allow_origin'],
    credentials: ['allow_credentials'],
    methods: ['allow_methods'],
    allowedHeaders: ['allow_headers'],
    exposedHeaders: ['expose_headers'],
    maxAge: ['max_age'],
  },
  otherOptions: ['vary'],
  privateNetwork: 'allow_private_network',
  foreignNames: {},
  origin: {
    missing: 'nobody',
    text: 'sent',
    star: 'any',
    empty: 'unknown',
    // `AllowOrigin::mirror_request()`.
    true: 'reflect',
    false: 'unknown',
    nothing: 'unknown',
    pattern: 'unknown',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'compared',
    patternInList: 'fails',
    stopsFor: (text) => (text === '*' ? 'a list with "*" in it panics when the layer is made' : undefined),
    stopsApplication: true,
    failure: 'the program panics when the layer is made',
    callback: { roles: ['origin', 'request'], answers: 'return', as: 'exactly-true', refusal: 'nobody' },
  },
  credentials: { default: false, on: 'true', forEverybody: true },
  anyWithCredentials: 'fails',
  vary: { any: false, sent: false, checked: 'always' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: undefined, separator: ',', everyResponse: false, emptyIsDefault: true },
  allowedHeaders: { default: undefined, separator: ',', everyResponse: false, emptyIsDefault: true, vary: false },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: false },
  maxAge: { default: undefined, zero: true },
  preflight: { when: optionsMethod, status: 200 },
};

/** Until 0.7 every answer varied by the origin. */
const towerHttpCorsAt = byRelease(towerHttpCors, [{ before: '0.7.0', differs: { vary: { any: true, sent: true } } }]);

/** Where names are mirrored, a preflight is answered with what it asks for. */
const mirroredMethods: Differences = { methods: { default: 'requested' } };
const mirroredHeaders: Differences = { allowedHeaders: { default: 'requested' } };

const form: OptionsForm = chainForm(
  rustLiterals((text) => `${text}.parse().unwrap()`),
  (name, value) => `${name}(${asArgument(value)})`,
);

/** A single text is a value of its own type: everybody is `Any`, and one origin is a list of it. */
function asArgument(value: string): string {
  if (value === '"*"') return 'tower_http::cors::Any';
  return value.startsWith('"') ? `[${value}.parse().unwrap()]` : value;
}

const members = (option: string) => ({ option, takes: 'first' }) as const;

/** The steps of a layer: each takes one value, which is all that is set. */
export const layerSteps = {
  allow_origin: members('allow_origin'),
  allow_credentials: members('allow_credentials'),
  allow_methods: members('allow_methods'),
  allow_headers: members('allow_headers'),
  expose_headers: members('expose_headers'),
  max_age: members('max_age'),
  vary: members('vary'),
  allow_private_network: members('allow_private_network'),
};

/** Functions that make a layer, with what it has then. */
export const layerMakers = {
  new: {},
  default: {},
  permissive: { allow_origin: '*', allow_methods: '*', allow_headers: '*', expose_headers: '*' },
  very_permissive: { allow_origin: true, allow_methods: true, allow_headers: true, allow_credentials: true },
};

const builder = {
  paths: ['tower_http::cors::CorsLayer', 'tower_http::cors::Cors'],
  makers: layerMakers,
  steps: layerSteps,
  form,
};

export const framework = defineCorsLibrary({
  id: 'tower-http-cors',
  title: 'tower-http (axum)',
  documentation: 'https://docs.rs/tower-http/latest/tower_http/cors/',
  reads:
    '`CorsLayer::new()` with its steps, `permissive()` and `very_permissive()`; `AllowOrigin` as a list, a single value or a function',
  mentions: ['tower_http'],
  languages: ['rust'],
  uses: [layerUse('tower-http', 'CorsLayer', builder, towerHttpCorsAt)],
});

/** A library whose layers have these steps, by its crate, the name of the type and the table of a release. */
export function layerUse(
  packageName: string,
  type: string,
  builder: RustBuilder,
  tableAt: (version: string | undefined) => CorsLibrary,
): LibraryUse {
  return {
    packageName,
    options: (program, context) => ({
      options: builtBy(program, context, builder).map((built) => inPlace(unmirrored(built), program, context)),
    }),
    table: (version, found) => tableOf(tableAt(version), found as Mirrored),
    refine: (policy, found) => refused(editedWhereOnce(policy, found, ['allow_origin']), found.place.value, type),
  };
}

/** A layer that no route runs through answers nobody. */
function inPlace(built: Mirrored, program: Program, { evaluator }: ProgramContext): Mirrored {
  const layer = built.steps.at(-1)?.call ?? built.call;
  const facts = beforeAllRoutes(layer, built.call.range, program);
  if (facts.length > 0) return { ...built, facts, reach: never };
  const guarded = behindOuterLayers(layer, built.call, program, evaluator);
  return guarded.length === 0 ? built : { ...built, facts: guarded, reach: not(optionsMethod) };
}

interface Mirrored extends Built {
  readonly mirrors: readonly string[];
}

/** What is mirrored is no list of names. */
function unmirrored(built: Built): Mirrored {
  const { value } = built.place;
  if (value?.kind !== 'dict') return { ...built, mirrors: [] };
  const isMirrored = (key: string, given: Value) =>
    /^allow_(methods|headers)$/.test(key) && given.kind === 'boolean' && given.value;
  const mirrors = value.entries.filter((entry) => isMirrored(entry.key, entry.value)).map(({ key }) => key);
  const entries = value.entries.filter(({ key }) => !mirrors.includes(key));
  return { ...built, mirrors, place: { ...built.place, value: { ...value, entries } } };
}

function tableOf(of: CorsLibrary, { mirrors, place }: Mirrored): CorsLibrary {
  let table = of;
  if (mirrors.includes('allow_methods')) table = differing(table, mirroredMethods);
  if (mirrors.includes('allow_headers')) table = differing(table, mirroredHeaders);
  const vary = dictEntry(place.value, 'vary')?.value;
  const names = vary?.kind === 'list' && !vary.open ? vary.items : undefined;
  const isVaried = names?.some((name) => name.kind !== 'text' || name.text.toLowerCase() === 'origin') ?? true;
  return isVaried ? table : differing(table, { vary: { any: false, sent: false, checked: 'never' } });
}

/** A star for names beside credentials is refused as one for origins is. */
function refused(policy: Policy, options: Value | undefined, type: string): Policy {
  const starred = ['allow_methods', 'allow_headers', 'expose_headers'].find((name) => isStar(options, name));
  return policy.settings.credentials.value !== true || starred === undefined || policy.refusesToStart !== undefined
    ? policy
    : {
        ...policy,
        headers: [],
        refusesToStart: `${type} panics when it is added: credentials, and everything in ${starred}`,
      };
}
