/**
 * The CORS Filter of Connect2id, `com.thetransactioncompany.cors.CORSFilter`, in `web.xml`. Without parameters it names
 * every origin that asks, and allows its cookies; an origin that is no address keeps the application from starting.
 *
 * Read from its source: https://software.dzhuvinov.com/cors-filter-configuration.html
 */
import type { Edit } from '../../syntax/range.ts';
import type { TreeDocument, TreeEntry } from '../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import { wildcardPattern } from '../../models/services/wildcard-pattern.ts';
import type { CorsService, OriginMeaning } from '../../models/services/cors-service.ts';
import { defineFramework } from '../../models/framework.ts';
import type { FilterNames } from './cors-filters.ts';
import { classEntry, filterKeys, unknownParameters, withAddedParameters } from './cors-filters.ts';
import { servletFilters } from './servlet-filters.ts';
import type { ServletFilter } from './servlet-filters.ts';
import { entryOf, replaceValue, textOf } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'java-cors-filter',
  title: 'CORS Filter for Java',
  documentation: 'https://software.dzhuvinov.com/cors-filter-configuration.html',
  reads: '`com.thetransactioncompany.cors.CORSFilter` and its parameters in `web.xml`',
  mentions: ['thetransactioncompany'],
  shape: 'tree',
  formats: ['xml'],
  read(document) {
    const { filters, facts } = servletFilters(
      document,
      /^com\.thetransactioncompany\.cors\.(autoreconf\.AutoReconfigurable)?CORSFilter$/,
    );
    return { policies: filters.flatMap((filter) => readFilter(filter, document)), facts };
  },
});

const names: FilterNames = {
  origins: 'cors.allowOrigin',
  methods: 'cors.supportedMethods',
  headers: 'cors.supportedHeaders',
  exposed: 'cors.exposedHeaders',
  credentials: 'cors.supportsCredentials',
  maxAge: 'cors.maxAge',
};
const [subdomains, enabled, file] = ['cors.allowSubdomains', 'cors.enable', 'cors.configurationFile'];
const others = [subdomains, enabled, file, 'cors.allowGenericHttpRequests', 'cors.tagRequests'];
const foreign: Readonly<Record<string, string>> = {
  'cors.allowed.origins': names.origins,
  'cors.alloworigins': names.origins,
  'cors.allowedorigins': names.origins,
  alloworigin: names.origins,
  allowedorigins: names.origins,
  'cors.allowed.methods': names.methods,
  'cors.allowedmethods': names.methods,
  'cors.allowed.headers': names.headers,
  'cors.allowedheaders': names.headers,
  'cors.exposed.headers': names.exposed,
  'cors.support.credentials': names.credentials,
  'cors.allowcredentials': names.credentials,
  'cors.preflight.maxage': names.maxAge,
};

const service: Omit<CorsService, 'origin' | 'open' | 'vary' | 'literalStars'> = {
  framework: 'java-cors-filter',
  title: 'The CORS Filter',
  credentials: 'setting',
  credentialsDefault: true,
  anyHeader: 'reflect',
  strictPreflight: true,
  preflightStatus: { allowed: 200, refused: 403 },
  refusedStatus: 403,
  refusesMethods: 405,
  capitals: true,
  defaults: { methods: ['GET', 'POST', 'HEAD', 'OPTIONS'], headers: 'requested' },
  textValues: true,
  onlyTrue: true,
  commas: true,
  blanks: true,
};

function readFilter(filter: ServletFilter, document: TreeDocument): Policy[] {
  // The parameters of a file stand in place of those written here.
  if (!isOn(filter, enabled, true) || [file, 'cors.configFile'].some((name) => entryOf(filter.parameters, name)))
    return [];
  const policy = policyOf(filter, document, undefined);
  const refusal = refusalOf(policy);
  const read = withAddedParameters(refusal ? policyOf(filter, document, refusal) : policy, filter, names);
  const empty = emptyOrigins(filter);
  if (!empty) return [read];
  const allowOnly = (allowed: readonly string[], placeholder?: string): Edit[] =>
    replaceValue(document, empty.value, allowed.join(','), placeholder);
  return [{ ...read, edits: { ...read.edits, allowOnly } }];
}

