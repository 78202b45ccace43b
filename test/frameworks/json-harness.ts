/** What the tests of JSON sources share: reading a text, asking a policy, foreign files, every prefix of a text. */
import assert from 'node:assert/strict';
import { frameworks } from '../../server/src/frameworks/index.ts';
import type { FrameworkContext, TreeFramework } from '../../server/src/models/framework.ts';
import { answer, combinedValue } from '../../server/src/policy/answer.ts';
import { canRead } from '../../server/src/verdict/analyse.ts';
import type { Policy, Reading } from '../../server/src/policy/policy.ts';
import { applyEdits } from '../../server/src/service/apply-edits.ts';
import { readJson } from '../../server/src/syntax/trees/json.ts';
import type { Edit } from '../../server/src/syntax/range.ts';
import { beginnings, sampled } from '../seed.ts';
import { finished } from '../../server/src/models/in-steps.ts';

const treeFrameworks = frameworks.filter((framework): framework is TreeFramework => framework.shape === 'tree');

export function read(id: string, text: string, path = '/project/file.json'): Reading {
  const framework = treeFrameworks.find((candidate) => candidate.id === id);
  assert.ok(framework, `no framework ${id}`);
  const context: FrameworkContext = {
    path,
    readFile: () => undefined,
    document: () => undefined,
    version: () => undefined,
    listFolder: () => undefined,
  };
  return finished(framework.read(readJson(path, text), context));
}

export function only(reading: Reading): Policy {
  assert.equal(reading.policies.length, 1, 'one policy');
  return reading.policies[0]!;
}

/** The CORS headers of the answer to a simple GET from this origin; null where the text does not decide a value. */
export function simple(policy: Policy, origin: string | null): Record<string, string | null | undefined> {
  const sent = answer(policy, { origin, method: 'GET', cookie: false });
  return Object.fromEntries([...sent.headers.keys()].map((name) => [name, combinedValue(sent, name)]));
}

/** The answer to a preflight from this origin. */
export function preflight(
  policy: Policy,
  origin: string,
  method: string,
  headers: readonly string[] = [],
): { status: number | null; headers: Record<string, string | null | undefined> } {
  const sent = answer(policy, { origin, method: 'OPTIONS', preflight: { method, headers }, cookie: false });
  return {
    status: sent.status,
    headers: Object.fromEntries([...sent.headers.keys()].map((name) => [name, combinedValue(sent, name)])),
  };
}

export const readsWithCookies = (policy: Policy, origin: string): boolean =>
  canRead(policy, origin, { credentials: true });
export const readsWithout = (policy: Policy, origin: string): boolean =>
  canRead(policy, origin, { credentials: false });

export function edited(text: string, edits: readonly Edit[] | undefined): string {
  assert.ok(edits && edits.length > 0, 'an edit');
  return applyEdits(text, edits);
}

/** Files with similar words that say nothing about this source. */
const foreign: Readonly<Record<string, unknown>> = {
  'package.json': {
    name: 'shop',
    version: '1.0.0',
    main: 'server.js',
    dependencies: { cors: '2.8.5', vercel: '41.0.0', firebase: '11.0.0' },
    headers: ['Access-Control-Allow-Origin: *'],
    scripts: { deploy: 'serverless deploy' },
  },
  'tsconfig.json': { compilerOptions: { strict: true, types: ['node'] }, include: ['src'] },
  'openapi.json': {
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1' },
    paths: {
      '/items': {
        get: {
          responses: {
            200: {
              description: 'ok',
              headers: { 'Access-Control-Allow-Origin': { schema: { type: 'string', example: '*' } } },
            },
          },
        },
      },
    },
  },
  'en.json': {
    cors: {
      origin: 'Origin',
      method: 'Method',
      AllowedOrigins: 'Allowed origins',
      AllowedMethods: 'Allowed methods',
      headers: 'Headers',
      CORS: 'Cross-origin requests',
    },
    hosting: { headers: 'Headers' },
  },
  'schema.json': {
    type: 'object',
    properties: {
      CORSRules: {
        type: 'array',
        items: { properties: { AllowedOrigins: { type: 'array' }, AllowedMethods: { type: 'array' } } },
      },
      headers: { type: 'array', items: { properties: { source: { type: 'string' }, headers: { type: 'array' } } } },
      globalHeaders: { type: 'object' },
    },
  },
  'appsettings.json': {
    Logging: { LogLevel: { Default: 'Information' } },
    Cors: { AllowedOrigins: ['*'], AllowedMethods: ['GET'] },
    AllowedHosts: '*',
  },
  'har.json': {
    log: {
      entries: [
        {
          request: { method: 'GET', headers: [{ name: 'Origin', value: 'https://a.example' }] },
          response: { headers: [{ name: 'access-control-allow-origin', value: '*' }] },
        },
      ],
    },
  },
  'collection.json': {
    info: { name: 'Requests' },
    item: [{ request: { method: 'GET', header: [{ key: 'Access-Control-Allow-Origin', value: '*' }] } }],
  },
  'records.json': [
    { origin: 'Madrid', method: 'post', headers: ['a'] },
    { origin: 'Paris', method: 'train' },
  ],
  'logs.json': [{ method: 'GET', origin: 'https://a.example', status: 200 }],
  'deployment.json': {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'api' },
    spec: { template: { spec: { containers: [{ env: [{ name: 'CORS_ORIGIN', value: '*' }] }] } } },
  },
};

export function isSilentAboutForeignFiles(id: string): void {
  for (const [name, content] of Object.entries(foreign)) {
    const { policies, facts } = read(id, JSON.stringify(content, null, 2), `/project/${name}`);
    assert.deepEqual({ name, policies, facts }, { name, policies: [], facts: [] });
  }
}

/** Each beginning of the text, and the text without each single character, gives ranges inside itself. */
export function survivesTyping(id: string, text: string, path?: string): void {
  const check = (part: string): void => {
    const { policies, facts } = read(id, part, path);
    const ranges = [
      ...facts,
      ...policies.flatMap((policy) => [
        policy,
        ...policy.facts,
        ...policy.settings.origins.value,
        ...policy.headers,
        ...Object.values(policy.settings),
      ]),
    ].map(({ range }) => range);
    for (const { start, end } of ranges)
      assert.ok(start >= 0 && start <= end && end <= part.length, `${start}–${end} in ${JSON.stringify(part)}`);
    for (const { edits } of policies)
      for (const edit of Object.values(edits))
        applyEdits(part, (edit as (argument: unknown) => readonly Edit[])(['https://app.example.com']));
  };
  for (const at of sampled(beginnings(text), 60)) {
    check(text.slice(0, at));
    check(text.slice(0, at) + text.slice(at + 1));
  }
}
