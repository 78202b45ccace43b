/** CORS settings of Google's services in Terraform and OpenTofu. */
import { defineFramework } from '../../../models/framework.ts';
import { readStorageEntry } from '../google/google-cloud-storage.ts';
import { onRequestBelow, onRequestLines } from '../../../models/services/request-headers.ts';
import { isModule, readTerraform } from '../../../models/services/terraform-resources.ts';

const names = { origins: 'origin', methods: 'method', headers: 'response_header', maxAge: 'max_age_seconds' };

export const framework = defineFramework({
  id: 'terraform-google',
  title: 'Terraform (Google Cloud)',
  documentation: 'https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/storage_bucket',
  reads:
    '`*.tf`, `*.tofu`, `*.tf.json`: `cors` of storage buckets, and of the modules of `terraform-google-modules` for them',
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
      policies: blocks
        .filter(({ map }) => map.entries.length > 0)
        .map(({ map }) => readStorageEntry(map, document, names, 'terraform-google', terraform.reference)),
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
