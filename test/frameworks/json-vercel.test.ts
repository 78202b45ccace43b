import assert from 'node:assert/strict';
import { covers } from '../../server/src/frameworks/hosts/source-patterns.ts';
import {
  edited,
  isSilentAboutForeignFiles,
  only,
  preflight,
  read,
  readsWithCookies,
  readsWithout,
  simple,
  survivesTyping,
} from './json-harness.ts';

const block = (source: string, headers: Record<string, string>, more: object = {}) => ({
  source,
  ...more,
  headers: Object.entries(headers).map(([key, value]) => ({ key, value })),
});
const text = (...headers: object[]) => JSON.stringify({ headers }, null, 2);
const origin = { 'Access-Control-Allow-Origin': 'https://app.example.com' };
const star = { 'Access-Control-Allow-Origin': '*' };
const cookies = { 'Access-Control-Allow-Credentials': 'true' };

describe('Vercel', () => {
  it('sends what is written, whoever asks', () => {
    const policy = only(
      read(
        'vercel',
        text(block('/api/(.*)', { ...origin, ...cookies, 'Access-Control-Max-Age': '600', Vary: 'Origin' })),
      ),
    );
    for (const asking of ['https://app.example.com', 'https://evil.example', null]) {
      assert.deepEqual(simple(policy, asking), {
        'access-control-allow-origin': 'https://app.example.com',
        'access-control-allow-credentials': 'true',
        'access-control-max-age': '600',
        vary: 'Origin',
      });
    }
    assert.ok(readsWithCookies(policy, 'https://app.example.com'));
    assert.equal(readsWithout(policy, 'https://evil.example'), false);
    assert.equal(preflight(policy, 'https://app.example.com', 'PUT').status, null);
    assert.equal(policy.scope, '/api/(.*)');
    assert.equal(policy.settings.origins.value[0]!.matching, 'sent-as-is');
  });

  it('lets later blocks win, and adds up headers of blocks that cover it', () => {
    const { policies } = read(
      'vercel',
      text(block('/(.*)', star), block('/api/(.*)', { ...origin }), block('/(.*)', cookies)),
    );
    assert.deepEqual(
      policies.map((policy) => [policy.scope, simple(policy, 'https://x.example')]),
      [
        ['/(.*)', { 'access-control-allow-origin': '*', 'access-control-allow-credentials': 'true' }],
        [
          '/api/(.*)',
          { 'access-control-allow-origin': 'https://app.example.com', 'access-control-allow-credentials': 'true' },
        ],
        ['/(.*)', { 'access-control-allow-origin': '*', 'access-control-allow-credentials': 'true' }],
      ],
    );
    const later = read('vercel', text(block('/api/(.*)', origin), block('/(.*)', star))).policies[0]!;
    assert.equal(simple(later, 'https://x.example')['access-control-allow-origin'], '*');
  });

  it('leaves blocks with conditions out of other blocks', () => {
    const policy = read(
      'vercel',
      text(block('/(.*)', star, { has: [{ type: 'cookie', key: 'preview' }] }), block('/api', origin)),
    ).policies[1]!;
    assert.deepEqual(simple(policy, null), { 'access-control-allow-origin': 'https://app.example.com' });
  });

  it('chooses by a pattern of Origin', () => {
    const policy = only(
      read(
        'vercel',
        text(
          block(
            '/api',
            { 'Access-Control-Allow-Origin': ':origin', ...cookies },
            { has: [{ type: 'header', key: 'Origin', value: '(?<origin>https://(a|b)\\.example\\.com)' }] },
          ),
        ),
      ),
    );
    assert.ok(readsWithCookies(policy, 'https://a.example.com'));
    assert.equal(readsWithout(policy, 'https://c.example.com'), false);
    assert.deepEqual(simple(policy, 'https://c.example.com'), {});
  });

  it('does not guess what a build step fills in', () => {
    const policy = only(read('vercel', text(block('/api', { 'Access-Control-Allow-Origin': '$APP_ORIGIN' }))));
    assert.deepEqual(simple(policy, 'https://x.example'), { 'access-control-allow-origin': null });
    assert.equal(policy.settings.origins.value[0]!.kind, 'unknown');
  });

  it('knows fonts and images by their path', () => {
    const purposes = [
      '/fonts/(.*)',
      '/(.*).woff2',
      '/_next/static/(.*)',
      '/assets/:path*',
      '/api/(.*)',
      '/(.*)',
      '/account/avatar',
    ].map((source) => only(read('vercel', text(block(source, star)))).purpose);
    assert.deepEqual(purposes, ['static', 'static', 'static', 'static', 'application', 'application', 'application']);
  });

  it('reads legacy routes: the first that fits ends the walk, unless it goes on', () => {
    const routes = [
      { src: '/(.*)', headers: cookies, continue: true },
      { src: '/api/(.*)', headers: origin, dest: '/api.js' },
      { src: '/api/items', headers: star },
    ];
    const { policies } = read('vercel', JSON.stringify({ routes }), '/project/vercel.json');
    assert.deepEqual(
      policies.map((policy) => simple(policy, null)),
      [{ ...lower(cookies) }, { ...lower(cookies), ...lower(origin) }, { ...lower(cookies), ...lower(star) }],
    );
    assert.deepEqual(read('vercel', JSON.stringify({ routes }), '/project/router.json').policies, []);
  });

  it('edits one origin only, since a host cannot choose', () => {
    const source = text(block('/api', { ...star, ...cookies }));
    const { edits } = only(read('vercel', source));
    assert.equal(
      edited(source, edits.allowOnly?.(['https://a.example'])),
      text(block('/api', { 'Access-Control-Allow-Origin': 'https://a.example', ...cookies })),
    );
    assert.deepEqual(edits.allowOnly?.(['https://a.example', 'https://b.example']), []);
    assert.deepEqual(JSON.parse(edited(source, edits.dropCredentials?.())), JSON.parse(text(block('/api', star))));
    assert.deepEqual(
      JSON.parse(edited(source, edits.addVaryOrigin?.())),
      JSON.parse(text(block('/api', { ...star, ...cookies, Vary: 'Origin' }))),
    );
  });

  it('knows which sources cover which', () => {
    for (const [outer, inner] of [
      ['/(.*)', '/api/x'],
      ['/:path*', '/a'],
      ['/api/(.*)', '/api/items/(.*)'],
      ['**', '/x'],
      ['/api/**', '/api/a'],
      ['/a', '/a'],
      ['/api/*', '/api/b'],
    ] as const)
      assert.ok(covers(outer, inner), `${outer} ${inner}`);
    for (const [outer, inner] of [
      ['/api/(.*)', '/apix'],
      ['/api', '/api/x'],
      ['/:lang/(.*)', '/api/x'],
      ['/(a|b)/(.*)', '/a/x'],
      ['/api/(.*)', '/(.*)'],
      ['**/*.js', '/x.js'],
    ] as const)
      assert.ok(!covers(outer, inner), `${outer} ${inner}`);
  });

  it('is silent about foreign files', () => isSilentAboutForeignFiles('vercel'));

  it('survives typing', () =>
    survivesTyping(
      'vercel',
      text(
        block(
          '/api',
          { ...star, ...cookies, Vary: 'Accept' },
          { has: [{ type: 'header', key: 'origin', value: '(?<origin>https://a)' }] },
        ),
      ),
    ));
});

function lower(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
