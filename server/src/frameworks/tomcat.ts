/**
 * Tomcat's CorsFilter in `web.xml`. Origins are compared letter by letter, `*` counts only alone, and what is not allowed
 * is answered with 403, the request itself too. Defaults are those since 9.0.8, 8.5.31 and 7.0.88.
 *
 * Read from its source: https://tomcat.apache.org/tomcat-10.1-doc/config/filter.html#CORS_Filter
 */
import type { TreeDocument } from '../syntax/tree.ts';
import type { Fact, Policy } from '../policy/policy.ts';
import { cloudPolicy } from './cloud-cors.ts';
import type { CloudService } from './cloud-cors.ts';
import { defineFramework } from './framework.ts';
import { servletFilters } from './servlet-filters.ts';
import type { ServletFilter } from './servlet-filters.ts';
import { entryOf, textOf, unknownKeys } from './tree-edits.ts';

export const framework = defineFramework({
  id: 'tomcat',
  title: 'Tomcat CorsFilter',
  documentation: 'https://tomcat.apache.org/tomcat-10.1-doc/config/filter.html#CORS_Filter',
  reads: '`org.apache.catalina.filters.CorsFilter` and its parameters in `web.xml`',
  mentions: ['catalina.filters.corsfilter'],
  shape: 'tree',
  formats: ['xml'],
  read(document) {
    return { policies: servletFilters(document, /^org\.apache\.catalina\.filters\.CorsFilter$/).map((filter) => readFilter(filter, document)), facts: [] };
  },
});

const names = { origins: 'cors.allowed.origins', methods: 'cors.allowed.methods', headers: 'cors.allowed.headers', exposed: 'cors.exposed.headers', credentials: 'cors.support.credentials', maxAge: 'cors.preflight.maxage' };
const others = ['cors.request.decorate', 'cors.logging.enabled'];
const foreign: Readonly<Record<string, string>> = {
  'cors.alloworigin': names.origins, 'cors.allowedorigins': names.origins, allowedorigins: names.origins, 'cors.supportedmethods': names.methods, 'cors.allowedmethods': names.methods, allowedmethods: names.methods,
  'cors.supportedheaders': names.headers, 'cors.allowedheaders': names.headers, allowedheaders: names.headers, 'cors.exposedheaders': names.exposed, 'cors.supportscredentials': names.credentials, 'cors.allowcredentials': names.credentials, 'cors.maxage': names.maxAge,
};

const service: Omit<CloudService, 'origin'> = {
  framework: 'tomcat',
  title: 'Tomcat CorsFilter',
  open: 'literal',
  credentials: 'setting',
  anyHeader: 'literal',
  strictPreflight: true,
  preflightStatus: { allowed: 200, refused: 403 },
  refusedStatus: 403,
  refusesMethods: 403,
  vary: 'allowed',
  defaults: { methods: ['GET', 'POST', 'HEAD', 'OPTIONS'], headers: ['Origin', 'Accept', 'X-Requested-With', 'Content-Type', 'Access-Control-Request-Method', 'Access-Control-Request-Headers'], maxAge: '1800' },
  textValues: true,
  commas: true,
};

function readFilter({ className, parameters, scope, add }: ServletFilter, document: TreeDocument): Policy {
  const parameter = (name: string) => entryOf(parameters, name);
  const origins = parameter(names.origins);
  const text = textOf(origins?.value)?.trim();
  const misspelt = unknownKeys(document, parameters, [...Object.values(names), ...others], foreign);
  const lacking: Fact[] = origins || misspelt.length > 0 ? [] : [{
    kind: 'no-origin-configured', range: className.range, set: parameters.entries.map(({ key }) => key), why: 'The filter then lets in nobody, and answers every request from another site with 403.',
    addOrigins: (allowed, placeholder) => add(names.origins, allowed.join(','), placeholder),
  }];
  const refused = text === '*' && textOf(parameter(names.credentials)?.value)?.trim().toLowerCase() === 'true';
  const policy = cloudPolicy({
    service: { ...service, origin: () => (text === '*' ? 'any' : 'exact') }, document, scope, facts: [...misspelt, ...lacking],
    keys: {
      map: { ...parameters, entries: [] }, originsKey: names.origins, origins, credentials: parameter(names.credentials),
      methods: parameter(names.methods), allowedHeaders: parameter(names.headers), exposedHeaders: parameter(names.exposed), maxAge: parameter(names.maxAge),
    },
    ...(refused && { refusesToStart: 'It is not allowed to configure supportsCredentials=[true] when allowedOrigins=[*].' }),
  });
  return {
    ...policy, fixedVary: true,
    edits: { ...policy.edits, ...(origins === undefined && { allowOnly: (allowed: readonly string[], placeholder?: string) => add(names.origins, allowed.join(','), placeholder) }) },
  };
}
