/** What the services of Amazon make of a map of CORS settings: HTTP APIs, function URLs, CloudFront. */
import type { SourceRange } from '../../../syntax/range.ts';
import type { TreeDocument, TreeEntry, TreeMap, TreeNode } from '../../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../../policy/policy.ts';
import { servicePolicy } from '../../../models/services/service-policy.ts';
import { wildcardPattern } from '../../../models/services/wildcard-pattern.ts';
import type { ServicePolicyInput, CorsService } from '../../../models/services/cors-service.ts';
import {
  entryOf,
  isPlaceholder,
  isTrue,
  removeItem,
  textNodesOf,
  unknownKeys,
  valueAt,
} from '../../../edits/tree-edits.ts';

/** The templates, OpenAPI definitions and deployment tools have different names for the same settings. */
export interface CorsNames {
  readonly origins: string;
  readonly credentials: string;
  readonly methods: string;
  readonly allowedHeaders: string;
  readonly exposedHeaders: string;
  readonly maxAge: string;
}

export const templateNames: CorsNames = {
  origins: 'AllowOrigins',
  credentials: 'AllowCredentials',
  methods: 'AllowMethods',
  allowedHeaders: 'AllowHeaders',
  exposedHeaders: 'ExposeHeaders',
  maxAge: 'MaxAge',
};

/** Of HTTP APIs in definitions and in programs that deploy them. */
export const apiNames: CorsNames = {
  origins: 'allowOrigins',
  credentials: 'allowCredentials',
  methods: 'allowMethods',
  allowedHeaders: 'allowHeaders',
  exposedHeaders: 'exposeHeaders',
  maxAge: 'maxAge',
};

export interface AwsCorsInput {
  readonly document: TreeDocument;
  readonly framework: string;
  /** The key that holds the settings, or `true`. */
  readonly entry: TreeEntry;
  readonly names: CorsNames;
  readonly scope: string;
  /** Without a key for origins everybody is let in. */
  readonly openByDefault: boolean;
  /** A key that it does not know makes the deployment fail. */
  readonly rejectsUnknown: boolean;
  readonly reference?: ServicePolicyInput['reference'];
  /** Finds the node that a value stands for, where that is written somewhere else. */
  readonly resolve?: (node: TreeNode) => TreeNode;
  /** What the tool that writes the settings for the service fills in. */
  readonly defaults?: CorsService['defaults'];
  /** The tool refuses to have preflights of a function URL kept for longer than the service does. */
  readonly refusesLongTimes?: boolean;
  /** What the tool says where it refuses `*` beside credentials. */
  readonly refusal?: string;
}

/** `https://*` and `http://*` are the only wildcards beside `*`. */
const httpApi: Omit<CorsService, 'framework'> = {
  title: 'an API Gateway HTTP API',
  origin: (text) => (text === '*' ? 'any' : /^https?:\/\/\*$/.test(text) ? wildcardPattern(text) : 'exact'),
  open: 'literal',
  credentials: 'setting',
  anyHeader: 'literal',
  strictPreflight: false,
  preflightStatus: { allowed: 204, refused: 204 },
  vary: 'unknown',
};

/** What a function URL sends for `*` beside credentials is not documented. */
const functionUrl: Omit<CorsService, 'framework'> = {
  title: 'a Lambda function URL',
  origin: (text) => (text === '*' ? 'any' : 'exact'),
  open: 'unknown-with-credentials',
  credentials: 'setting',
  anyHeader: 'reflect',
  strictPreflight: false,
  preflightStatus: { allowed: 200, refused: 200 },
  vary: 'unknown',
};

