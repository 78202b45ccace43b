/** Azure Functions: headers that `host.json` adds to every answer, and CORS of the developer's own host in `local.settings.json`. */
import type { TreeDocument, TreeNode } from '../../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../../policy/policy.ts';
import { servicePolicy } from '../../../models/services/service-policy.ts';
import type { CorsService } from '../../../models/services/cors-service.ts';
import { defineFramework } from '../../../models/framework.ts';
import { headersOfMap, staticHeadersPolicy } from '../../../models/static/static-headers.ts';
import { misplaced } from '../../../models/services/locked-out.ts';
import { entriesOf, entryOf, insertKey, isTrue, textOf, unknownKeys, valueAt } from '../../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'azure-functions',
  title: 'Azure Functions',
  documentation: 'https://learn.microsoft.com/azure/azure-functions/functions-develop-local#local-settings-file',
  reads: '`customHeaders` of `host.json`; `Host.CORS` and `Host.CORSCredentials` of `local.settings.json`',
  mentions: ['access-', 'cors'],
  shape: 'tree',
  formats: ['json'],
  read(document) {
    return { policies: [...customHeaders(document), ...localHost(document)], facts: misplacedSettings(document) };
  },
});

/**
 * The local host gives the list to ASP.NET Core: a single `*` is everybody, beside others it is an origin like any
 * other, and texts are compared in lower case.
 */
const local = (alone: boolean): CorsService => ({
  framework: 'azure-functions',
  title: 'the local Functions host',
  origin: (text) => (text === '*' && alone ? 'any' : 'exact'),
  open: 'literal',
  credentials: 'setting',
  anyHeader: 'reflect',
  strictPreflight: false,
  preflightStatus: { allowed: 204, refused: 204 },
  vary: 'unknown',
  commas: true,
});

function customHeaders(document: TreeDocument): Policy[] {
  const { root } = document;
  // `version` tells it from other files with extensions.
  if (
    root?.kind !== 'map' ||
    (textOf(valueAt(root, 'version')) === undefined && valueAt(root, 'extensions', 'http') === undefined)
  )
    return [];
  const map: TreeNode | undefined = valueAt(root, 'extensions', 'http', 'customHeaders');
  if (map?.kind !== 'map') return [];
  const headers = headersOfMap(document, map);
  const policy = staticHeadersPolicy({
    framework: 'azure-functions',
    title: 'Azure Functions',
    document,
    own: headers,
    applied: headers,
    scope: 'every function',
    purpose: 'application',
    preflightStatus: null,
    add: (name, value) => insertKey(document, map, name, value),
  });
  return policy ? [policy] : [];
}

/** `host.json` has no section for CORS: what is written there reaches neither the host on the machine nor the one in the cloud. */
function misplacedSettings({ root, path }: TreeDocument): Fact[] {
  if (!/(^|\/)host\.json$/.test(path) || textOf(valueAt(root, 'version')) === undefined) return [];
  const sections = [root, valueAt(root, 'extensions'), valueAt(root, 'extensions', 'http')];
  const found = sections.flatMap((section) => entriesOf(section).filter(({ key }) => /^cors$/i.test(key)));
  const host = entryOf(root, 'Host');
  return [...found, ...(host && valueAt(host.value, 'CORS') ? [host] : [])].map((entry) =>
    misplaced(
      entry,
      '"siteConfig.cors" of the function app, and for the own machine into "Host" of local.settings.json',
    ),
  );
}

function localHost(document: TreeDocument): Policy[] {
  const { root } = document;
  const host = valueAt(root, 'Host');
  const isSettings =
    entryOf(root, 'IsEncrypted') !== undefined ||
    valueAt(root, 'Values', 'FUNCTIONS_WORKER_RUNTIME') !== undefined ||
    /(^|\/)local\.settings(\.\w+)?\.json$/.test(document.path);
  if (host?.kind !== 'map' || !isSettings) return [];
  const origins = entryOf(host, 'CORS');
  const credentials = entryOf(host, 'CORSCredentials');
  const misspelt = unknownKeys(document, host, ['CORS', 'CORSCredentials', 'LocalHttpPort'], {
    allowedorigins: 'CORS',
    corsallowcredentials: 'CORSCredentials',
  });
  if (origins === undefined && credentials === undefined && misspelt.length === 0) return [];
  const alone = textOf(origins?.value)?.trim() === '*';
  return [
    servicePolicy({
      service: local(alone),
      document,
      keys: {
        map: host,
        originsKey: 'CORS',
        origins,
        credentials,
        methods: undefined,
        allowedHeaders: undefined,
        exposedHeaders: undefined,
        maxAge: undefined,
      },
      scope: "every function on the developer's machine",
      purpose: 'development',
      facts: misspelt,
      ...(alone &&
        credentials &&
        (isTrue(credentials.value) || textOf(credentials.value)?.toLowerCase() === 'true') && {
          refusesToStart:
            'The CORS protocol does not allow specifying a wildcard (any) origin and credentials at the same time.',
        }),
    }),
  ];
}
