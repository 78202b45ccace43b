import assert from 'node:assert/strict';
import { attributesFiles, isSetAsideBy } from '../../server/src/service/git-attributes.ts';
import { matchesAny } from '../../server/src/service/globs.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import { mergeSettings } from '../../server/src/service/config.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';
import type { Settings } from '../../server/src/service/settings.ts';
import { nodeHost } from '../../server/src/node/host.ts';

const aside = [
  'test/server.js',
  'src/test/java/com/shop/WebConfig.java',
  'packages/api/__tests__/server.ts',
  'src/server.test.ts',
  'api/app.e2e-spec.ts',
  'internal/http/server_test.go',
  'tests/conftest.py',
  'backend/test_app.py',
  'Shop.Api.Tests/Startup.cs',
  'apps/shop-e2e/serve.ts',
  'cypress/support/server.js',
  'e2e/app.ts',
  'pkg/cors/testdata/wide.yaml',
  'src/__mocks__/express.js',
  'src/mocks/server.ts',
  'cmd/serve/stub/settings.yml',
  'fixtures/nginx.conf',
  'examples/hono/index.ts',
  'packages/client/samples/server.js',
  'docs/guide/nginx.conf',
  'vendor/github.com/x/y/cors.go',
  'lib/third_party/server.py',
  'dist/server.js',
  'public/app.min.js',
  'src/__generated__/routes.ts',
  'docker-compose.dev.yml',
  'docker/dev/nginx.conf',
  'docker-compose-local.yaml',
  'config/app.development.json',
  'docker-compose.localstack.yml',
  'config/environments/development.rb',
  'apps/shop/config/dev.exs',
  'shop/settings/local.py',
  'features/support/proxy.rb',
  '.github/workflows/parallel_ci.yml',
];
const serving = [
  'config/environments/production.rb',
  'config/prod.exs',
  'shop/settings/base.py',
  'src/features/support.ts',
  '.github/workflows/deploy.yml',
  'server.js',
  'src/main/java/com/example/demo/WebConfig.java',
  'app/api/docs/route.ts',
  'src/samples/samples.controller.ts',
  'app/vendor/orders/route.ts',
  'src/contest/server.ts',
  'latest/server.js',
  'cmd/attest.go',
  'openapi-spec.yaml',
  'nginx.conf.sample',
  '.env.example',
  'deploy/nginx.conf',
  'apps/web/next.config.mjs',
];

describe('files that serve nobody', () => {
  it('are known by their place', () => {
    for (const path of aside) assert.ok(matchesAny(defaultSettings.development, path), path);
    for (const path of serving) assert.ok(!matchesAny(defaultSettings.development, path), path);
  });

  it('a glob with ! takes back what earlier ones match, and nothing of later ones', () => {
    const globs = ['docs/**', '!docs/api/**', 'docs/api/old/**'];
    assert.deepEqual(
      ['docs/a.js', 'docs/api/a.js', 'docs/api/old/a.js', 'a.js'].map((path) => matchesAny(globs, path)),
      [true, false, true, false],
    );
  });

  it('are known by what .gitattributes says', () => {
    const text = [
      '# linguist-vendored',
      '/engine/** linguist-vendored',
      'engine/ours/* -linguist-vendored',
      '*.conf text linguist-generated=true',
      'site/* linguist-documentation',
      'plain/** text eol=lf',
      'folder/ linguist-vendored',
    ].join('\n');
    const of = (path: string): boolean => isSetAsideBy([{ folder: '/repo', text }], `/repo/${path}`);
    for (const path of ['engine/a/b.js', 'deep/down/nginx.conf', 'site/a.js']) assert.ok(of(path), path);
    for (const path of ['engine/ours/a.js', 'sub/engine/a.js', 'site/deep/a.js', 'plain/a.js', 'folder/a.js'])
      assert.ok(!of(path), path);
    const nearer = { folder: '/repo/engine', text: '*.js !linguist-vendored' };
    assert.ok(!isSetAsideBy([{ folder: '/repo', text }, nearer], '/repo/engine/a.js'));
    assert.deepEqual(attributesFiles('/repo/a/b.js'), [
      '/.gitattributes',
      '/repo/.gitattributes',
      '/repo/a/.gitattributes',
    ]);
  });

  const open = `const cors = require('cors');\napp.use(cors({ origin: true, credentials: true }));\n`;
  const files = new Map([['/repo/.gitattributes', 'theirs/** linguist-vendored\n']]);
  const linter = createLinter({ ...nodeHost(), readFile: async (path) => files.get(path), readFileNow: undefined });
  interface Given {
    readonly text?: string;
    readonly named?: boolean;
    readonly settings?: Partial<Settings>;
  }
  const severities = async (relativePath: string, { text = open, named, settings }: Given = {}) => {
    const document = { path: `/repo/${relativePath}`, relativePath, text, ...(named && { named }) };
    const { findings, dependencies } = await linter.lint(document, mergeSettings(settings));
    assert.ok(findings.length > 0, relativePath);
    assert.ok(named || settings || dependencies.length > 0, relativePath);
    return findings.map(({ severity }) => severity);
  };

  it('have findings for information, and none is lost', async () => {
    assert.deepEqual(await severities('server.js'), ['error']);
    for (const path of ['tests/server.js', 'docs/server.js', 'vendor/server.js', 'theirs/server.js'])
      assert.deepEqual(await severities(path), ['information'], path);
  });

  it('are known by the mark of a generator, and by lines that nobody writes', async () => {
    const marked = `// Code generated by routes-gen. DO NOT EDIT.\n${open}`;
    const minified = `var a=[${'"abcdefghijklmnop",'.repeat(200)}"z"];${open}`;
    for (const text of [marked, minified]) assert.deepEqual(await severities('server.js', { text }), ['information']);
    assert.deepEqual(await severities('server.js', { text: `// Do not edit without asking.\n${open}` }), ['error']);
  });

  it('count in full where somebody names the file, for a review, and where the settings choose', async () => {
    assert.deepEqual(await severities('tests/server.js', { named: true }), ['error']);
    assert.deepEqual(await severities('theirs/server.js', { settings: { profile: 'thorough' } }), ['error']);
    assert.deepEqual(await severities('tests/server.js', { settings: { rules: { '*': 'warning' } } }), ['warning']);
    assert.deepEqual(await severities('tests/server.js', { settings: { development: [] } }), ['error']);
  });
});
