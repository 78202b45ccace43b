/** CORS settings of the Serverless Framework: events and URLs of functions, the HTTP API of the provider, and its own resources. */
import type { TreeDocument, TreeEntry, TreeMap, TreeNode } from '../../../syntax/trees/tree.ts';
import type { Fact, Policy, PolicyEdits } from '../../../policy/policy.ts';
import type { Pattern } from '../../../policy/request-test.ts';
import { functionUrlPolicy, httpApiPolicy } from './aws-cors-services.ts';
import type { AwsCorsInput, CorsNames } from './aws-cors-services.ts';
import { servicePolicy } from '../../../models/services/service-policy.ts';
import type { CorsService } from '../../../models/services/cors-service.ts';
import { authorizerFacts } from './cloudformation-authorizers.ts';
import { templateFacts } from './cloudformation-places.ts';
import { eventFacts } from './serverless-events.ts';
import { readTemplate } from './cloudformation-resources.ts';
import { defineFramework } from '../../../models/framework.ts';
import { fallbackOf, resolveSelf, withIncludes } from './serverless-variables.ts';
import {
  entriesOf,
  entryOf,
  isTrue,
  mapsOf,
  textNodesOf,
  textOf,
  unknownKeys,
  valueAt,
} from '../../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'serverless',
  title: 'Serverless Framework',
  documentation: 'https://www.serverless.com/framework/docs/providers/aws/events/apigateway#enabling-cors',
  reads: '`http.cors` of events, `provider.httpApi.cors`, `url.cors` of functions, and resources as in CloudFormation',
  mentions: ['cors', 'access-control-'],
  shape: 'tree',
  formats: ['json', 'yaml'],
  read: (file, context) => serviceIn(withIncludes(file, context)),
});

/** All that a service says of CORS, whatever file or program holds it; nothing where the document is none. */
export function serviceIn(document: TreeDocument): { readonly policies: Policy[]; readonly facts: Fact[] } {
  if (!isService(document)) return { policies: [], facts: [] };
  const functions = functionsOf(valueAt(document.root, 'functions'));
  const methods = methodsByPath(functions, document);
  return {
    policies: [
      ...providerHttpApi(document),
      ...functions.flatMap(({ name, map }) => [
        ...eventPolicies(name, map, document, methods),
        ...urlPolicies(name, map, document),
      ]),
      ...templatesOf(valueAt(document.root, 'resources')).flatMap((template) =>
        readTemplate(template, document, 'serverless'),
      ),
    ],
    facts: [
      ...eventFacts(
        functions.map(({ map }) => map),
        document,
      ),
      ...templatesOf(valueAt(document.root, 'resources')).flatMap((template) => [
        ...authorizerFacts(template, document),
        ...templateFacts(template, document),
      ]),
    ],
  };
}

const names: CorsNames = {
  origins: 'allowedOrigins',
  credentials: 'allowCredentials',
  methods: 'allowedMethods',
  allowedHeaders: 'allowedHeaders',
  exposedHeaders: 'exposedResponseHeaders',
  maxAge: 'maxAge',
};
const restKeys = ['origin', 'origins', 'headers', 'methods', 'allowCredentials', 'maxAge', 'cacheControl'];
const restForeign: Readonly<Record<string, string>> = {
  alloworigin: 'origin',
  allowedorigin: 'origin',
  alloworigins: 'origins',
  allowedorigins: 'origins',
  allowheaders: 'headers',
  allowedheaders: 'headers',
  allowmethods: 'methods',
  allowedmethods: 'methods',
  credentials: 'allowCredentials',
};

