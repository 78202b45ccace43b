/** The headers that a gateway sends, and the requests that get them. */
import type { SourceRange } from '../../syntax/range.ts';
import type { HeaderRule, HeaderValue, OriginEntry } from '../../policy/policy.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { all, always, not, originPresent, some, unknown } from '../../policy/request-test.ts';
import type { GatewayCors, GatewayInput } from './gateway-cors.ts';
import { credentialsSetting, reflectsAsked } from './gateway-settings.ts';
import type { SettingPlace } from './setting-places.ts';
import { knownText } from './setting-places.ts';

const preflight: RequestTest = { kind: 'preflight' };
const crossingPreflight: RequestTest = all([preflight, originPresent]);

/** What is sent, and to whom. */
export interface GatewayAnswer {
  readonly headers: readonly HeaderRule[];
  /** Requests whose origin is one that may read. */
  readonly letIn: RequestTest;
}

/** In the order in which later ones win. */
export function gatewayAnswer(input: GatewayInput): GatewayAnswer {
  const sent = sentOrigin(input);
  const letIn = letInBy(input, sent);
  const applies = input.preflightWhen
    ? some([all([letIn, not(preflight)]), all([letIn, preflight, input.preflightWhen])])
    : letIn;
  return {
    letIn,
    headers: [
      ...originHeaders(input, sent, applies),
      ...varyHeader(input, sent),
      ...credentialsHeader(input, applies),
      ...nameHeaders(input, applies),
    ],
  };
}

/** Access-Control-Allow-Origin for who is let in. */
interface SentOrigin {
  readonly value: HeaderValue;
  /** `*` is among the entries, and answered as it stands. */
  readonly isStar: boolean;
  /** A single origin is sent to everybody, as it stands. */
  readonly isFixed: boolean;
}

function sentOrigin(input: GatewayInput): SentOrigin {
  const { gateway, entries } = input;
  const open = entries.some(({ kind }) => kind === 'any');
  const answer = open ? answerToAll(input) : 'reflect';
  const isStar = answer === 'literal';
  const [only] = entries;
  if (gateway.singleAsIs && isSentAsIs(entries) && only?.text !== undefined)
    return { value: { kind: 'text', text: only.text }, isStar, isFixed: true };
  const value: HeaderValue =
    answer === 'reflect' ? { kind: 'request-origin' } : isStar ? { kind: 'text', text: '*' } : { kind: 'unknown' };
  return { value, isStar, isFixed: false };
}

function isSentAsIs(entries: readonly OriginEntry[]): boolean {
  return entries.length === 1 && entries[0]!.matching === 'sent-as-is';
}

/** What an origin gets that comes in by `*`. */
function answerToAll(input: GatewayInput): 'literal' | 'reflect' | 'unknown' {
  const { open } = input.gateway;
  if (open !== 'reflect-with-credentials') return open;
  const { value } = credentialsSetting(input);
  return value === 'unknown' ? 'unknown' : value ? 'reflect' : 'literal';
}

function letInBy({ gateway, entries, onlyWhen }: GatewayInput, { isStar, isFixed }: SentOrigin): RequestTest {
  const toAll = gateway.openToAll === true && (isFixed || isStar);
  return all([toAll ? always : originPresent, isSentAsIs(entries) ? always : acceptedBy(entries), onlyWhen ?? always]);
}

function acceptedBy(entries: readonly OriginEntry[]): RequestTest {
  return some(entries.map(({ accepts }) => accepts));
}

function originHeaders(
  { gateway, entries, origins, range: place }: GatewayInput,
  { value }: SentOrigin,
  applies: RequestTest,
): HeaderRule[] {
  const range = origins?.range ?? place;
  const rule = (sent: HeaderValue, when: RequestTest): HeaderRule => ({
    name: 'access-control-allow-origin',
    operation: 'set',
    value: sent,
    when,
    range,
  });
  const open = entries.findIndex(({ kind }) => kind === 'any');
  const before = gateway.inOrder && value.kind === 'text' ? entries.slice(0, open) : [];
  const isEmptied = gateway.emptyWithoutOrigin === true && value.kind === 'request-origin';
  return [
    ...(value.kind === 'text' && value.text === '' ? [] : [rule(value, applies)]),
    ...(before.length > 0 ? [rule({ kind: 'request-origin' }, all([applies, acceptedBy(before)]))] : []),
    ...(isEmptied ? [rule({ kind: 'text', text: '' }, all([not(originPresent), acceptedBy(entries)]))] : []),
  ];
}

