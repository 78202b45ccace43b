/**
 * The CORS Filter of Connect2id, `com.thetransactioncompany.cors.CORSFilter`, in `web.xml`. Without parameters it names
 * every origin that asks, and allows its cookies; an origin that is no address keeps the application from starting.
 *
 * Read from its source: https://software.dzhuvinov.com/cors-filter-configuration.html
 */
import type { TreeDocument } from '../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import { wildcardPattern } from '../../models/services/wildcard-pattern.ts';
import type { CorsService, OriginMeaning } from '../../models/services/cors-service.ts';
import { defineFramework } from '../../models/framework.ts';
import { servletFilters } from './servlet-filters.ts';
import type { ServletFilter } from './servlet-filters.ts';
import { entryOf, replaceValue, textOf, unknownKeys } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'java-cors-filter',
  title: 'CORS Filter for Java',
  documentation: 'https://software.dzhuvinov.com/cors-filter-configuration.html',
  reads: '`com.thetransactioncompany.cors.CORSFilter` and its parameters in `web.xml`',
  mentions: ['thetransactioncompany'],
  shape: 'tree',
  formats: ['xml'],
  read(document) {
    const filters = servletFilters(
      document,
      /^com\.thetransactioncompany\.cors\.(autoreconf\.AutoReconfigurable)?CORSFilter$/,
    );
    return { policies: filters.flatMap((filter) => readFilter(filter, document)), facts: [] };
  },
});

const names = {
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

function readFilter({ className, parameters, scope, add }: ServletFilter, document: TreeDocument): Policy[] {
  const parameter = (name: string) => entryOf(parameters, name);
  const isSet = (name: string, otherwise: boolean): boolean => {
    const text = textOf(parameter(name)?.value)?.trim();
    return text ? text.toLowerCase() === 'true' : otherwise;
  };
  // The parameters of a file stand in place of those written here.
  if (!isSet(enabled, true) || parameter(file) || parameter('cors.configFile')) return [];
  const written = parameter(names.origins);
  const origins = textOf(written?.value)?.trim() === '' ? undefined : written;
  const [credentials, headers, maxAge] = [
    parameter(names.credentials),
    parameter(names.headers),
    parameter(names.maxAge),
  ];
  const text = textOf(origins?.value)?.trim() ?? '*';
  const [open, withCookies] = [text === '*', isSet(names.credentials, true)];
  const misspelt = unknownKeys(
    document,
    parameters,
    [...Object.values(names), ...others],
    foreign,
    (suggestion) => suggestion === names.origins,
  );
  // Less than one second is not sent, and nothing is without the parameter.
  const kept = Number(textOf(maxAge?.value) ?? 0) > 0;
  const read = (refusal?: {
    readonly facts: readonly Fact[];
    readonly refusesToStart?: string;
    readonly failsWith: number;
  }): Policy =>
    servicePolicy({
      service: {
        ...service,
        origin: (each) => originMeaning(each, open, isSet(subdomains, false)),
        open: withCookies ? 'reflect' : 'literal',
        vary: open && !withCookies ? 'never' : 'allowed',
        literalStars: { methods: true, headers: textOf(headers?.value) !== '*' },
      },
      document,
      scope,
      keys: {
        map: undefined,
        originsKey: names.origins,
        origins,
        credentials,
        credentialsKey: names.credentials,
        methods: parameter(names.methods),
        allowedHeaders: headers,
        exposedHeaders: parameter(names.exposed),
        maxAge: kept ? maxAge : undefined,
        ...(origins === undefined && {
          openWithout: written ?? { key: '#text', keyRange: className.range, value: className, range: className.range },
        }),
      },
      ...refusal,
      facts: [...misspelt, ...(refusal?.facts ?? [])],
    });
  const policy = read();
  const refused = refusalOf(policy);
  return [
    {
      ...(refused ? read(refused) : policy),
      fixedVary: true,
      edits: {
        ...policy.edits,
        ...(origins === undefined && {
          allowOnly: (allowed: readonly string[], placeholder?: string) =>
            written
              ? replaceValue(document, written.value, allowed.join(','), placeholder)
              : add(names.origins, allowed.join(','), placeholder),
        }),
        ...(credentials === undefined && { dropCredentials: () => add(names.credentials, 'false') }),
      },
    },
  ];
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
function refusalOf({
  settings,
}: Policy):
  { readonly facts: readonly Fact[]; readonly refusesToStart?: string; readonly failsWith: number } | undefined {
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