/** One origin is a constant, whatever letters it has; `*` and credentials go out side by side. */
const constant: CorsService = {
  framework: 'serverless',
  title: 'an API Gateway REST API',
  origin: (text) => (text === '*' ? 'any' : 'exact'),
  open: 'literal',
  credentials: 'setting',
  anyHeader: 'literal',
  strictPreflight: false,
  preflightStatus: { allowed: 200, refused: 200 },
  vary: 'never',
  preflightsOnly: true,
  strangers: 'first-origin',
  methodWords: { ANY: ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'] },
  commas: true,
};
/** What is allowed without the key for headers. */
const urlHeaders = [
  'Content-Type',
  'X-Amz-Date',
  'Authorization',
  'X-Api-Key',
  'X-Amz-Security-Token',
  'X-Amzn-Trace-Id',
];
const apiHeaders = [...urlHeaders.slice(0, 5), 'X-Amz-User-Agent', 'X-Amzn-Trace-Id'];

/** Several are matched one by one, and the caller's own origin is sent back: `*` among them lets in and names everybody. */
const matched: CorsService = {
  ...constant,
  origin: (text) => (text === '*' ? 'any' : text.includes('*') ? wildcard(text) : 'exact'),
  open: 'reflect',
};

/** Only dots are escaped, and only the first star is more than a repetition of what stands before it. */
function wildcard(text: string): Pattern {
  return { source: text.replaceAll('.', '[.]').replace('*', '.+'), flags: '', dialect: 'java', mode: 'full' };
}

function isService({ root, path }: TreeDocument): boolean {
  const provider = valueAt(root, 'provider');
  const named = textOf(valueAt(provider, 'name')) === 'aws' || textOf(provider) === 'aws';
  return (
    (named && (entryOf(root, 'service') ?? entryOf(root, 'functions') ?? entryOf(root, 'resources')) !== undefined) ||
    (/(^|\/)serverless[^/]*$/.test(path) && provider !== undefined)
  );
}

/** A map of functions, or a list of such maps. */
function functionsOf(node: TreeNode | undefined): { readonly name: string; readonly map: TreeMap }[] {
  if (node?.kind === 'list') return mapsOf(node).flatMap(functionsOf);
  return entriesOf(node).flatMap(({ key, value }) => (value.kind === 'map' ? [{ name: key, map: value }] : []));
}

/** The template of `resources`, or each of a list of them. */
function templatesOf(node: TreeNode | undefined): TreeMap[] {
  return node?.kind === 'list' ? mapsOf(node) : node?.kind === 'map' ? [node] : [];
}

function providerHttpApi(document: TreeDocument): Policy[] {
  const entry = entryOf(valueAt(document.root, 'provider', 'httpApi'), 'cors');
  if (!switchedOn(entry, document)) return [];
  const defaults = { headers: apiHeaders, methods: 'unknown' } as const;
  return [usedAt(entry, httpApiPolicy({ ...inputOf(entry, document, 'the HTTP API'), defaults }))];
}

function urlPolicies(name: string, map: TreeMap, document: TreeDocument): Policy[] {
  const entry = entryOf(valueAt(map, 'url'), 'cors');
  if (!switchedOn(entry, document)) return [];
  const defaults = { headers: urlHeaders, methods: ['*'] };
  return [usedAt(entry, functionUrlPolicy({ ...inputOf(entry, document, `the URL of ${name}`), defaults }))];
}

/** Settings of another file are told where the service takes them. */
function usedAt({ keyRange }: TreeEntry, policy: Policy): Policy {
  return policy.range.path === undefined ? policy : { ...policy, range: keyRange };
}

interface HttpEvent {
  readonly cors: TreeEntry;
  readonly method: string | undefined;
  readonly path: string | undefined;
  /** The gateway writes the answer itself, and not the function. */
  readonly integrated: boolean;
}

function httpEventsOf(map: TreeMap, document: TreeDocument): HttpEvent[] {
  return mapsOf(valueAt(map, 'events')).flatMap((event) => {
    const http = valueAt(event, 'http');
    const cors = entryOf(http, 'cors');
    return switchedOn(cors, document)
      ? [
          {
            cors,
            method: textOf(valueAt(http, 'method'))?.toUpperCase(),
            path: textOf(valueAt(http, 'path'))?.replace(/^\/|\/$/g, ''),
            integrated: /^(lambda|aws|http|mock)$/i.test(textOf(valueAt(http, 'integration')) ?? ''),
          },
        ]
      : [];
  });
}

/** One path has one answer to preflights, with the methods of all its events. */
function methodsByPath(
  functions: readonly { readonly map: TreeMap }[],
  document: TreeDocument,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { path, method } of functions.flatMap(({ map }) => httpEventsOf(map, document))) {
    if (path !== undefined && method !== undefined) found.set(path, [method, ...(found.get(path) ?? [])]);
  }
  return found;
}

