import assert from 'node:assert/strict';
import { frameworks } from '../../server/src/frameworks/index.ts';
import type { FrameworkContext } from '../../server/src/models/framework.ts';
import { canRead } from '../../server/src/verdict/analyse.ts';
import type { Policy } from '../../server/src/policy/policy.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';
import { readHcl } from '../../server/src/syntax/trees/hcl.ts';
import { readJson } from '../../server/src/syntax/trees/json.ts';
import { finished } from '../../server/src/models/in-steps.ts';

const json = JSON.stringify({
  resource: {
    aws_s3_bucket_cors_configuration: {
      site: {
        cors_rule: [
          { allowed_methods: ['GET'], allowed_origins: ['*'] },
          { allowed_methods: ['PUT'], allowed_origins: ['${var.origin}'] },
        ],
      },
    },
  },
  variable: { origin: { default: '*' } },
});

function read(
  id: string,
  path: string,
  text: string,
  others: Readonly<Record<string, string>> = {},
): readonly Policy[] {
  const framework = frameworks.find((candidate) => candidate.id === id);
  assert.ok(framework?.shape === 'tree');
  const context: FrameworkContext = {
    path,
    readFile: (name) => others[name],
    document: (path) => {
      const name = path.replace(/^\.\//, '');
      return others[name] === undefined ? undefined : readHcl(name, others[name]);
    },
    version: () => undefined,
    listFolder: () => undefined,
  };
  return finished(framework.read(path.endsWith('.json') ? readJson(path, text) : readHcl(path, text), context))
    .policies;
}

describe('Terraform', () => {
  it('reads the JSON form, and no other JSON', () => {
    const policies = read('terraform-aws', '/project/main.tf.json', json);
    assert.deepEqual(
      policies.map(({ settings }) => settings.origins.value.map(({ kind }) => kind)),
      [['any'], ['fallback']],
    );
    assert.ok(canRead(policies[0]!, 'https://evil.example', { credentials: false }));
    assert.deepEqual(read('terraform-aws', '/project/main.json', json), []);
  });

  it('takes the default of a variable from variables.tf, and leaves one without a default open', () => {
    const text =
      'resource "aws_apigatewayv2_api" "a" {\n  cors_configuration {\n    allow_origins = var.origins\n  }\n}\n';
    const kinds = (variables: string) =>
      read('terraform-aws', '/project/main.tf', text, { 'variables.tf': variables }).flatMap(({ settings }) =>
        settings.origins.value.map(({ kind }) => kind),
      );
    assert.deepEqual(kinds('variable "origins" {\n  default = ["*"]\n}\n'), ['fallback']);
    assert.deepEqual(kinds('variable "origins" {}\n'), ['unknown']);
    assert.deepEqual(kinds('variable "origins" {\n  default = ["https://a.example"]\n}\n'), ['unknown', 'text']);
  });

  it('survives locals that go in circles', () => {
    const text =
      'locals {\n  a = local.b\n  b = local.a\n}\nresource "google_storage_bucket" "x" {\n  cors {\n    ' +
      'origin = local.a\n    method = ["GET"]\n  }\n}\n';
    assert.deepEqual(
      read('terraform-google', '/project/main.tf', text).flatMap(({ settings }) =>
        settings.origins.value.map(({ kind }) => kind),
      ),
      ['unknown'],
    );
  });

  it('is suppressed by comments with a number sign', async () => {
    const text =
      'resource "google_storage_bucket" "x" {\n  cors {\n    # cors-lint-disable-next-line any-origin -- ' +
      'public fonts\n    origin = ["*"]\n    method = ["GET"]\n  }\n}\n';
    const linter = createLinter({ loadGrammar: () => Promise.reject(new Error('no grammar')) });
    const { findings, suppressed } = await linter.lint({ path: '/project/main.tf', text }, defaultSettings);
    assert.deepEqual([findings.map(({ rule }) => rule), suppressed.map(({ rule }) => rule)], [[], ['any-origin']]);
  });
});