function policyOf(filter: ServletFilter, document: TreeDocument, refusal: Refusal | undefined): Policy {
  const { className, scope, parameters } = filter;
  const keys = filterKeys(filter, names);
  const empty = emptyOrigins(filter);
  const origins = empty ? undefined : keys.origins;
  const open = (textOf(origins?.value)?.trim() ?? '*') === '*';
  const withCookies = isOn(filter, names.credentials, true);
  const { facts = [], ...failing } = refusal ?? {};
  return servicePolicy({
    service: {
      ...service,
      origin: (text) => originMeaning(text, open, isOn(filter, subdomains, false)),
      open: withCookies ? 'reflect' : 'literal',
      vary: open && !withCookies ? 'never' : 'allowed',
      literalStars: { methods: true, headers: textOf(entryOf(parameters, names.headers)?.value) !== '*' },
    },
    document,
    scope,
    keys: {
      ...keys,
      origins,
      ...(origins === undefined && { openWithout: empty ?? classEntry(className) }),
    },
    ...failing,
    facts: [...unknownParameters(document, filter, names, others, foreign, true), ...facts],
  });
}

/** An empty list counts as none. */
function emptyOrigins({ parameters }: ServletFilter): TreeEntry | undefined {
  const written = entryOf(parameters, names.origins);
  return textOf(written?.value)?.trim() === '' ? written : undefined;
}

function isOn({ parameters }: ServletFilter, name: string, otherwise: boolean): boolean {
  const text = textOf(entryOf(parameters, name)?.value)?.trim();
  return text ? text.toLowerCase() === 'true' : otherwise;
}

/** Why the application does not start, or the filter answers nothing else any more. */
interface Refusal {
  readonly facts: readonly Fact[];
  readonly refusesToStart?: string;
  readonly failsWith: number;
}

/** A scheme and a host, as the filter demands them before it starts. */
const address = /^([a-z][a-z0-9+.-]*):\/\/([\w.-]+)(:\d+)?(?:[/?#].*)?$/i;

/** Where subdomains are let in, what stands behind the host of a listed origin plays no part for them. */
function originMeaning(text: string, open: boolean, withSubdomains: boolean): OriginMeaning {
  if (open) return 'any';
  const [, scheme, host, port = ''] = address.exec(text) ?? [];
  if (scheme === undefined) return text.includes('*') ? 'nobody' : 'exact';
  if (!withSubdomains) return 'exact';
  const quoted = (part: string): string => wildcardPattern(part).source;
  return {
    source: `${quoted(text)}|${quoted(scheme.toLowerCase())}:\\/\\/.*\\.${quoted(host!.toLowerCase() + port)}`,
    flags: '',
    dialect: 'java',
    mode: 'full',
  };
}

/** Of a wildcard the filter says so; any other text without scheme or host is no origin in the first place. */
function refusalOf({ settings }: Policy): Refusal | undefined {
  const bad = settings.origins.value.filter(
    ({ kind, text }) => kind !== 'any' && kind !== 'pattern' && text !== undefined && !address.test(text),
  );
  if (bad.length === 0) return undefined;
  const facts = bad
    .filter(({ kind }) => kind === 'unknown')
    .map(({ text, range }): Fact => ({
      kind: 'rejected-value',
      what: 'origin',
      text: text!,
      range,
      explanation: `The application does not start: "Bad origin URL in property cors.allowOrigin: ${text!}".`,
    }));
  return {
    facts,
    failsWith: 404,
    ...(facts.length > 0 && { refusesToStart: `Bad origin URL in property cors.allowOrigin: ${bad[0]!.text!}` }),
  };
}
