/** Apache Superset: `CORS_OPTIONS` of `superset_config.py`, which Flask-CORS gets where `ENABLE_CORS` is on. */
import type { Assignment, Node, Program } from '../../syntax/programs/program.ts';
import type { Pattern } from '../../policy/request-test.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Dict, Value } from '../../values/value.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type { FoundOptions, OptionsFinder } from '../../models/libraries/define-cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { dictionaryForm } from '../../models/libraries/options-form.ts';

/** As written in the source of Flask-CORS 4 to 6: what looks like a pattern is one, and has to fit the beginning of the origin. */
const flaskCors: CorsLibrary = {
  options: {
    origin: ['origins'],
    credentials: ['supports_credentials'],
    methods: ['methods'],
    allowedHeaders: ['allow_headers'],
    exposedHeaders: ['expose_headers'],
    maxAge: ['max_age'],
  },
  otherOptions: [
    'resources',
    'send_wildcard',
    'vary_header',
    'automatic_options',
    'intercept_exceptions',
    'always_send',
    'allow_private_network',
  ],
  foreignNames: {
    origin: 'origins',
    alloworigin: 'origins',
    alloworigins: 'origins',
    allowedorigins: 'origins',
    allowcredentials: 'supports_credentials',
    credentials: 'supports_credentials',
    supportcredentials: 'supports_credentials',
    allowmethods: 'methods',
    allowedheaders: 'allow_headers',
    headers: 'allow_headers',
    exposedheaders: 'expose_headers',
  },
  origin: {
    missing: 'any',
    text: 'compared',
    star: 'any',
    empty: 'nobody',
    true: 'unknown',
    false: 'unknown',
    nothing: 'unknown',
    pattern: 'search',
    list: 'members',
    emptyList: 'closed',
    starInList: 'any',
    patternInList: 'search',
    wildcard: patternLike,
    wildcardAlone: true,
    ignoresCase: true,
  },
  credentials: { default: false, on: 'truthy' },
  anyWithCredentials: 'reflect',
  reflectsAny: true,
  vary: { any: true, sent: false, checked: 'allowed' },
  othersFor: 'allowed',
  needsOrigin: true,
  methods: { default: 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT', separator: ', ', everyResponse: false },
  allowedHeaders: {
    default: 'requested',
    separator: ', ',
    everyResponse: false,
    emptyIsDefault: false,
    vary: false,
    answersAsked: true,
    starIsDefault: true,
    starIsAny: true,
  },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: true },
  maxAge: { default: undefined, zero: false },
  preflight: { when: { kind: 'method', name: 'OPTIONS' }, status: 200 },
};

/** `*` goes out as it stands, also beside credentials. */
const sendingWildcard: CorsLibrary = { ...flaskCors, anyWithCredentials: 'literal', reflectsAny: false };

export const framework = defineCorsLibrary({
  id: 'superset',
  title: 'Apache Superset',
  documentation: 'https://superset.apache.org/docs/configuration/networking-settings/#cors',
  reads: '`CORS_OPTIONS` of `superset_config.py`, beside `ENABLE_CORS`',
  mentions: ['cors_options'],
  languages: ['python'],
  uses: [
    {
      packageName: 'apache-superset',
      title: 'Superset',
      options: configuredOptions,
      table: (_version, { place }) => (sendsWildcard(place.value) ? sendingWildcard : flaskCors),
    },
  ],
});

/** Where the switch is not set in the same file, it is the release that decides. */
function configuredOptions(...[program, { evaluator }]: Parameters<OptionsFinder>): ReturnType<OptionsFinder> {
  const [enabled, options] = [lastAssignment(program, 'ENABLE_CORS'), lastAssignment(program, 'CORS_OPTIONS')];
  const isOn = enabled !== undefined ? evaluator.evaluate(enabled.value) : undefined;
  if (options === undefined || isOn === undefined || (isOn.kind === 'boolean' && !isOn.value)) return { options: [] };
  const value = evaluator.evaluate(options.value);
  return {
    options: byResource(value).map((one): FoundOptions => ({
      place: { value: one, range: options.target.range, argumentsRange: value.range, form: dictionaryForm },
    })),
  };
}

/** Options of single paths stand before those of all. */
function byResource(value: Value): Value[] {
  const resources = dictEntry(value, 'resources')?.value;
  if (value.kind !== 'dict' || resources?.kind !== 'dict') return [value];
  return resources.entries.map(({ value: own }): Value => (own.kind === 'dict' ? joined(value, own) : value));
}

function joined(common: Dict, own: Dict): Dict {
  const names = new Set(own.entries.map(({ key }) => key));
  const left = common.entries.filter(({ key }) => !names.has(key) && key !== 'resources');
  return { ...own, entries: [...left, ...own.entries], open: common.open || own.open };
}

function sendsWildcard(value: Value | undefined): boolean {
  const sent = dictEntry(value, 'send_wildcard')?.value;
  return sent?.kind === 'boolean' && sent.value;
}

/** At the top of the file; of several the last one counts. */
function lastAssignment(program: Program, name: string): Assignment | undefined {
  const found = [...program.text.matchAll(new RegExp(`^${name}\\b`, 'gm'))].flatMap((match) => {
    let node: Node | undefined = program.expressionAt(match.index);
    while (node && node.kind !== 'assignment') node = node.parent;
    return node ? [node] : [];
  });
  return found.at(-1);
}

function patternLike(text: string): Pattern | undefined {
  return /[*\\\]?$^[()]/.test(text)
    ? { source: `^(?:${text})`, flags: 'i', dialect: 'python', mode: 'search' }
    : undefined;
}
