/** The headers and the statuses of a service's answers. */
import type { SourceRange } from '../../syntax/range.ts';
import type { HeaderRule, HeaderValue, NameEntry, StatusRule } from '../../policy/policy.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { all, always, never, not, originPresent, some, unknown } from '../../policy/request-test.ts';
import type { CorsService, ServiceKeys } from './cors-service.ts';
import type { ServiceAudience } from './service-audience.ts';
import { preflight } from './service-audience.ts';
import type { Names } from './service-names.ts';
import { joined } from './service-names.ts';
import type { ServiceSettings } from './service-settings.ts';
import { unknownBehind } from './unknown-behind.ts';

/** In the order in which later ones win. */
export function serviceHeaders(
  service: CorsService,
  keys: ServiceKeys,
  settings: ServiceSettings,
  audience: ServiceAudience,
): HeaderRule[] {
  const { range, credentials, methods, allowedHeaders, exposedHeaders, maxAge } = settings;
  const { told, asked } = audience;
  const sendsBackMethod = settings.anyMethod || service.listedMethods === 'as-asked';
  const sendsBackHeaders = settings.anyHeader || service.listedHeaders === 'as-asked';
  const listed = settings.anyHeader || !Array.isArray(allowedHeaders?.value) ? undefined : lowerCased(allowedHeaders);
  const withCredentials = credentials.value === 'unknown' ? all([told, unknown()]) : told;
  return [
    ...allowOrigin(service, settings, audience),
    ...vary(service, keys, settings, told),
    ...(credentials.value === false
      ? []
      : [header('access-control-allow-credentials', 'true', withCredentials, credentials.range)]),
    ...(service.preflightsOnly ? unknownBehind(range) : []),
    ...nameList('access-control-allow-methods', methods, sendsBackMethod && 'access-control-request-method', asked),
    ...(sendsBackHeaders || (allowedHeaders && joined(allowedHeaders) !== '')
      ? nameList(
          'access-control-allow-headers',
          allowedHeaders,
          sendsBackHeaders && 'access-control-request-headers',
          asked,
          sendsBackHeaders ? listed : undefined,
        )
      : []),
    ...(exposedHeaders && joined(exposedHeaders) !== ''
      ? nameList('access-control-expose-headers', exposedHeaders, false, told)
      : []),
    ...(settings.setsMaxAge || maxAge
      ? [header('access-control-max-age', maxAge?.value, asked, maxAge?.range ?? range)]
      : []),
  ];
}

/** The statuses of the answers; null where what stands behind has one of its own. */
export function serviceStatuses(service: CorsService, { letIn, accepted, asked }: ServiceAudience): StatusRule[] {
  const { refusedStatus, refusesMethods, preflightStatus } = service;
  const crossing = service.strangers ? preflight : all([originPresent, preflight]);
  return [
    ...(refusedStatus === undefined ? [] : [{ when: all([originPresent, not(letIn)]), status: refusedStatus }]),
    ...(refusesMethods === undefined ? [] : [{ when: all([letIn, not(accepted)]), status: refusesMethods }]),
    { when: all([asked, crossing]), status: preflightStatus.allowed },
    { when: crossing, status: preflightStatus.refused },
    // What answers the requests themselves has a status of its own, unless the service is all that there is.
    ...((refusedStatus ?? refusesMethods) === undefined ? [] : [{ when: always, status: null }]),
  ];
}

function allowOrigin(
  service: CorsService,
  settings: ServiceSettings,
  { told, applies }: ServiceAudience,
): HeaderRule[] {
  const name = 'access-control-allow-origin';
  const [first] = settings.origins;
  if (first === undefined) return [];
  const value = sentOrigin(service, settings);
  const range = settings.originsAt?.value.range ?? settings.range;
  const sent: HeaderRule = {
    name,
    operation: 'set',
    value,
    when: value.kind === 'text' ? told : applies,
    range,
  };
  return service.strangers && value.kind !== 'text' ? [header(name, first.text, told, first.range), sent] : [sent];
}

/** `*`, or the caller's own origin; patterns name who came in. */
function sentOrigin(service: CorsService, { open, openByName, credentials }: ServiceSettings): HeaderValue {
  const reflects = service.open === 'reflect' || !openByName;
  if (!open || reflects) return { kind: 'request-origin' };
  return service.open === 'literal' || credentials.value === false ? { kind: 'text', text: '*' } : { kind: 'unknown' };
}

function vary(service: CorsService, keys: ServiceKeys, settings: ServiceSettings, told: RequestTest): HeaderRule[] {
  const isSent = settings.origins.length > 0 || service.vary === 'unless-refused' || service.vary === 'always';
  if (!isSent) return [];
  return [
    {
      name: 'vary',
      operation: 'merge',
      value: service.vary === 'unknown' ? { kind: 'unknown' } : { kind: 'text', text: 'Origin' },
      when: varies(service.vary, told),
      range: keys.origins?.value.range ?? settings.range,
    },
  ];
}

function varies(vary: CorsService['vary'], applies: RequestTest): RequestTest {
  switch (vary) {
    case 'always':
    case 'sent':
      return always;
    case 'allowed':
      return applies;
    case 'requests':
      return all([applies, not(preflight)]);
    case 'unless-refused':
      return some([applies, not(originPresent)]);
    case 'never':
      return never;
    case 'unknown':
      return unknown();
  }
}

/** The names as one text, or what the request header `sentBack` asks for, `only` these of it; nothing where there is no list at all. */
function nameList(
  name: string,
  names: Names | undefined,
  sentBack: string | false,
  when: RequestTest,
  only?: readonly string[],
): HeaderRule[] {
  if (names === undefined) return [];
  if (sentBack === false) return [header(name, joined(names), when, names.range)];
  const value: HeaderValue = { kind: 'request-header', name: sentBack, ...(only && { only }) };
  return [{ name, operation: 'set', value, when, range: names.range }];
}

function lowerCased({ value }: Names): readonly string[] {
  return Array.isArray(value) ? value.map(({ text }: NameEntry) => text.toLowerCase()) : [];
}

/** `undefined` as the value is one that is not known. */
function header(name: string, text: string | undefined, when: RequestTest, range: SourceRange): HeaderRule {
  return {
    name,
    operation: 'set',
    value: text === undefined ? { kind: 'unknown' } : { kind: 'text', text },
    when,
    range,
  };
}
