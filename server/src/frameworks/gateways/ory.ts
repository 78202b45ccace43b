/** Ory Kratos, Hydra, Oathkeeper and Keto: `cors` of each server under `serve`, carried out by rs/cors. */
import type { TreeDocument, TreeEntry, TreeNode } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import { unknown } from '../../policy/request-test.ts';
import { defineFramework } from '../../models/framework.ts';
import type { GatewayNames } from '../../models/gateways/gateway-map.ts';
import { mapsWhere } from '../../models/gateways/kubernetes-objects.ts';
import { rsCorsPolicy } from '../../models/gateways/rs-cors.ts';
import { entriesOf, entryOf, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'ory',
  title: 'Ory',
  documentation: 'https://www.ory.sh/docs/kratos/guides/setting-up-cors',
  reads:
    '`serve.public.cors` and its like in the configuration of Kratos, Hydra, Oathkeeper and Keto: `enabled`, ' +
    '`allowed_origins`, `allow_credentials` …',
  mentions: ['cors:', '"cors":'],
  shape: 'tree',
  formats: ['yaml', 'json'],
  read(document) {
    const owners = mapsWhere(document, (map) => entryOf(map, 'serve')?.value.kind === 'map');
    return {
      policies: owners.flatMap((owner) =>
        entriesOf(valueAt(owner, 'serve')).flatMap((server) => readServer(document, server)),
      ),
      facts: [],
    };
  },
});

const servers = new Set(['public', 'admin', 'proxy', 'api', 'read', 'write']);
const names: GatewayNames = {
  origins: 'allowed_origins',
  credentials: 'allow_credentials',
  methods: 'allowed_methods',
  allowedHeaders: 'allowed_headers',
  exposedHeaders: 'exposed_headers',
  maxAge: 'max_age',
};
const defaults = {
  methods: ['POST', 'GET', 'PUT', 'PATCH', 'DELETE'],
  allowedHeaders: ['authorization', 'content-type', 'cookie'],
};

function readServer(document: TreeDocument, { key, value }: TreeEntry): Policy[] {
  const entry = servers.has(key) ? entryOf(value, 'cors') : undefined;
  if (entry?.value.kind !== 'map' || isFalse(valueAt(entry.value, 'enabled'))) return [];
  const policy = rsCorsPolicy({
    document,
    map: entry.value,
    range: (entryOf(entry.value, 'enabled') ?? entry).keyRange,
    scope: `the ${key} server`,
    names,
    others: ['enabled', 'debug', 'options_passthrough'],
    rejectsUnknown: true,
    framework: 'ory',
    title: 'Ory',
    defaults: { ...defaults, credentials: key === 'public' || key === 'admin' },
  });
  const filledIn = isFilledIn(valueAt(entry.value, 'enabled'));
  return [filledIn ? { ...policy, headers: policy.headers.map((rule) => ({ ...rule, when: unknown() })) } : policy];
}

/** A template says whether CORS is on. */
function isFilledIn(enabled: TreeNode | undefined): boolean {
  return enabled?.kind === 'scalar' && typeof enabled.value === 'string' && enabled.value.toLowerCase() !== 'true';
}

/** CORS is off without `enabled: true`. */
function isFalse(node: TreeNode | undefined): boolean {
  return (
    node === undefined ||
    (node.kind === 'scalar' && (node.value === false || node.value === null || node.value === 'false'))
  );
}
