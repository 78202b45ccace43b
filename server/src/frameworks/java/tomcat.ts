/**
 * Tomcat's CorsFilter in `web.xml`. Origins are compared letter by letter, `*` counts only alone, and what is not allowed
 * is answered with 403, the request itself too. Old versions let everybody in with cookies where nothing is written.
 *
 * Read from its source: https://tomcat.apache.org/tomcat-10.1-doc/config/filter.html#CORS_Filter
 */
import type { TreeDocument } from '../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import type { CorsService } from '../../models/services/cors-service.ts';
import { defineFramework } from '../../models/framework.ts';
import { oneByOne } from '../../models/in-steps.ts';
import { isBefore, mavenVersion } from './maven-versions.ts';
import type { FilterNames } from './cors-filters.ts';
import { classEntry, filterKeys, sendsMaxAge, unknownParameters, withAddedParameters } from './cors-filters.ts';
import { servletFilters } from './servlet-filters.ts';
import type { ServletFilter } from './servlet-filters.ts';
import { entryOf, textOf } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'tomcat',
  title: 'Tomcat CorsFilter',
  documentation: 'https://tomcat.apache.org/tomcat-10.1-doc/config/filter.html#CORS_Filter',
  reads: '`org.apache.catalina.filters.CorsFilter` and its parameters in `web.xml`',
  mentions: ['catalina.filters.corsfilter'],
  shape: 'tree',
  formats: ['xml'],
  *read(document, context) {
    const { filters, facts } = servletFilters(document, /^org\.apache\.catalina\.filters\.CorsFilter$/);
    const version =
      filters.length > 0
        ? mavenVersion(context, /^org\.apache\.tomcat(\.embed)?:tomcat-(catalina|embed-core)$/)
        : undefined;
    return { policies: yield* oneByOne(filters, (filter) => [readFilter(filter, document, version)]), facts };
  },
});

const names: FilterNames = {
  origins: 'cors.allowed.origins',
  methods: 'cors.allowed.methods',
  headers: 'cors.allowed.headers',
  exposed: 'cors.exposed.headers',
  credentials: 'cors.support.credentials',
  maxAge: 'cors.preflight.maxage',
};
const others = ['cors.request.decorate', 'cors.logging.enabled'];
const foreign: Readonly<Record<string, string>> = {
  'cors.alloworigin': names.origins,
  'cors.allowedorigins': names.origins,
  allowedorigins: names.origins,
  'cors.supportedmethods': names.methods,
  'cors.allowedmethods': names.methods,
  allowedmethods: names.methods,
  'cors.supportedheaders': names.headers,
  'cors.allowedheaders': names.headers,
  allowedheaders: names.headers,
  'cors.exposedheaders': names.exposed,
  'cors.supportscredentials': names.credentials,
  'cors.allowcredentials': names.credentials,
  'cors.maxage': names.maxAge,
};

const service: Omit<CorsService, 'origin' | 'vary'> = {
  framework: 'tomcat',
  title: 'Tomcat CorsFilter',
  open: 'literal',
  credentials: 'setting',
  anyHeader: 'literal',
  literalStars: { methods: true, headers: true },
  strictPreflight: true,
  everyOptions: true,
  preflightStatus: { allowed: 200, refused: 403 },
  refusedStatus: 403,
  refusesMethods: 403,
  defaults: {
    methods: ['GET', 'POST', 'HEAD', 'OPTIONS'],
    headers: [
      'Origin',
      'Accept',
      'X-Requested-With',
      'Content-Type',
      'Access-Control-Request-Method',
      'Access-Control-Request-Headers',
    ],
    maxAge: '1800',
  },
  textValues: true,
  onlyTrue: true,
  commas: true,
};
/** What older versions do otherwise. */
const openByDefault: Partial<CorsService> = {
  credentialsDefault: true,
  everyOptions: false,
  listedMethods: 'as-asked',
};
/** Its own words, when it does not start. */
const refusal = 'It is not allowed to configure supportsCredentials=[true] when allowedOrigins=[*].';
/** The first versions, each of its line, in which nobody gets in without a setting. */
const closedSince = [
  [7, 0, 89],
  [8, 0, 53],
  [8, 5, 32],
  [9, 0, 9],
];

function readFilter(filter: ServletFilter, document: TreeDocument, version: readonly number[] | undefined): Policy {
  const { className, parameters, scope } = filter;
  const keys = filterKeys(filter, names);
  const { origins, credentials } = keys;
  const old = version !== undefined && isOpenByDefault(version);
  const text = origins ? textOf(origins.value)?.trim() : old ? '*' : undefined;
  const misspelt = unknownParameters(document, filter, names, others, foreign, old);
  const withCookies = credentials ? textOf(credentials.value)?.trim().toLowerCase() === 'true' : old;
  const policy = servicePolicy({
    service: {
      ...service,
      origin: () => (text === '*' ? 'any' : 'exact'),
      vary: old ? 'requests' : text === '*' ? 'never' : 'unless-refused',
      defaults: { ...service.defaults, maxAge: sendsMaxAge(entryOf(parameters, names.maxAge)) ? '1800' : undefined },
      ...(old && { ...openByDefault, open: withCookies ? 'reflect' : 'literal' }),
    },
    document,
    scope,
    facts: origins || old || misspelt.length > 0 ? misspelt : [lacksOrigins(filter)],
    keys: {
      ...keys,
      map: { ...parameters, entries: [] },
      ...(old && origins === undefined && { openWithout: classEntry(className) }),
    },
    // The application does not start, and every address answers that nothing is there.
    ...(!old && text === '*' && withCookies && { refusesToStart: refusal, failsWith: 404 }),
  });
  return withAddedParameters(policy, filter, names);
}

function isOpenByDefault(version: readonly number[]): boolean {
  return closedSince.some(
    (since) => isBefore(version, since) && since.slice(0, 2).every((part, index) => part === version[index]),
  );
}

function lacksOrigins({ className, parameters, add }: ServletFilter): Fact {
  return {
    kind: 'no-origin-configured',
    range: className.range,
    set: parameters.entries.map(({ key }) => key),
    why: 'The filter then lets in nobody, and answers every request from another site with 403.',
    addOrigins: (allowed, placeholder) => add(names.origins, allowed.join(','), placeholder),
  };
}