/** Wildcards stand for the leftmost label; texts without a scheme, and what is sent for `*` beside credentials, are left open. */
export const cloudFront: CorsService = {
  framework: 'cloudformation',
  title: 'a CloudFront response headers policy',
  origin: (text) =>
    text === '*'
      ? 'any'
      : /^https?:\/\/\*\.[^*/]+$/.test(text)
        ? wildcardPattern(text)
        : /^https?:\/\/[^*]+$/.test(text)
          ? 'exact'
          : 'unknown',
  open: 'unknown-with-credentials',
  credentials: 'setting',
  anyHeader: 'literal',
  strictPreflight: false,
  preflightStatus: { allowed: null, refused: null },
  vary: 'unknown',
  methodWords: { ALL: ['GET', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'] },
};

/** CORS of an HTTP API. A `*` beside credentials is refused when it is deployed. */
export function httpApiPolicy(input: AwsCorsInput): Policy {
  const { origins, credentials } = entriesIn(input);
  const open = origins === undefined ? input.openByDefault : textsOf(origins.value).includes('*');
  const refused = open && credentials !== undefined && isTrue(credentials.value);
  return mapPolicy(
    input,
    { ...httpApi, framework: input.framework },
    refused ? (input.refusal ?? "allow-credentials is not supported if 'allow-origin' is *") : undefined,
  );
}

/** CORS of a function URL. No method may be longer than six letters, since preflights need not be listed. */
export function functionUrlPolicy(input: AwsCorsInput): Policy {
  const { methods, maxAge } = entriesIn(input);
  const seconds = input.refusesLongTimes && maxAge?.value.kind === 'scalar' ? Number(maxAge.value.value) : 0;
  const refused =
    seconds > 86_400
      ? `FunctionUrl CORS maxAge should be less than or equal to 86400 secs (got ${seconds})`
      : undefined;
  const rejected = textNodesOf(methods?.value)
    .filter(({ value }) => value.length > 6 && !isPlaceholder(value))
    .map((node): Fact => ({
      kind: 'rejected-value',
      what: 'method',
      text: node.value,
      range: node.range,
      explanation: 'A function URL takes methods of at most six letters; preflights are answered anyway.',
      ...(node.parent?.kind === 'list' &&
        node.parent.items.length > 1 && { remove: () => removeItem(input.document, node) }),
    }));
  return mapPolicy(input, { ...functionUrl, framework: input.framework }, refused, rejected);
}

/** How names are written in templates, in programs of JavaScript and in those of Python. */
type Spelling = 'capital' | 'small' | 'snake';
const spellings: Readonly<Record<Spelling, (name: string) => string>> = {
  capital: (name) => name,
  small: (name) => name.charAt(0).toLowerCase() + name.slice(1),
  snake: (name) => name.replaceAll(/(?<!^)[A-Z]/g, '_$&').toLowerCase(),
};

/** `CorsConfig` of a response headers policy, whose lists may stand one level deeper; programs begin its names with a small letter. */
export function cloudFrontPolicy(
  document: TreeDocument,
  framework: string,
  map: TreeMap,
  scope: string,
  reference: ServicePolicyInput['reference'],
  spelling: Spelling = 'capital',
): Policy {
  const spelled = spellings[spelling];
  const of = (name: string): TreeEntry | undefined => entryOf(map, spelled(`AccessControl${name}`));
  const list = (name: string): TreeEntry | undefined => {
    const entry = of(name);
    return entryOf(entry?.value, spelled('Items')) ?? entry;
  };
  return servicePolicy({
    service: { ...cloudFront, framework },
    document,
    reference,
    scope,
    keys: {
      map,
      originsKey: spelled('AccessControlAllowOrigins'),
      origins: list('AllowOrigins'),
      credentials: of('AllowCredentials'),
      methods: list('AllowMethods'),
      allowedHeaders: list('AllowHeaders'),
      exposedHeaders: list('ExposeHeaders'),
      maxAge: of('MaxAgeSec') ?? of('MaxAge'),
    },
  });
}

/** The CDK's `Cors.ALL_METHODS` and `Cors.DEFAULT_HEADERS`, which also count without the options. */
export const restMethods: readonly string[] = ['OPTIONS', 'GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD'];
export const restHeaders: readonly string[] = [
  'Content-Type',
  'X-Amz-Date',
  'Authorization',
  'X-Api-Key',
  'X-Amz-Security-Token',
  'X-Amz-User-Agent',
];

/** A REST API's OPTIONS method as the CDK writes it: the caller's origin where it is listed, else the first of the list. */
const restPreflight: Omit<CorsService, 'framework'> = {
  title: 'an API Gateway REST API',
  origin: (text) => (text === '*' ? 'any' : 'exact'),
  open: 'literal',
  credentials: 'setting',
  anyHeader: 'literal',
  strictPreflight: false,
  preflightStatus: { allowed: 204, refused: 204 },
  vary: 'allowed',
  preflightsOnly: true,
  strangers: 'first-origin',
  methodWords: { ANY: restMethods },
  defaults: { methods: restMethods, headers: restHeaders },
};

/**
 * `defaultCorsPreflightOptions` and `addCorsPreflight`, as the templates of aws-cdk-lib have it. What the functions
 * send themselves stands elsewhere.
 */
export function restPreflightPolicy(input: AwsCorsInput): Policy {
  const { map, origins } = entriesIn(input);
  const texts = textsOf(origins?.value);
  const mixed =
    texts.includes('*') && texts.length > 1
      ? `Invalid "allowOrigins" - cannot mix "*" with specific origins: ${texts.join(',')}`
      : undefined;
  const status = valueAt(map, 'statusCode') ?? valueAt(map, 'status_code');
  const code =
    status === undefined ? 204 : status.kind === 'scalar' && typeof status.value === 'number' ? status.value : null;
  const uncached = isTrue(valueAt(map, 'disableCache')) || isTrue(valueAt(map, 'disable_cache'));
  return mapPolicy(
    input,
    {
      ...restPreflight,
      framework: input.framework,
      preflightStatus: { allowed: code, refused: code },
      // The CDK sends Vary where the first origin is one.
      ...(texts[0] === '*' && { vary: 'never' }),
      ...(uncached && { defaults: { ...restPreflight.defaults, maxAge: '-1' } }),
    },
    mixed,
  );
}

function entriesIn({
  entry,
  names,
  resolve = (node) => node,
}: AwsCorsInput): Record<keyof CorsNames, TreeEntry | undefined> & { map: TreeMap | undefined } {
  const value = resolve(entry.value);
  const of = (name: string): TreeEntry | undefined => {
    const found = entryOf(value, name);
    return found && { ...found, value: resolve(found.value) };
  };
  return {
    map: value.kind === 'map' ? value : undefined,
    origins: of(names.origins),
    credentials: of(names.credentials),
    methods: of(names.methods),
    allowedHeaders: of(names.allowedHeaders),
    exposedHeaders: of(names.exposedHeaders),
    maxAge: of(names.maxAge),
  };
}

function mapPolicy(
  input: AwsCorsInput,
  service: CorsService,
  refusesToStart: string | undefined,
  facts: readonly Fact[] = [],
): Policy {
  const { document, names, entry, openByDefault, rejectsUnknown } = input;
  const { map, ...entries } = entriesIn(input);
  const misspelt = map
    ? unknownKeys(
        document,
        map,
        Object.values(names),
        foreignNames(names),
        (suggestion) => openByDefault && !rejectsUnknown && suggestion === names.origins,
        rejectsUnknown,
      )
    : [];
  return servicePolicy({
    service: { ...service, ...(input.defaults && { defaults: input.defaults }) },
    document,
    reference: input.reference,
    scope: input.scope,
    keys: {
      map,
      ...entries,
      originsKey: names.origins,
      ...(openByDefault && entries.origins === undefined && { openWithout: entry }),
    },
    facts: [...misspelt, ...facts, ...missingOrigins(map, entry.keyRange, names, misspelt)],
    ...(refusesToStart !== undefined && { refusesToStart }),
  });
}

/** The words that other tools have for these settings. */
function foreignNames(names: CorsNames): Readonly<Record<string, string>> {
  const words: readonly (readonly [keyof CorsNames, readonly string[]])[] = [
    ['origins', ['origin', 'origins', 'alloworigin', 'alloworigins', 'allowedorigin', 'allowedorigins']],
    ['credentials', ['credentials', 'allowcredentials', 'supportcredentials', 'supportscredentials']],
    ['methods', ['method', 'methods', 'allowmethods', 'allowedmethods']],
    ['allowedHeaders', ['headers', 'allowheaders', 'allowedheaders']],
    ['exposedHeaders', ['exposeheaders', 'exposedheaders', 'exposedresponseheaders']],
    ['maxAge', ['maxage', 'maxageseconds', 'maxageinseconds']],
  ];
  return Object.fromEntries(words.flatMap(([role, all]) => all.map((word) => [word, names[role]])));
}

function missingOrigins(
  map: TreeMap | undefined,
  range: SourceRange,
  names: CorsNames,
  misspelt: readonly Fact[],
): Fact[] {
  if (
    map === undefined ||
    map.open ||
    map.entries.length === 0 ||
    entryOf(map, names.origins) ||
    misspelt.some((fact) => fact.kind === 'unknown-option' && fact.suggestion === names.origins)
  )
    return [];
  return [{ kind: 'no-origin-configured', range, set: map.entries.map(({ key }) => key) }];
}

function textsOf(node: TreeNode | undefined): string[] {
  return textNodesOf(node).map(({ value }) => value);
}
