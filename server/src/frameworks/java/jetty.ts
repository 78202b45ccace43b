/**
 * Jetty's CrossOriginFilter in `web.xml`, up to Jetty 11 and in the `ee` modules of 12. Without parameters it names every
 * origin that asks, and allows its cookies; an origin with a star in it is a regular expression whose dots are plain.
 *
 * Read from its source: https://jetty.org/docs/jetty/12/programming-guide/server/http.html
 */
import type { TreeDocument } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import type { CorsService, OriginMeaning } from '../../models/services/cors-service.ts';
import { defineFramework } from '../../models/framework.ts';
import type { FrameworkContext } from '../../models/framework.ts';
import { isBefore, mavenVersion } from './maven-versions.ts';
import type { FilterNames } from './cors-filters.ts';
import { classEntry, filterKeys, sendsMaxAge, unknownParameters, withAddedParameters } from './cors-filters.ts';
import { servletFilters } from './servlet-filters.ts';
import type { ServletFilter } from './servlet-filters.ts';
import { entryOf, textOf } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'jetty',
  title: 'Jetty CrossOriginFilter',
  documentation: 'https://jetty.org/docs/jetty/12/programming-guide/server/http.html',
  reads: '`org.eclipse.jetty.servlets.CrossOriginFilter` and its parameters in `web.xml`',
  mentions: ['crossoriginfilter'],
  shape: 'tree',
  formats: ['xml'],
  read(document, context) {
    const { filters, facts } = servletFilters(document, /^org\.eclipse\.jetty\.(ee\d+\.)?servlets\.CrossOriginFilter$/);
    return {
      policies: filters.map((filter) =>
        jettyPolicy(filter, document, versionOf(String(filter.className.value), context)),
      ),
      facts,
    };
  },
});

const names: FilterNames = {
  origins: 'allowedOrigins',
  methods: 'allowedMethods',
  headers: 'allowedHeaders',
  exposed: 'exposedHeaders',
  credentials: 'allowCredentials',
  maxAge: 'preflightMaxAge',
};
const others = ['allowedTimingOrigins', 'chainPreflight', 'forwardPreflight'];
const foreign: Readonly<Record<string, string>> = {
  alloworigin: names.origins,
  alloworigins: names.origins,
  origins: names.origins,
  'cors.allowed.origins': names.origins,
  allowmethods: names.methods,
  allowheaders: names.headers,
  exposeheaders: names.exposed,
  supportscredentials: names.credentials,
  allowedcredentials: names.credentials,
  maxage: names.maxAge,
};

const service: Omit<CorsService, 'vary' | 'literalStars'> = {
  framework: 'jetty',
  title: 'Jetty CrossOriginFilter',
  // A plus or a question mark has its meaning in a pattern; what a build fills in has braces.
  placeholder: /\$\{|\{\{|@\w+@/,
  origin: originMeaning,
  open: 'reflect',
  credentials: 'setting',
  credentialsDefault: true,
  anyHeader: 'reflect',
  strictPreflight: true,
  preflightStatus: { allowed: null, refused: null },
  defaults: {
    methods: ['GET', 'POST', 'HEAD'],
    headers: ['X-Requested-With', 'Content-Type', 'Accept', 'Origin'],
    maxAge: '1800',
  },
  textValues: true,
  onlyTrue: true,
  commas: true,
};

function originMeaning(text: string): OriginMeaning {
  if (text === '*') return 'any';
  return text.includes('*')
    ? { source: text.replaceAll('.', '\\.').replaceAll('*', '.*'), flags: '', dialect: 'java', mode: 'full' }
    : 'exact';
}

/**
 * What a filter with these parameters answers, wherever they are written; `version`: Jetty's, in numbers, where it is known;
 * `reference`: what stands behind a value that somebody else gives.
 */
export function jettyPolicy(
  filter: ServletFilter,
  document: TreeDocument,
  version: readonly number[] | undefined,
  reference?: Parameters<typeof servicePolicy>[0]['reference'],
): Policy {
  const { className, parameters, scope } = filter;
  const keys = filterKeys(filter, names);
  const origins = textOf(keys.origins?.value) ?? '';
  const open = keys.origins === undefined || origins.split(',').some((part) => part.trim() === '*');
  const policy = servicePolicy({
    service: {
      ...service,
      vary: varyOf(open, version),
      // What is no number counts as zero, and zero is not sent.
      defaults: { ...service.defaults, maxAge: sendsMaxAge(entryOf(parameters, names.maxAge)) ? '1800' : undefined },
      // A star means every header only where nothing else stands.
      literalStars: { methods: true, headers: textOf(keys.allowedHeaders?.value) !== '*' },
    },
    document,
    scope,
    ...(reference && { reference }),
    facts: unknownParameters(document, filter, names, others, foreign, true),
    keys: { ...keys, openWithout: classEntry(className) },
  });
  return withAddedParameters(policy, filter, names);
}

/** The modules of Jetty 12 have their edition in their names. */
function versionOf(className: string, context: FrameworkContext): readonly number[] | undefined {
  return /\bee\d/.test(className) ? [12] : mavenVersion(context, /^org\.eclipse\.jetty(\.ee\d+)?:jetty-/);
}

/**
 * Since 10.0.17, 11.0.17 and 12 every answer says that it varies; before that, those that let somebody in, and of
 * preflights those of a list.
 */
function varyOf(open: boolean, version: readonly number[] | undefined): CorsService['vary'] {
  if (version === undefined) return open ? 'unknown' : 'allowed';
  if (!isBefore(version, [version[0] === 11 ? 11 : 10, 0, 17])) return 'always';
  return open ? 'requests' : 'allowed';
}
