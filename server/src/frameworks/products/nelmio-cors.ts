/**
 * NelmioCorsBundle of Symfony: `nelmio_cors` with defaults and paths. The caller's own origin is sent to whoever is let in,
 * also by `*`. What is not set for a path, or is empty there, comes from the defaults.
 */
import type { TreeDocument, TreeEntry, TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import type { CorsService, ServicePolicyInput } from '../../models/services/cors-service.ts';
import { requestedHeaders, requestedMethod } from '../../models/services/service-names.ts';
import { all, always as everybody, never, not, originPresent, some } from '../../policy/request-test.ts';
import { originSource } from '../../models/services/service-origins.ts';
import { policiesHere, withGiven } from '../../models/services/given-values.ts';
import type { References } from '../../models/services/given-values.ts';
import { defineFramework } from '../../models/framework.ts';
import type { FrameworkContext } from '../../models/framework.ts';
import { isDevelopmentProfile } from '../../models/services/property-settings.ts';
import { entriesOf, entryOf, isTrue, textNodesOf, textOf, unknownKeys, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'nelmio-cors',
  title: 'NelmioCorsBundle (Symfony)',
  documentation: 'https://symfony.com/bundles/NelmioCorsBundle/current/index.html',
  reads: '`nelmio_cors` with `defaults` and `paths`, also of one environment (`when@prod`); what `.env` gives to it',
  mentions: ['nelmio_cors', 'cors'],
  shape: 'tree',
  formats: ['yaml', 'env'],
  read(document, context) {
    return {
      policies: document.format === 'env' ? givenPolicies(document, context) : policiesOf(document),
      facts: [],
    };
  },
});

function policiesOf(document: TreeDocument): Policy[] {
  const { root, path } = document;
  const folder = /\/packages\/(\w+)\/[^/]+$/.exec(path)?.[1];
  const places = [
    { settings: valueAt(root, 'nelmio_cors'), environment: folder },
    ...entriesOf(root)
      .filter(({ key }) => key.startsWith('when@'))
      .map(({ key, value }) => ({ settings: valueAt(value, 'nelmio_cors'), environment: key.slice('when@'.length) })),
  ];
  return places.flatMap(({ settings, environment }) =>
    readSettings(
      settings,
      environment !== undefined && isDevelopmentProfile(environment) ? 'development' : 'application',
      document,
    ),
  );
}

const settingsFiles = ['config/packages/nelmio_cors.yaml', 'config/packages/nelmio_cors.yml'];
const references: References = {
  whole: (node) => /^%env\((?:(?:string|resolve):)?(\w+)\)%$/.exec(textOf(node)?.trim() ?? '')?.[1],
};

/**
 * What the `.env` of the project gives to the settings: Symfony takes it where the environment itself has nothing. A file that says
 * another environment than `prod` is the one that developers begin with.
 * https://symfony.com/doc/current/configuration.html#configuring-environment-variables-in-env-files
 */
function givenPolicies(document: TreeDocument, context: FrameworkContext): Policy[] {
  const [, profile] = /(?:^|\/)\.env(?:\.(\w+))?$/.exec(document.path) ?? [];
  const environment = profile ?? textOf(valueAt(document.root, 'APP_ENV')) ?? 'dev';
  const found = settingsFiles.map((file) => context.document(file)).find((one) => one?.shape === 'tree');
  if (found?.shape !== 'tree' || found.root === undefined || environment !== 'prod') return [];
  const root = withGiven(found.root, found.path, references, (name) => entryOf(document.root, name));
  return policiesHere(policiesOf({ ...document, root, roots: [root], comments: [] }), 'nelmio-cors');
}

const names = [
  'allow_credentials',
  'allow_origin',
  'allow_headers',
  'allow_methods',
  'allow_private_network',
  'expose_headers',
  'max_age',
  'hosts',
  'origin_regex',
  'forced_allow_origin_value',
  'skip_same_as_origin',
];
const foreign: Readonly<Record<string, string>> = {
  origin: 'allow_origin',
  origins: 'allow_origin',
  alloworigins: 'allow_origin',
  allowedorigins: 'allow_origin',
  headers: 'allow_headers',
  allowedheaders: 'allow_headers',
  methods: 'allow_methods',
  allowedmethods: 'allow_methods',
  exposedheaders: 'expose_headers',
  credentials: 'allow_credentials',
  allowedcredentials: 'allow_credentials',
  originregexp: 'origin_regex',
};