function varyHeader({ gateway: { vary }, origins, range }: GatewayInput, { isStar }: SentOrigin): HeaderRule[] {
  if (vary === 'never' || (vary === 'unless-open' && isStar)) return [];
  const isUpstream = vary === 'upstream';
  return [
    {
      name: 'vary',
      operation: 'merge',
      value: isUpstream ? { kind: 'unknown', from: 'upstream' } : { kind: 'text', text: 'Origin' },
      when: isUpstream ? unknown() : vary === 'not-on-preflights' ? not(crossingPreflight) : always,
      range: origins?.range ?? range,
    },
  ];
}

function credentialsHeader(input: GatewayInput, applies: RequestTest): HeaderRule[] {
  const { gateway } = input;
  const { value, range } = credentialsSetting(input);
  if (value === false) return [];
  const toAllowed = gateway.answersRefused ? some([applies, crossingPreflight]) : applies;
  const to = gateway.credentialsFor === 'everybody' ? always : toAllowed;
  const when = value === 'unknown' ? all([to, unknown()]) : to;
  return header('access-control-allow-credentials', { kind: 'text', text: 'true' }, when, range);
}

function nameHeaders(input: GatewayInput, applies: RequestTest): HeaderRule[] {
  const { gateway, methods, allowedHeaders, exposedHeaders, maxAge, range } = input;
  const { defaults, credentialsFor, answersRefused, preflightHeaders, exposesOnPreflights } = gateway;
  const toEverybody = credentialsFor === 'everybody';
  const extras = all([
    toEverybody || answersRefused ? originPresent : applies,
    preflightHeaders === 'preflight' ? preflight : always,
  ]);
  const exposedTo = all([
    toEverybody ? always : applies,
    preflightHeaders === 'every' || exposesOnPreflights ? always : not(crossingPreflight),
  ]);
  const names = (place: SettingPlace | undefined, otherwise: string | undefined, asked: string) =>
    namesValue(place, otherwise, gateway, asked);
  return [
    ...header(
      'access-control-allow-methods',
      names(methods, defaults.methods, 'access-control-request-method'),
      extras,
      methods?.range ?? range,
    ),
    ...header(
      'access-control-allow-headers',
      names(allowedHeaders, defaults.allowedHeaders, 'access-control-request-headers'),
      extras,
      allowedHeaders?.range ?? range,
    ),
    ...header(
      'access-control-expose-headers',
      names(exposedHeaders, undefined, ''),
      exposedTo,
      exposedHeaders?.range ?? range,
    ),
    ...header('access-control-max-age', maxAgeValue(input), extras, maxAge?.range ?? range),
  ];
}

/** Nothing where there is no value, or an empty one. */
function header(name: string, value: HeaderValue | undefined, when: RequestTest, range: SourceRange): HeaderRule[] {
  return value === undefined || (value.kind === 'text' && value.text === '')
    ? []
    : [{ name, operation: 'set', value, when, range }];
}

/** The header of a list of names: as it is written, or what was asked for. */
function namesValue(
  place: SettingPlace | undefined,
  otherwise: string | undefined,
  { reflectsNames, answersAsked }: GatewayCors,
  asked: string,
): HeaderValue | undefined {
  const sentBack: HeaderValue = { kind: 'request-header', name: asked };
  if (answersAsked && asked !== '') return sentBack;
  if (place === undefined) {
    if (otherwise === undefined) return undefined;
    return otherwise === 'reflect' ? sentBack : { kind: 'text', text: otherwise };
  }
  if (place.texts.some(({ open }) => open)) return { kind: 'unknown' };
  if (asked !== '' && reflectsAsked(place, reflectsNames)) return sentBack;
  return { kind: 'text', text: place.texts.map(({ text }) => text).join(', ') };
}

function maxAgeValue({ maxAge, gateway }: GatewayInput): HeaderValue | undefined {
  const text = knownText(maxAge);
  if (text === undefined)
    return gateway.defaults.maxAge === undefined ? undefined : { kind: 'text', text: gateway.defaults.maxAge };
  // Durations are written in other units than they are sent.
  return text === null || !/^\d+$/.test(text) ? { kind: 'unknown' } : { kind: 'text', text };
}
