/** Quart-CORS: `cors(app, …)`, and the decorator `route_cors(…)` of a view. */
import type { HeaderRule, Policy } from '../../policy/policy.ts';
import { not, originPresent } from '../../policy/request-test.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { keywordsOf } from '../../models/libraries/option-finders.ts';

/** As observed of 0.8.0 on Quart 0.22. */
const quartCors: CorsLibrary = {
  options: {
    origin: ['allow_origin'],
    credentials: ['allow_credentials'],
    methods: ['allow_methods'],
    allowedHeaders: ['allow_headers'],
    exposedHeaders: ['expose_headers'],
    maxAge: ['max_age'],
  },
  otherOptions: ['send_origin_wildcard', 'provide_automatic_options', 'app_or_blueprint'],
  foreignNames: {
    origins: 'allow_origin',
    allow_origins: 'allow_origin',
    supports_credentials: 'allow_credentials',
    methods: 'allow_methods',
  },
  origin: {
    missing: 'any',
    text: 'compared',
    star: 'any',
    empty: 'nobody',
    true: 'unknown',
    false: 'unknown',
    nothing: 'default',
    pattern: 'search',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'any',
    patternInList: 'search',
    patternMode: 'prefix',
  },
  credentials: { default: false, on: 'truthy' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'always' },
  othersFor: 'allowed',
  needsOrigin: 'but-vary',
  methods: {
    default: 'GET, HEAD, POST, OPTIONS, PUT, PATCH, DELETE',
    separator: ', ',
    everyResponse: false,
  },
  allowedHeaders: {
    default: 'requested',
    separator: ', ',
    everyResponse: false,
    emptyIsDefault: false,
    vary: false,
    answersListed: true,
    starIsDefault: true,
    starIsAny: true,
  },
  // An empty name, which it puts into quotes.
  exposedHeaders: { default: '""', separator: ', ', onPreflight: true },
  maxAge: { default: undefined, zero: true },
  preflight: { when: { kind: 'preflight' }, status: 200, listsForListed: true },
  refusesUnknown: (name) => `TypeError: cors() got an unexpected keyword argument '${name}'`,
};

const modules = ['quart_cors'];
const packageName = 'quart-cors';
const title = 'Quart-CORS';

export const framework = defineCorsLibrary({
  id: 'quart-cors',
  title,
  documentation: 'https://github.com/pgjones/quart-cors',
  reads: '`cors(app, …)`, `@route_cors(…)`',
  mentions: ['quart_cors'],
  languages: ['python'],
  uses: [
    { packageName, title, options: keywordsOf({ modules, names: ['cors'] }), table: quartCors, refine: refined },
    {
      packageName,
      title,
      scope: 'one view',
      options: keywordsOf({ modules, names: ['route_cors'] }),
      table: quartCors,
      refine: refined,
    },
  ],
});

/** `*` beside credentials is an error for each request; and a request without Origin is told that the answer depends on it. */
function refined(policy: Policy): Policy {
  const { origins, credentials } = policy.settings;
  const isOpen = origins.value.some(({ kind }) => kind === 'any');
  if (isOpen && credentials.value === true)
    return {
      ...policy,
      headers: [],
      statuses: [{ when: { kind: 'always' }, status: 500 }],
      facts: policy.facts.filter(({ kind }) => kind !== 'no-origin-configured'),
      refusesToStart:
        'Quart-CORS answers every request by an error, a ValueError, because credentials and a wildcard exclude each other',
    };
  const varies: HeaderRule = {
    name: 'vary',
    operation: 'merge',
    value: { kind: 'text', text: 'Origin' },
    when: not(originPresent),
    range: policy.range,
  };
  return { ...policy, headers: [...policy.headers, varies], fixedVary: true };
}
