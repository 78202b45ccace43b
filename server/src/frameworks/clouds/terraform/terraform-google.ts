/** CORS settings of Google's services in Terraform and OpenTofu. */
import type { TreeDocument, TreeMap } from '../../../syntax/trees/tree.ts';
import type { Policy } from '../../../policy/policy.ts';
import { defineFramework } from '../../../models/framework.ts';
import { urlMapPolicy } from '../google/load-balancer.ts';
import type { UrlMapNames } from '../google/load-balancer.ts';
import { actionHeadersPolicies, backendHeadersPolicies } from '../google/response-headers.ts';
import { readStorageEntry } from '../google/google-cloud-storage.ts';
import { onRequestBelow, onRequestLines } from '../../../models/services/request-headers.ts';
import type { Terraform } from '../../../models/services/terraform-resources.ts';
import { valueAt } from '../../../edits/tree-edits.ts';
import { isModule, readTerraform } from '../../../models/services/terraform-resources.ts';

const names = { origins: 'origin', methods: 'method', headers: 'response_header', maxAge: 'max_age_seconds' };
const urlMapNames: UrlMapNames = {
  origins: 'allow_origins',
  patterns: 'allow_origin_regexes',
  credentials: 'allow_credentials',
  methods: 'allow_methods',
  allowedHeaders: 'allow_headers',
  exposedHeaders: 'expose_headers',
  maxAge: 'max_age',
  off: 'disabled',
};

export const framework = defineFramework({
  id: 'terraform-google',
  title: 'Terraform (Google Cloud)',
  documentation: 'https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/storage_bucket',
  reads:
    '`*.tf`, `*.tofu`, `*.tf.json`: `cors` of storage buckets, and of the modules of `terraform-google-modules` for ' +
    'them; `cors_policy` of URL maps, and headers that they and their backends add to answers',
  mentions: ['google_storage_bucket', 'terraform-google-modules/', 'google_compute_'],
  shape: 'tree',
  formats: ['hcl', 'json'],
  read(document, context) {
    const terraform = readTerraform(document, context);
    const buckets = [
      ...terraform.resources.filter(({ type }) => type === 'google_storage_bucket'),
      ...terraform.modules.filter(({ source }) =>
        isModule(source, { owner: 'terraform-google-modules', provider: 'google', name: 'cloud-storage' }),
      ),
    ];
    const blocks = buckets.flatMap(({ body }) => terraform.blocks(body, 'cors'));
    return {
      policies: [
        ...blocks
          .filter(({ map }) => map.entries.length > 0)
          .map(({ map }) => readStorageEntry(map, document, names, 'terraform-google', terraform.reference)),
        ...terraform.resources
          .filter(({ type }) => /^google_compute_(region_)?url_map$/.test(type))
          .flatMap(({ name, body }) => urlMapPolicies(body, name, terraform, document)),
        ...responseHeaders(terraform, document),
      ],
      facts: terraform.resources.flatMap(({ type, body }) =>
        /^google_compute_/.test(type)
          ? [
              ...onRequestBelow(body, 'request_headers_to_add', 'header_name', { instead: 'response_headers_to_add' }),
              ...onRequestLines(body, 'custom_request_headers', { instead: 'custom_response_headers' }),
            ]
          : [],
      ),
    };
  },
});

function responseHeaders({ resources, resolve }: Terraform, document: TreeDocument): Policy[] {
  return resources.flatMap(({ type, name: scope, body }) => {
    const input = { framework: 'terraform-google', document, scope };
    if (/^google_compute_(region_)?url_map$/.test(type)) return actionHeadersPolicies(body, input);
    const lines = /^google_compute_(region_)?backend_(service|bucket)$/.test(type)
      ? valueAt(body, 'custom_response_headers')
      : undefined;
    return lines ? backendHeadersPolicies(resolve(lines) ?? lines, input) : [];
  });
}

/** Of the map, of each group of paths, and of each of their rules. */
function urlMapPolicies(body: TreeMap, scope: string, terraform: Terraform, document: TreeDocument): Policy[] {
  const below = (map: TreeMap, type: string): readonly TreeMap[] =>
    terraform.blocks(map, type).map((block) => block.map);
  const matchers = below(body, 'path_matcher');
  const actions = [
    ...[body, ...matchers].flatMap((map) => below(map, 'default_route_action')),
    ...matchers
      .flatMap((map) => [...below(map, 'path_rule'), ...below(map, 'route_rules')])
      .flatMap((map) => below(map, 'route_action')),
  ];
  return actions.flatMap((action) =>
    terraform
      .blocks(action, 'cors_policy')
      .flatMap(({ map, entry: { keyRange: range } }) =>
        urlMapPolicy(document, map, urlMapNames, { framework: 'terraform-google', range, scope }),
      ),
  );
}
