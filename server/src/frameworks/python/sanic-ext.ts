/** Sanic Extensions: the settings `CORS_…` of a Sanic application. */
import type { Call, Program } from '../../syntax/programs/program.ts';
import type { HeaderRule, Policy } from '../../policy/policy.ts';
import { all, always, not, optionsMethod, originPresent, some } from '../../policy/request-test.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { usesOf } from '../../models/libraries/imported-calls.ts';
import { keywordPlace } from '../../models/libraries/option-finders.ts';
import { dictionaryForm } from '../../models/libraries/options-form.ts';
import { differing } from '../../models/libraries/releases.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { DictEntry, Value } from '../../values/value.ts';
import { configuredOptions } from './flask-cors/app-config.ts';
import { isBoolean } from './flask-cors/table.ts';

/** As observed of 25.12.0. */
const sanicExt: CorsLibrary = {
  options: {
    origin: ['origins', 'origin'],
    credentials: ['supports_credentials'],
    methods: ['methods', 'allow_methods'],
    allowedHeaders: ['allow_headers'],
    exposedHeaders: ['expose_headers'],
    maxAge: ['max_age'],
  },
  otherOptions: [
    'always_send',
    'automatic_options',
    'send_wildcard',
    'vary_header',
    'resources',
    'intercept_exceptions',
    'allow_private_network',
  ],
  foreignNames: {},
  origin: {
    missing: 'closed',
    text: 'compared',
    separator: ',',
    trims: true,
    star: 'any',
    empty: 'closed',
    true: 'unknown',
    false: 'unknown',
    nothing: 'closed',
    pattern: 'search',
    list: 'members',
    emptyList: 'closed',
    starInList: 'compared',
    patternInList: 'search',
    patternMode: 'prefix',
    starWithoutOrigin: true,
  },
  credentials: { default: false, on: 'truthy' },
  anyWithCredentials: 'reflect',
  reflectsAny: true,
  vary: { any: true, sent: false, checked: 'allowed' },
  othersFor: 'accepted',
  needsOrigin: false,
  // Those of the route, among the ones that are written.
  methods: { default: 'unknown', separator: ',', everyResponse: false },
  allowedHeaders: {
    default: '*',
    separator: ',',
    everyResponse: false,
    emptyIsDefault: false,
    vary: false,
    starIsDefault: true,
    answersListed: true,
    lowerCase: true,
  },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: true, lowerCase: true },
  maxAge: { default: '5', zero: false },
  preflight: { when: { kind: 'preflight' }, status: 204, otherOptions: 'nothing' },
};

const packageName = 'sanic-ext';
const title = 'Sanic Extensions';
const decorators = { modules: ['sanic_ext', 'sanic_ext.extensions.http.cors'], names: ['cors'] };

export const framework = defineCorsLibrary({
  id: 'sanic-ext',
  title,
  documentation: 'https://sanic.dev/en/plugins/sanic-ext/http/cors.html',
  reads: '`app.config.CORS_ORIGINS` and its kin, `Extend(app, config=…)`, `@cors(…)`',
  mentions: ['cors_origins', 'sanic_ext'],
  languages: ['python'],
  uses: [
    { packageName, title, options: configured, table: tableFor, refine: refused },
    { packageName, title, scope: 'one view', options: decorated, table: tableFor },
  ],
});

function tableFor(_: string | undefined, { place }: FoundOptions): CorsLibrary {
  const isSent = isBoolean(place.value, 'send_wildcard', true);
  const alone = dictEntry(place.value, 'origins')?.value;
  // One text is what requests without Origin get; methods are asked of the routes.
  const table = differing(sanicExt, {
    options: { ...sanicExt.options, methods: [] },
    otherOptions: [...sanicExt.otherOptions, 'methods', 'allow_methods'],
    origin: { firstWithoutOrigin: alone?.kind === 'text' && !alone.text.includes(',') },
  });
  return isSent ? differing(table, { reflectsAny: false, vary: { any: false } }) : table;
}

/** The settings of the file's application, and those that `Extend` hands over. */
function configured(program: Program, context: ProgramContext): Found {
  if (!program.imports.some(({ module }) => /^sanic(_ext)?\b/.test(module))) return { options: [] };
  const isReplaced = program.imports.some(({ module }) => /^sanic_cors\b/.test(module));
  if (isReplaced) return { options: [] };
  const extended = usesOf(program, { modules: ['sanic_ext'], names: ['Extend', 'Config'] }).flatMap(({ call }) =>
    call ? handedOver(call, context) : [],
  );
  const entries = [...configuredOptions(program, context, Infinity), ...extended];
  const origins = entries.find(({ key }) => key === 'origins');
  if (origins === undefined) return { options: [] };
  const { range } = origins;
  const value: Value = { kind: 'dict', entries, open: false, range };
  return { options: [{ place: { value, range, argumentsRange: range, form: dictionaryForm } }] };
}

/** `Extend(app, config={"cors_origins": "…"})`, `Config(cors_origins="…")`. */
function handedOver(call: Call, context: ProgramContext): DictEntry[] {
  const { value } = keywordPlace(call, context);
  const given = dictEntry(value, 'config')?.value ?? value;
  return given?.kind !== 'dict'
    ? []
    : given.entries.flatMap((entry) => {
        const name = /^cors_(\w+)$/i.exec(entry.key)?.[1];
        return name === undefined ? [] : [{ ...entry, key: name.toLowerCase() }];
      });
}

/** `@cors(origin="…")` of a view. */
function decorated(program: Program, context: ProgramContext): Found {
  return {
    options: usesOf(program, decorators).flatMap(({ call }): FoundOptions[] =>
      call ? [{ call, place: keywordPlace(call, context) }] : [],
    ),
  };
}

/** `*` beside credentials stops the server. That every header is allowed by default is nobody's mistake. */
function refused(policy: Policy, { place }: FoundOptions): Policy {
  const { origins, credentials } = policy.settings;
  const isOpen = origins.value.some(({ kind, text }) => kind === 'any' && text === '*');
  return isOpen && credentials.value === true
    ? {
        ...policy,
        headers: [],
        facts: policy.facts.filter(({ kind }) => kind !== 'no-origin-configured'),
        refusesToStart: 'Sanic Extensions raises a SanicException: credentials and an origin of "*" exclude each other',
      }
    : { ...policy, headers: policy.headers.map(varied), settings: withoutDefault(policy, place), fixedVary: true };
}

/** The answer varies where an origin is named: not for OPTIONS that asks for no method, and not where `*` is sent to who has none. */
function varied(rule: HeaderRule, _: number, headers: readonly HeaderRule[]): HeaderRule {
  if (rule.name !== 'vary') return rule;
  const isOpen = headers.some(({ name, value }) => name === allowOrigin && value.kind === 'text' && value.text === '*');
  const asks = some([not(optionsMethod), { kind: 'preflight' }]);
  return { ...rule, when: all([rule.when, asks, isOpen ? originPresent : always]) };
}

const allowOrigin = 'access-control-allow-origin';

function withoutDefault({ settings }: Policy, { value }: FoundOptions['place']): Policy['settings'] {
  const { allowedHeaders, ...others } = settings;
  return dictEntry(value, 'allow_headers') && allowedHeaders ? settings : others;
}
