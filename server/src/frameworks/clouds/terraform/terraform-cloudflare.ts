/** CORS settings of Cloudflare in Terraform and OpenTofu: R2 buckets, headers that rulesets set, and Access. */
import type { TreeDocument, TreeMap } from '../../../syntax/trees/tree.ts';
import type { Policy, PolicyEdits } from '../../../policy/policy.ts';
import type { CorsService } from '../../../models/services/cors-service.ts';
import { servicePolicy } from '../../../models/services/service-policy.ts';
import { defineFramework } from '../../../models/framework.ts';
import type { Terraform, TerraformResource } from '../../../models/services/terraform-resources.ts';
import { readTerraform } from '../../../models/services/terraform-resources.ts';
import { readRuleset } from '../cloudflare/response-headers.ts';
import { isR2Rule, readR2Rule } from '../cloudflare/r2-rules.ts';
import { entryOf, entryText, isTrue, unknownKeys } from '../../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'terraform-cloudflare',
  title: 'Terraform (Cloudflare)',
  documentation: 'https://registry.terraform.io/providers/cloudflare/cloudflare/latest/docs/resources/r2_bucket_cors',
  reads:
    '`*.tf`, `*.tofu`, `*.tf.json`: `cloudflare_r2_bucket_cors`, response headers of `cloudflare_ruleset`, ' +
    '`cors_headers` of Access applications',
  mentions: ['cloudflare_r2_bucket_cors', 'cloudflare_ruleset', 'access_application'],
  shape: 'tree',
  formats: ['hcl', 'json'],
  read(document, context) {
    const terraform = readTerraform(document, context);
    return { policies: terraform.resources.flatMap((each) => readResource(each, terraform, document)), facts: [] };
  },
});

function readResource({ type, name, body }: TerraformResource, terraform: Terraform, document: TreeDocument): Policy[] {
  switch (type) {
    case 'cloudflare_r2_bucket_cors':
      return terraform
        .blocks(body, 'rules')
        .filter(({ map }) => isR2Rule(map))
        .map(({ map }) =>
          readR2Rule(
            map,
            document,
            { exposedHeaders: 'expose_headers', maxAge: 'max_age_seconds' },
            'terraform-cloudflare',
            terraform.reference,
          ),
        );
    case 'cloudflare_ruleset':
      return readRuleset(body, name, terraform, document);
    case 'cloudflare_access_application':
    case 'cloudflare_zero_trust_access_application':
      return terraform.blocks(body, 'cors_headers').map(({ map }) => readAccess(map, name, terraform, document));
    default:
      return [];
  }
}

/** It answers preflights in front of an application, which answers the requests itself. */
const access: CorsService = {
  framework: 'terraform-cloudflare',
  title: 'Cloudflare Access',
  origin: (text) => (text === '*' ? 'any' : text.includes('*') ? 'unknown' : 'exact'),
  open: 'unknown-with-credentials',
  credentials: 'setting',
  anyHeader: 'reflect',
  strictPreflight: false,
  preflightStatus: { allowed: null, refused: null },
  vary: 'unknown',
  defaults: { methods: 'unknown', headers: 'unknown' },
  preflightsOnly: true,
};

const settings = [
  'allow_all_headers',
  'allow_all_methods',
  'allow_all_origins',
  'allow_credentials',
  'allowed_headers',
  'allowed_methods',
  'allowed_origins',
  'max_age',
];
const foreign: Readonly<Record<string, string>> = {
  alloworigins: 'allowed_origins',
  origins: 'allowed_origins',
  allowmethods: 'allowed_methods',
  allowheaders: 'allowed_headers',
};

function readAccess(map: TreeMap, scope: string, { reference }: Terraform, document: TreeDocument): Policy {
  const everybody = entryOf(map, 'allow_all_origins');
  const isOpen = isTrue(everybody?.value);
  const policy = servicePolicy({
    service: access,
    document,
    reference,
    scope,
    keys: {
      map,
      ...(isOpen && everybody && { openWithout: everybody }),
      originsKey: 'allowed_origins',
      origins: isOpen ? undefined : entryOf(map, 'allowed_origins'),
      credentials: entryOf(map, 'allow_credentials'),
      methods: entryOf(map, 'allowed_methods'),
      allowedHeaders: entryOf(map, 'allowed_headers'),
      exposedHeaders: undefined,
      maxAge: entryOf(map, 'max_age'),
    },
    facts: unknownKeys(document, map, settings, foreign, undefined, true),
  });
  if (!isOpen || everybody === undefined) return policy;
  const { range } = everybody;
  const allowOnly: PolicyEdits['allowOnly'] = (allowed, placeholder) => [
    { range, newText: entryText(document, 'allowed_origins', [...allowed]), placeholder },
  ];
  return { ...policy, edits: { ...policy.edits, allowOnly } };
}
