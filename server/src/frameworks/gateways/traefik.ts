/** Traefik: the headers middleware, in dynamic configuration, as an object of Kubernetes, and in labels. */
import type { Edit } from '../../syntax/range.ts';
import type { TreeDocument } from '../../syntax/trees/tree.ts';
import type { Fact, HeaderRule, OriginEntry, Policy, PolicyEdits } from '../../policy/policy.ts';
import { always, unknown } from '../../policy/request-test.ts';
import { defineFramework } from '../../models/framework.ts';
import { oneByOne } from '../../models/in-steps.ts';
import { gatewayPolicy } from '../../models/gateways/gateway-policy.ts';
import { originEntries } from '../../models/gateways/gateway-origins.ts';
import type { GatewayCors } from '../../models/gateways/gateway-cors.ts';
import { headersOnTheWayIn } from '../../models/servers/request-headers.ts';
import { nearestName } from '../../edits/nearest-name.ts';
import { policyOfHeaders } from '../../models/static/proxied-headers.ts';
import type { SettingPlace } from '../../models/gateways/setting-places.ts';
import { knownText, patternPlace } from '../../models/gateways/setting-places.ts';
import type { TraefikHeaders } from './traefik-headers.ts';
import { fileHeaders, listSettings, objectHeaders } from './traefik-headers.ts';
import { labelHeaders } from './traefik-labels.ts';
import { routerFacts } from './traefik-routers.ts';
import { textOf, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'traefik',
  title: 'Traefik',
  documentation:
    'https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/headers/#cors-headers',
  reads:
    'the headers middleware (`accessControlAllowOriginList`, `…ListRegex`, `accessControlAllowCredentials`, ' +
    '`addVaryHeader`, `customResponseHeaders`): dynamic files, `kind: Middleware`, labels and tags',
  mentions: ['accesscontrol', 'access-control-'],
  shape: 'tree',
  formats: ['yaml', 'toml', 'json', 'hcl'],
  *read(document) {
    const version = composeVersion(document);
    const groups = [...fileHeaders(document), ...objectHeaders(document), ...labelHeaders(document, () => version)];
    const written = groups.flatMap(
      ({ custom, addCustom, name }) =>
        policyOfHeaders(custom, addCustom, {
          framework: 'traefik',
          title: 'Traefik',
          document,
          scope: `middleware ${name}`,
        }) ?? [],
    );
    const unreached = routerFacts(document, groups);
    const read = yield* oneByOne(groups, (group) => {
      const facts = unreached.get(group) ?? [];
      return readHeaders(group).map((policy) => ({ ...policy, facts: [...policy.facts, ...facts] }));
    });
    return { policies: [...read, ...written], facts: groups.flatMap(requestFacts) };
  },
});

function requestFacts({ onRequest, keys }: TraefikHeaders): Fact[] {
  const ways = { by: 'customRequestHeaders', instead: 'accessControlAllowOriginList' };
  return headersOnTheWayIn(onRequest.map((header) => ({ ...header, ...ways, group: keys })));
}

const known = [...listSettings, 'accessControlAllowCredentials', 'accessControlMaxAge', 'addVaryHeader'];
/** Words of the headers themselves, and of version 1. */
const foreign: Readonly<Record<string, string>> = {
  accesscontrolalloworigin: 'accessControlAllowOriginList',
  accesscontrolalloworigins: 'accessControlAllowOriginList',
  accesscontrolallowedorigins: 'accessControlAllowOriginList',
  accesscontrolalloworiginregex: 'accessControlAllowOriginListRegex',
  accesscontrolallowmethod: 'accessControlAllowMethods',
  accesscontrolallowheader: 'accessControlAllowHeaders',
  accesscontrolexposedheaders: 'accessControlExposeHeaders',
  accesscontrolcredentials: 'accessControlAllowCredentials',
};

/** From 3.6.22 and 3.7.6 on, `*` beside credentials is answered by the caller's own origin. */
const current: GatewayCors = {
  framework: 'traefik',
  title: 'Traefik',
  open: 'reflect-with-credentials',
  openToAll: true,
  inOrder: true,
  emptyWithoutOrigin: true,
  credentialsFor: 'everybody',
  vary: 'never',
  preflightHeaders: 'preflight',
  reflectsNames: false,
  defaults: { credentials: false },
  preflightStatus: { allowed: 200, refused: 200 },
};

/** One middleware; none where it says nothing of CORS. */
function readHeaders(headers: TraefikHeaders): Policy[] {
  const origins = headers.place('accessControlAllowOriginList');
  const patterns = patternPlace(headers.place('accessControlAllowOriginListRegex'), 'search');
  const credentials = headers.place('accessControlAllowCredentials');
  const methods = headers.place('accessControlAllowMethods');
  const listed = originEntries(origins?.texts ?? [], (text) => (text === '*' ? 'any' : 'exact'));
  const matched = originEntries(patterns?.texts ?? [], (source) => ({
    regex: { source, flags: '', dialect: 'go', mode: 'search' },
  }));
  const entries: OriginEntry[] = [...listed, ...matched];
  const facts = misspelt(headers);
  if (entries.length === 0 && credentials === undefined && methods === undefined && facts.length === 0) return [];
  const policy = gatewayPolicy({
    gateway: gatewayOf(headers),
    ...(headers.version !== undefined && { version: headers.version }),
    range: headers.range,
    scope: `middleware ${headers.name}`,
    entries,
    origins: origins ?? patterns,
    credentials,
    methods,
    allowedHeaders: headers.place('accessControlAllowHeaders'),
    exposedHeaders: headers.place('accessControlExposeHeaders'),
    maxAge: headers.place('accessControlMaxAge'),
    partial: headers.open,
    onlyWhen: headers.open && entries.length === 0 ? unknown() : always,
    facts: [...facts, ...missingOrigins(headers, entries, facts)],
  });
  const dropsStars = isCurrent(headers) && knownText(credentials) === 'true';
  return [
    {
      ...policy,
      headers: policy.headers.filter((rule) => !dropsStars || !isDropped(rule)),
      edits: withVary(policy.edits, headers, () => closedPatterns(origins, patterns, matched)),
    },
  ];
}