const service: Omit<CorsService, 'origin'> = {
  framework: 'nelmio-cors',
  title: 'NelmioCorsBundle',
  placeholder: /%\w+(\(|%)/,
  open: 'reflect',
  credentials: 'setting',
  anyHeader: 'reflect',
  capitals: true,
  strictPreflight: false,
  // The bundle answers preflights itself, also those of strangers.
  preflightStatus: { allowed: 200, refused: 200 },
  vary: 'unknown',
};

/** Texts are compared exactly, or are patterns that may fit anywhere, whatever the letter case. */
function serviceFor(isPattern: boolean): CorsService {
  return {
    ...service,
    ...(isPattern && {
      writePattern: (source: string) => source,
      writeOrigin: (origin: string) => `^${originSource(origin)}$`,
    }),
    origin: (text) =>
      text === '*' ? 'any' : isPattern ? { source: text, flags: 'i', dialect: 'pcre', mode: 'search' } : 'exact',
  };
}

/** One value for every answer, whatever the list says. */
const sameForAll: CorsService = {
  ...service,
  origin: (text) => (text === '*' ? 'any' : 'exact'),
  open: 'literal',
  strangers: 'first-origin',
  writeOrigins: ([origin]) => origin!,
};

function readSettings(settings: TreeNode | undefined, purpose: Policy['purpose'], document: TreeDocument): Policy[] {
  const defaults = valueAt(settings, 'defaults');
  const base = defaults?.kind === 'map' ? defaults : undefined;
  const paths = entriesOf(valueAt(settings, 'paths')).flatMap(({ key, value }) =>
    value.kind === 'map' ? [{ key, map: value }] : [],
  );
  const ofDefaults = base ? readBlock(base, undefined, 'every path', purpose, document) : [];
  if (ofDefaults.some(({ refusesToStart }) => refusesToStart !== undefined)) return ofDefaults;
  return [...ofDefaults, ...paths.flatMap(({ key, map }) => readBlock(map, base, key, purpose, document))];
}

/** The container is not built with defaults that expose everything to requests with cookies; paths are not looked at. */
function refusal(defaults: TreeMap): string | undefined {
  const exposed = textNodesOf(entryOf(defaults, 'expose_headers')?.value);
  return isTrue(entryOf(defaults, 'allow_credentials')?.value) && exposed.some(({ value }) => value === '*')
    ? 'expose_headers with "*" beside allow_credentials in the defaults throws, and the application does not start'
    : undefined;
}

function readBlock(
  map: TreeMap,
  defaults: TreeMap | undefined,
  scope: string,
  purpose: Policy['purpose'],
  document: TreeDocument,
): Policy[] {
  const inForce = (key: string): TreeEntry | undefined => {
    const own = entryOf(map, key);
    return own && !isEmpty(own.value) ? own : (entryOf(defaults, key) ?? own);
  };
  const misspelt = unknownKeys(document, map, names, foreign, undefined, true);
  const forced = inForce('forced_allow_origin_value');
  const isForced = forced?.value.kind === 'scalar' && !isEmpty(forced.value);
  if (isForced && service.placeholder!.test(String(textOf(forced.value)))) return [];
  const allowed = inForce('allow_origin');
  const origins = isForced ? forced : allowed;
  if (origins === undefined && misspelt.length === 0) return [];
  return [
    withStatuses({
      service: isForced ? sameForAll : serviceFor(isTrue(inForce('origin_regex')?.value)),
      document,
      scope,
      purpose,
      keys: {
        map,
        originsKey: 'allow_origin',
        origins,
        credentials: isForced && !namesForced(allowed, forced) ? undefined : inForce('allow_credentials'),
        methods: inForce('allow_methods'),
        allowedHeaders: inForce('allow_headers'),
        exposedHeaders: inForce('expose_headers'),
        maxAge: inForce('max_age'),
      },
      refusesToStart: defaults === undefined ? refusal(map) : undefined,
      facts: misspelt,
    }),
  ];
}

/** Of a real request credentials are only sent to an origin that is in the list, too. */
function namesForced(allowed: TreeEntry | undefined, forced: TreeEntry): boolean {
  return textNodesOf(allowed?.value).some(({ value }) => value === '*' || value === textOf(forced.value));
}

/** A method that is not listed is answered with 405, and a header with 400. */
function withStatuses(input: ServicePolicyInput): Policy {
  const policy = servicePolicy(input);
  const { origins, methods, allowedHeaders } = policy.settings;
  const isForced = input.service === sameForAll;
  const letIn = isForced ? everybody : some(origins.value.map(({ accepts }) => accepts));
  const asked = all([originPresent, { kind: 'preflight' }, letIn]);
  const methodListed = input.keys.methods === undefined ? never : requestedMethod(methods);
  const { allowOnly } = policy.edits;
  if (policy.refusesToStart !== undefined) return { ...policy, headers: [] };
  return {
    ...policy,
    ...(isForced && {
      edits: {
        ...policy.edits,
        // One value can name one origin.
        allowOnly: (listed, placeholder) => (listed.length === 1 ? (allowOnly?.(listed, placeholder) ?? []) : []),
      },
    }),
    statuses: [
      { when: all([asked, not(methodListed)]), status: 405 },
      {
        when: all([asked, not(allowedHeaders?.value === null ? everybody : requestedHeaders(allowedHeaders))]),
        status: 400,
      },
      ...policy.statuses,
    ],
  };
}

/** What the bundle takes for not set: false, 0, an empty text or list. */
function isEmpty(node: TreeNode): boolean {
  return node.kind === 'list'
    ? node.items.length === 0
    : node.kind === 'scalar' && (node.value === null || node.value === false || node.value === 0 || node.value === '');
}
