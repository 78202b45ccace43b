/** The Go package `jub0bs/cors`, which refuses what is unsafe or can never work: `NewMiddleware` gives an error then. */
import type { HeaderRule, Policy } from '../../policy/policy.ts';
import { all, noHeadersRequested, not, preflightWithOrigin } from '../../policy/request-test.ts';
import { publicSuffixOf } from '../../policy/known-hosts.ts';
import type { Pattern } from '../../policy/request-test.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { differing, isBefore } from '../../models/libraries/releases.ts';
import { dictEntry, isTrue, mayBeTrue } from '../../values/dict-entry.ts';
import type { Dict, Value } from '../../values/value.ts';
import { goCorsPackage } from './go-cors-package.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

const error = 'NewMiddleware gives an error in place of the middleware';
const simpleMethods = ['GET', 'HEAD', 'POST'];

/** As `config.go`, `middleware.go` and `internal/origins/pattern.go` of 1.0.2 say. See https://pkg.go.dev/github.com/jub0bs/cors#Config */
const jub0bsCors: CorsLibrary = {
  options: {
    origin: ['Origins'],
    credentials: ['Credentialed'],
    methods: ['Methods'],
    allowedHeaders: ['RequestHeaders'],
    exposedHeaders: ['ResponseHeaders'],
    maxAge: ['MaxAgeInSeconds'],
  },
  otherOptions: ['DangerouslyTolerateInsecureOrigins', 'DangerouslyTolerateSubdomainsOfPublicSuffixes', 'ExtraConfig'],
  foreignNames: {},
  origin: {
    missing: 'fails',
    text: 'fails',
    star: 'any',
    empty: 'fails',
    ...otherKinds('fails', 'fails'),
    nothing: 'fails',
    // A variable that is not set is split into one empty text.
    undefined: 'fails',
    list: 'members',
    emptyList: 'fails',
    starInList: 'any',
    wildcard,
    stopsApplication: true,
    failure: 'this value is no list of origins, and the program is not compiled',
    noneFails: `no origin is given, and ${error}`,
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'fails',
  vary: { any: false, sent: false, checked: 'always', notForOptions: true },
  othersFor: 'accepted',
  needsOrigin: false,
  methods: {
    default: undefined,
    separator: ',',
    everyResponse: false,
    answersAsked: true,
    needless: simpleMethods,
  },
  allowedHeaders: {
    default: undefined,
    separator: ',',
    everyResponse: false,
    emptyIsDefault: true,
    answersAsked: true,
    vary: false,
  },
  exposedHeaders: {
    default: undefined,
    separator: ',',
    onPreflight: false,
    lowerCase: true,
    sorted: true,
    needless: [
      'cache-control',
      'content-language',
      'content-length',
      'content-type',
      'expires',
      'last-modified',
      'pragma',
    ],
  },
  maxAge: { default: undefined, zero: false, negative: '0' },
  preflight: {
    when: preflightWithOrigin,
    status: 204,
    refused: 403,
    onlyListed: { methods: true, headers: [], simpleMethods, refuses: true },
  },
  refusesUnknown: (name) => `cors.Config has no field ${name}, and the program is not compiled.`,
};

/** Everything is allowed by a star in the list, whatever stands beside it. */
const anyMethod = { methods: { default: 'requested' } } as const;
const anyHeader = { allowedHeaders: { default: 'requested' } } as const;
/** Where nothing but simple requests is allowed, no preflight passes. */
const noPreflight = {
  preflight: { onlyListed: { methods: true, headers: [], simpleMethods: [], refuses: true } },
} as const;

function switchedBy(options: Dict, version: string | undefined): CorsLibrary {
  let table = differing(jub0bsCors, {
    origin: { stopsFor: (text) => refusal(text, options, version) },
  });
  const [methods, headers] = [textsOf(options, 'Methods'), textsOf(options, 'RequestHeaders')];
  if (methods.includes('*')) table = unlisted(differing(table, anyMethod), 'methods');
  if (headers.includes('*')) table = unlisted(differing(table, anyHeader), 'allowedHeaders');
  const isListed = (name: string, simple: readonly string[]): boolean => {
    const value = dictEntry(options, name)?.value;
    const isKnown = value === undefined || (value.kind === 'list' && !value.open);
    return !isKnown || textsOf(options, name).some((text) => !simple.includes(text.toUpperCase()));
  };
  const mayPass = isListed('Methods', simpleMethods) || isListed('RequestHeaders', []) || options.open;
  return mayPass ? table : differing(table, noPreflight);
}

/** The option is known, and its list is not looked at. */
function unlisted(table: CorsLibrary, option: 'methods' | 'allowedHeaders'): CorsLibrary {
  const names = table.options[option];
  return {
    ...table,
    options: { ...table.options, [option]: [] },
    otherOptions: [...table.otherOptions, ...names],
  };
}

function textsOf(options: Value | undefined, name: string): string[] {
  const value = dictEntry(options, name)?.value;
  return value?.kind === 'list' ? value.items.flatMap((item) => (item.kind === 'text' ? [item.text] : [])) : [];
}

const parts = /^([a-z][a-z0-9+._-]*):\/\/(\*\.)?([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(\*|\d+))?$/;

/** Why the package refuses an origin, or a pattern of origins; undefined for one that it takes. */
function refusal(text: string, options: Dict, version: string | undefined): string | undefined {
  const [, scheme, star, host, port] = parts.exec(text) ?? [];
  if (scheme === undefined || host === undefined || scheme === 'file') return error;
  if (!isPort(scheme, port) || !isHost(host, star !== undefined)) return error;
  if (dictEntry(options, 'ExtraConfig') !== undefined) return undefined;
  const isCredentialed = isTrue(options, 'Credentialed');
  if (isCredentialed && isInsecure(scheme, host, version) && !mayBeTrue(options, 'DangerouslyTolerateInsecureOrigins'))
    return `an origin without https does not go with credentials, and ${error}`;
  const isSuffix = star !== undefined && publicSuffixOf(host.replace(/\.$/, '')) !== undefined;
  if (!isSuffix || mayBeTrue(options, 'DangerouslyTolerateSubdomainsOfPublicSuffixes')) return undefined;
  if (isCredentialed) return `a wildcard over a public suffix does not go with credentials, and ${error}`;
  const isOld = version !== undefined && isBefore(version, '0.13.0');
  return isOld ? `a wildcard over a public suffix is too wide before 0.13.0, and ${error}` : undefined;
}

/** None, any, or one that is not the scheme's own. */
function isPort(scheme: string, port: string | undefined): boolean {
  if (port === undefined || port === '*') return true;
  const isDefault = (scheme === 'http' && port === '80') || (scheme === 'https' && port === '443');
  return !isDefault && /^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65_535;
}

/** Names as browsers write them, and addresses in their one form. */
function isHost(host: string, hasStar: boolean): boolean {
  const last = host.replace(/\.$/, '').split('.').at(-1) ?? '';
  if (!host.startsWith('[') && !/^\d/.test(last)) return !/(^|\.)(\.|-)|-(\.|$)|\.\.|_/.test(host);
  return !hasStar && URL.canParse(`http://${host}`) && new URL(`http://${host}`).hostname === host;
}

/** Neither https nor this machine; names below `localhost` count since 0.14.0. */
function isInsecure(scheme: string, host: string, version: string | undefined): boolean {
  if (scheme === 'https' || /^127\.|^\[::1\]$/.test(host)) return false;
  const isOld = version !== undefined && isBefore(version, '0.14.0');
  return isOld ? host !== 'localhost' : !/^(.+\.)?localhost\.?$/.test(host);
}

/** `https://*.example.com` lets in every name below it, `:*` every port and none. */
function wildcard(text: string): Pattern | undefined {
  const [, scheme, star, host, port] = parts.exec(text) ?? [];
  if (scheme === undefined || host === undefined || (star === undefined && port !== '*')) return undefined;
  const escaped = (one: string): string => one.replaceAll(/[\\^$.+*?()[\]{}|/-]/g, '\\$&');
  const names = star === undefined ? '' : '(?:[a-z0-9_\\-]+\\.)+';
  const end = port === undefined ? '' : port === '*' ? '(?::\\d+)?' : `:${port}`;
  return { source: `${escaped(scheme)}:\\/\\/${names}${escaped(host)}${end}`, flags: '', dialect: 'go', mode: 'full' };
}

const packageName = 'github.com/jub0bs/cors';
const { optionsOf } = goCorsPackage([packageName], { type: 'Config', maker: 'NewMiddleware' });

export const framework = defineCorsLibrary({
  id: 'jub0bs-cors',
  title: 'jub0bs/cors (Go)',
  documentation: 'https://pkg.go.dev/github.com/jub0bs/cors#Config',
  reads: '`cors.NewMiddleware(cors.Config{…})`, with what it refuses; wildcards for names and ports',
  mentions: ['jub0bs/cors'],
  languages: ['go'],
  uses: [
    {
      packageName,
      title: 'jub0bs/cors',
      options: optionsOf('NewMiddleware'),
      table: (version) => ({ ...jub0bsCors, switched: (options) => switchedBy(options, version) }),
      refine: (policy, { place }, { version }) => refusedSettings(starred(policy, place.value), place.value, version),
    },
  ],
});

/** Without credentials a star goes out as it is; with them what is asked for does. */
function starred(policy: Policy, options: Value | undefined): Policy {
  if (isTrue(options, 'Credentialed')) return policy;
  const headers = textsOf(options, 'RequestHeaders');
  const isAuthorized = headers.some((name) => name.toLowerCase() === 'authorization');
  const texts: Readonly<Record<string, string | undefined>> = {
    'access-control-allow-methods': textsOf(options, 'Methods').includes('*') ? '*' : undefined,
    // A star does not cover it.
    'access-control-allow-headers': headers.includes('*') ? (isAuthorized ? '*,authorization' : '*') : undefined,
  };
  return {
    ...policy,
    headers: policy.headers.map((rule): HeaderRule => {
      const text = Object.hasOwn(texts, rule.name) ? texts[rule.name] : undefined;
      if (text === undefined) return rule;
      const when = rule.name === 'access-control-allow-headers' ? all([rule.when, not(noHeadersRequested)]) : rule.when;
      return { ...rule, value: { kind: 'text', text }, when };
    }),
  };
}

const forbiddenMethods = /^(connect|trace|track)$/i;

/** Wildcards, names and ages that the package refuses. */
function refusedSettings(policy: Policy, options: Value | undefined, version: string | undefined): Policy {
  if (options?.kind !== 'dict' || policy.refusesToStart !== undefined) return policy;
  const age = dictEntry(options, 'MaxAgeInSeconds')?.value;
  const isTooOld = age?.kind === 'number' && (age.value < -1 || age.value > 86_400);
  const isExposed = isTrue(options, 'Credentialed') && textsOf(options, 'ResponseHeaders').includes('*');
  const isForbidden = textsOf(options, 'Methods').some((name) => forbiddenMethods.test(name));
  const [reason] = [
    ...textsOf(options, 'Origins').flatMap((text) => (wildcard(text) && refusal(text, options, version)) ?? []),
    ...(isTooOld ? [`a maximum age is -1 to 86400 seconds, and ${error}`] : []),
    ...(isExposed ? [`a star for exposed headers does not go with credentials, and ${error}`] : []),
    ...(isForbidden ? [`pages cannot use one of the methods, and ${error}`] : []),
  ];
  return reason === undefined ? policy : { ...policy, headers: [], refusesToStart: reason };
}
