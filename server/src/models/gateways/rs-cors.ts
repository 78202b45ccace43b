/** What the Go package rs/cors makes of its options, for the gateways and identity servers that hand theirs to it. */
import type { RequestTest } from '../../policy/request-test.ts';
import { all, always, some } from '../../policy/request-test.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import { wildcardPattern } from '../services/wildcard-pattern.ts';
import type { GatewayCors, OriginMeaning } from './gateway-cors.ts';
import { gatewayMapPolicy } from './gateway-map.ts';
import type { GatewayMapInput } from './gateway-map.ts';
import { listPlace, placeOf } from './setting-places.ts';

/** `*` goes out as it stands; every other origin is sent back as it came. */
const rsCors: Omit<GatewayCors, 'framework' | 'title' | 'defaults'> = {
  open: 'literal',
  credentialsFor: 'allowed',
  vary: 'always',
  preflightHeaders: 'preflight',
  reflectsNames: true,
  answersAsked: true,
  preflightStatus: { allowed: 204, refused: 204 },
};

export interface RsCorsInput extends Omit<GatewayMapInput, 'gateway' | 'meaning' | 'opensWithout'> {
  /** Without origins everybody is let in, unless this says otherwise. */
  readonly opensWithout?: boolean;
  readonly framework: string;
  readonly title: string;
  readonly defaults: {
    readonly credentials: boolean;
    readonly methods: readonly string[];
    readonly allowedHeaders: readonly string[];
  };
}

/** The options of one map as a policy. An empty list of origins lets everybody in, too. */
export function rsCorsPolicy({ framework, title, defaults, ...input }: RsCorsInput): Policy {
  const { document, map, names } = input;
  const named = (name: string | undefined, otherwise: readonly string[]): readonly string[] | undefined => {
    const place = placeOf(document, map, name ?? [], listPlace);
    if (place?.texts.some(({ open }) => open)) return undefined;
    return place && place.texts.length > 0 ? place.texts.map(({ text }) => text) : otherwise;
  };
  const methods = named(names.methods, defaults.methods);
  const headers = named(names.allowedHeaders, defaults.allowedHeaders);
  const unknownNames: RequestTest = { kind: 'unknown' };
  const allowedMethod: RequestTest =
    methods === undefined ? unknownNames : { kind: 'requested-method', names: [...methods, 'OPTIONS'] };
  const allowedHeaders: RequestTest =
    headers === undefined
      ? unknownNames
      : headers.includes('*')
        ? always
        : { kind: 'requested-headers', names: headers };
  const actual: RequestTest =
    methods === undefined
      ? unknownNames
      : some(
          [...new Set([...methods.filter((name) => name === name.toUpperCase()), 'OPTIONS'])].map((name) => ({
            kind: 'method',
            name,
          })),
        );
  const policy = gatewayMapPolicy({
    ...input,
    facts: starredMethods(input, title),
    gateway: { ...rsCors, framework, title, defaults: { credentials: defaults.credentials } },
    meaning: originMeaning,
    opensWithout: input.opensWithout ?? true,
    input: {
      ...input.input,
      onlyWhen: map.open && placeOf(document, map, names.origins, listPlace) === undefined ? unknownNames : actual,
      preflightWhen: all([allowedMethod, allowedHeaders]),
    },
  });
  const { methods: written } = policy.settings;
  return written?.value === null
    ? {
        ...policy,
        settings: {
          ...policy.settings,
          methods: { ...written, value: placeOf(document, map, names.methods ?? [], listPlace)!.texts },
        },
      }
    : policy;
}

/** Methods are compared letter by letter: a star is none. */
function starredMethods(
  { document, map, names }: Pick<RsCorsInput, 'document' | 'map' | 'names'>,
  title: string,
): Fact[] {
  const star = placeOf(document, map, names.methods ?? [], listPlace)?.texts.find(({ text }) => text === '*');
  return star
    ? [
        {
          kind: 'rejected-value',
          what: 'method',
          text: '*',
          range: star.range,
          only: 'value',
          explanation: `${title} compares methods letter by letter, and none is called so.`,
        },
      ]
    : [];
}

/** Compared in lower case; the first star stands for any text, and a second one for itself, so that no origin fits. */
function originMeaning(text: string): OriginMeaning {
  if (text === '*') return 'any';
  if (/\*.*\*/.test(text)) return 'never';
  return text.includes('*') ? { wildcard: { ...wildcardPattern(text), flags: 'i' } } : 'ignoring-case';
}
