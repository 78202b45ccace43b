import assert from 'node:assert/strict';
import { isSandboxHost, isTunnelHost, publicSuffixOf } from '../../server/src/policy/known-hosts.ts';
import { inspectOrigin, isLoopbackHost, isPrivateHost } from '../../server/src/policy/serialised-origin.ts';

describe('texts that are meant to be an origin', () => {
  const rows: [text: string, problems: string[], serialised?: string][] = [
    ['https://app.example.com', [], 'https://app.example.com'],
    ['http://localhost:3000', [], 'http://localhost:3000'],
    ['http://[::1]:3000', [], 'http://[::1]:3000'],
    ['capacitor://localhost', [], 'capacitor://localhost'],
    ['chrome-extension://abcdefghijklmnop', [], 'chrome-extension://abcdefghijklmnop'],
    ['null', [], 'null'],
    ['https://app.example.com/', ['trailing-slash'], 'https://app.example.com'],
    ['https://app.example.com/login', ['path'], 'https://app.example.com'],
    ['https://app.example.com?x=1', ['query'], 'https://app.example.com'],
    ['app.example.com', ['no-scheme'], 'https://app.example.com'],
    ['//app.example.com', ['no-scheme'], 'https://app.example.com'],
    ['localhost:3000', ['no-scheme'], 'http://localhost:3000'],
    ['https//app.example.com', ['no-scheme', 'path'], undefined],
    ['https?://app.example.com', ['no-scheme', 'query'], undefined],
    ['https://https://app.example.com', ['path'], undefined],
    ['self', ['no-scheme'], undefined],
    ['ignore', ['no-scheme'], undefined],
    ['frontend:3000', ['no-scheme'], undefined],
    ['https://App.Example.com', ['upper-case'], 'https://app.example.com'],
    ['HTTPS://app.example.com', ['upper-case'], 'https://app.example.com'],
    ['https://app.example.com:443', ['default-port'], 'https://app.example.com'],
    ['http://app.example.com:80/', ['trailing-slash', 'default-port'], 'http://app.example.com'],
    [' https://app.example.com', ['white-space'], 'https://app.example.com'],
    ['"https://app.example.com"', ['quotes'], 'https://app.example.com'],
    // What is left of it as a URL, `https://"`, is nobody's origin.
    ['"""', ['quotes', 'no-scheme'], undefined],
    ['https://bücher.example', ['non-ascii-host'], 'https://xn--bcher-kva.example'],
    ['https://user:pw@app.example.com', ['credentials'], 'https://app.example.com'],
    ['https://*.example.com', ['wildcard']],
    // A regular expression in a text is no origin with a slip in it: nothing is proposed in its place.
    ['/\\.example\\.com$/', ['pattern']],
    ['^https://(www\\.)?example\\.com$', ['pattern']],
    ['https://pr-\\d+.example.com', ['pattern']],
    ['https://[a-z]+.example.com', ['pattern']],
    ['https://(app|www).example.com', ['pattern']],
    ['/localhost/', ['pattern']],
    ['^https://.*\\.example\\.com$', ['wildcard']],
    ['http://[::1]:3000', [], 'http://[::1]:3000'],
    ['*', ['wildcard']],
    ['https://a.example, https://b.example', ['several-origins']],
    ['https://a.example https://b.example', ['several-origins']],
    ['https://a.examplehttps://b.example', ['several-origins']],
    ['', ['empty']],
    ['https://', ['unreadable']],
  ];
  for (const [text, problems, serialised] of rows) {
    it(JSON.stringify(text), () => {
      const found = inspectOrigin(text);
      assert.deepEqual([found.problems, found.serialised, found.valid], [problems, serialised, problems.length === 0]);
    });
  }
});

describe('hosts that mean something', () => {
  it('loopback, private and public', () => {
    const hosts = [
      'localhost',
      'app.localhost',
      '127.0.0.1',
      '[::1]',
      '10.0.0.1',
      '192.168.1.4',
      '172.20.0.1',
      '172.32.0.1',
      '8.8.8.8',
      'localhost.evil.net',
    ];
    assert.deepEqual(hosts.filter(isLoopbackHost), ['localhost', 'app.localhost', '127.0.0.1', '[::1]']);
    assert.deepEqual(hosts.filter(isPrivateHost), ['10.0.0.1', '192.168.1.4', '172.20.0.1']);
  });

  it('tunnels and sandboxes', () => {
    assert.deepEqual(['a1b2.ngrok.io', 'x.trycloudflare.com', 'notngrok.io'].filter(isTunnelHost), [
      'a1b2.ngrok.io',
      'x.trycloudflare.com',
    ]);
    assert.deepEqual(['codepen.io', 'jsfiddle.net', 'example.com'].filter(isSandboxHost), [
      'codepen.io',
      'jsfiddle.net',
    ]);
  });

  it('public suffixes', () => {
    const hosts = [
      'com',
      '*.com',
      'co.uk',
      'github.io',
      '.vercel.app',
      'example.com',
      'localhost',
      'me.github.io',
      'internal',
    ];
    assert.deepEqual(hosts.map(publicSuffixOf), [
      'com',
      'com',
      'co.uk',
      'github.io',
      'vercel.app',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