/** What the version answers, with what the middleware says of Vary and credentials. */
function gatewayOf(headers: TraefikHeaders): GatewayCors {
  const vary = knownText(headers.place('addVaryHeader'));
  const withVary = {
    ...current,
    vary: vary === 'true' ? 'not-on-preflights' : vary === null || headers.open ? 'upstream' : 'never',
  } as const;
  return isCurrent(headers)
    ? {
        ...withVary,
        exposesOnPreflights: true,
        reflectsNames: knownText(headers.place('accessControlAllowCredentials')) === 'true',
      }
    : { ...withVary, exposesOnPreflights: false, open: 'literal', defaults: { ...current.defaults, maxAge: '0' } };
}

function isCurrent({ version }: TraefikHeaders): boolean {
  return version === undefined || reflects(version);
}

/** A list of origins needs Vary, which Traefik adds where a setting says so. */
function withVary(edits: PolicyEdits, headers: TraefikHeaders, closePatterns: () => Edit[]): PolicyEdits {
  const written = headers.place('addVaryHeader');
  const addVary = (): Edit[] => written?.write(['true']) ?? headers.insert('addVaryHeader', true);
  const { allowOnly } = edits;
  return {
    ...edits,
    addVaryOrigin: addVary,
    ...(allowOnly && {
      allowOnly: (allowed, placeholder) => {
        const closed = [...closePatterns(), ...allowOnly(allowed, placeholder)];
        return closed.length === 0 || knownText(written) === 'true' ? closed : [...closed, ...addVary()];
      },
    }),
  };
}

/** Beside credentials, a list of exposed headers with `*` in it is not sent any more. */
function isDropped({ name, value }: HeaderRule): boolean {
  return name === 'access-control-expose-headers' && value.kind === 'text' && value.text.split(', ').includes('*');
}

/** Beside a list of origins, a pattern that lets everybody in goes too. */
function closedPatterns(
  origins: SettingPlace | undefined,
  patterns: SettingPlace | undefined,
  matched: readonly OriginEntry[],
): Edit[] {
  return origins && patterns && matched.some(({ text }) => /^\^?\(?\.[*+]\)?\$?$/.test(text ?? ''))
    ? patterns.remove()
    : [];
}

function reflects(version: string): boolean {
  const [major = 0, minor, patch] = version.split('.').map(Number);
  if (major !== 3 || minor === undefined) return major > 3 || major === 3;
  return minor > 7 || (minor === 7 && (patch ?? 99) >= 6) || (minor === 6 && (patch ?? 99) >= 22);
}

function misspelt(headers: TraefikHeaders): Fact[] {
  return headers.keys.flatMap(({ name, range }): Fact[] => {
    const same = (other: string): boolean => other.toLowerCase() === name.toLowerCase();
    if (known.some(same) || !/^access|^addvary/i.test(name)) return [];
    const suggestion = foreign[name.toLowerCase().replaceAll('-', '')] ?? nearestName(name, known);
    if (suggestion === undefined || headers.place(suggestion)) return [];
    return [
      {
        kind: 'unknown-option',
        name,
        suggestion,
        range,
        opens: false,
        rejected: true,
        rename: () => [{ range, newText: /[A-Z]/.test(name) ? suggestion : suggestion.toLowerCase() }],
      },
    ];
  });
}

function missingOrigins(headers: TraefikHeaders, entries: readonly OriginEntry[], misspelt: readonly Fact[]): Fact[] {
  if (entries.length > 0 || headers.open || misspelt.length > 0) return [];
  const set = headers.keys
    .map(({ name }) => name)
    .filter((name) => known.some((other) => other.toLowerCase() === name.toLowerCase()));
  return set.length === 0
    ? []
    : [
        {
          kind: 'no-origin-configured',
          range: headers.range,
          set,
          why: 'Without a list of origins Traefik lets nobody in, and answers every preflight itself.',
          addOrigins: (origins, placeholder) => headers.insert('accessControlAllowOriginList', origins, placeholder),
        },
      ];
}

/** The version that the image of Traefik in the same compose file has: `traefik:v3.6.2`. */
function composeVersion({ roots }: TreeDocument): string | undefined {
  for (const root of roots) {
    const services = valueAt(root, 'services');
    if (services?.kind !== 'map') continue;
    for (const { value } of services.entries) {
      const tag = /(?:^|\/)traefik:v?(\d+(?:\.\d+){0,2})/.exec(textOf(valueAt(value, 'image')) ?? '')?.[1];
      if (tag !== undefined) return tag;
    }
  }
  return undefined;
}