/** The gateway answers preflights; what the function itself sends on its responses stands elsewhere. */
function eventPolicies(
  name: string,
  map: TreeMap,
  document: TreeDocument,
  methods: ReadonlyMap<string, readonly string[]>,
): Policy[] {
  return httpEventsOf(map, document).map(({ cors, method, path, integrated }) => {
    const scope = path === undefined ? name : `${method ?? 'ANY'} /${path}`;
    const listed = path === undefined ? [] : (methods.get(path) ?? []);
    return usedAt(cors, restPolicy(cors, document, scope, listed, integrated));
  });
}

function restPolicy(
  entry: TreeEntry,
  document: TreeDocument,
  scope: string,
  methods: readonly string[],
  integrated: boolean,
): Policy {
  const settings = resolveSelf(document, entry.value);
  const map = settings.kind === 'map' ? settings : undefined;
  const at = (key: string): TreeEntry | undefined => {
    const found = entryOf(map, key);
    return found && { ...found, value: resolveSelf(document, found.value) };
  };
  const origins = at('origins') ?? at('origin');
  const several =
    origins !== undefined && (origins.value.kind === 'list' || (textOf(origins.value)?.includes(',') ?? false));
  const policy = servicePolicy({
    // The methods of the events are always among them.
    service: {
      ...(several ? matched : constant),
      // Several origins go out as one text, which is said below.
      preflightsOnly: !integrated || several,
      // The one origin is the same for everybody, so that no answer depends on who asks.
      ...(integrated && !several && { vary: 'unknown' }),
      furtherMethods: ['OPTIONS', ...methods],
      defaults: { headers: apiHeaders, methods: methods.length === 0 ? 'unknown' : ['OPTIONS'] },
    },
    document,
    scope,
    reference: fallbackOf,
    keys: {
      map,
      originsKey: 'origin',
      origins,
      credentials: at('allowCredentials'),
      methods: at('methods'),
      allowedHeaders: at('headers'),
      exposedHeaders: undefined,
      maxAge: at('maxAge'),
      ...(origins === undefined && { openWithout: entry }),
    },
    facts: [
      ...(map ? restFacts(map, entry, document, origins !== undefined) : []),
      ...(integrated && several ? joinedOrigins(origins) : []),
    ],
  });
  return integrated ? { ...policy, edits: forOne(policy.edits) } : policy;
}

/** Where the text goes out as it stands it holds one origin. */
function forOne(edits: PolicyEdits): PolicyEdits {
  return {
    ...edits,
    allowOnly: (origins, placeholder) => (origins.length === 1 ? (edits.allowOnly?.(origins, placeholder) ?? []) : []),
  };
}

/** On the answers themselves an integration sends the whole list with commas between, which is no origin. */
function joinedOrigins(origins: TreeEntry): Fact[] {
  const texts = textNodesOf(origins.value).flatMap(({ value }) => value.split(','));
  return texts.length > 1
    ? [{ kind: 'multiple-origins', origins: texts.map((text) => text.trim()), range: origins.value.range }]
    : [];
}

/** Keys that the framework does not know, and settings without origins. */
function restFacts(map: TreeMap, entry: TreeEntry, document: TreeDocument, hasOrigins: boolean): Fact[] {
  const rejects = rejectsUnknown(document);
  const misspelt = unknownKeys(
    document,
    map,
    restKeys,
    restForeign,
    (suggestion) => !rejects && !hasOrigins && /^origins?$/.test(suggestion),
    rejects,
  );
  const meansOrigins = misspelt.some((fact) => fact.kind === 'unknown-option' && fact.opens);
  const set = map.entries.map(({ key }) => key);
  return set.length === 0 || hasOrigins || meansOrigins
    ? misspelt
    : [...misspelt, { kind: 'no-origin-configured', range: entry.keyRange, set }];
}

function inputOf(entry: TreeEntry, document: TreeDocument, scope: string): AwsCorsInput {
  return {
    document,
    framework: 'serverless',
    entry,
    names,
    scope,
    openByDefault: true,
    rejectsUnknown: rejectsUnknown(document),
    reference: fallbackOf,
    resolve: (node) => resolveSelf(document, node),
  };
}

/** `true`, or a map of settings. */
function switchedOn(entry: TreeEntry | undefined, document: TreeDocument): entry is TreeEntry {
  const value = entry && resolveSelf(document, entry.value);
  return value?.kind === 'map' || isTrue(value);
}

/** Unknown keys are a warning, unless the file asks for errors. */
function rejectsUnknown({ root }: TreeDocument): boolean {
  return textOf(entryOf(root, 'configValidationMode')?.value) === 'error';
}
