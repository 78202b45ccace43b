/** Repairs of patterns: what comes out, that the stranger is gone, and that nobody who is named is locked out. */
import assert from 'node:assert/strict';
import { originSet } from '../../server/src/policy/origin-set.ts';
import { originMatches } from '../../server/src/policy/request-test.ts';
import type { Pattern } from '../../server/src/policy/request-test.ts';
import { repairPattern } from '../../server/src/rules/repair-pattern.ts';

interface Case {
  readonly source: string;
  readonly repaired: string;
  readonly keeps: readonly string[];
  readonly refuses?: readonly string[];
  readonly safety?: 'safe' | 'unsafe';
}

const searched: readonly Case[] = [
  {
    source: '^https://(a|b).example.com',
    repaired: '^https://(a|b)\\.example\\.com$',
    keeps: ['https://a.example.com', 'https://b.example.com'],
    refuses: ['https://a-example.com', 'https://a.example.com.evil.net'],
  },
  {
    source: '^https://a.example.com|https://b.example.com$',
    repaired: '^(?:https://a\\.example\\.com|https://b\\.example\\.com)$',
    keeps: ['https://a.example.com', 'https://b.example.com'],
    refuses: ['https://a.example.com.evil.net'],
  },
  {
    source: 'https://.*example\\.com',
    repaired: '^https://([a-z0-9-]+\\.)*example\\.com$',
    keeps: ['https://example.com', 'https://a.b.example.com'],
    refuses: ['https://evil-example.com', 'https://example.com.evil.net'],
  },
  {
    source: '^http://localhost:\\d+|https://example.com$',
    repaired: '^(?:http://localhost:\\d+|https://example\\.com)$',
    keeps: ['http://localhost:3000', 'https://example.com'],
  },
  {
    source: '(localhost|app.example.com)$',
    repaired: '^https?://([a-z0-9-]+\\.)*(localhost|app\\.example\\.com)$',
    keeps: ['http://localhost', 'https://app.example.com', 'http://app.example.com'],
    refuses: ['https://app-example.com', 'https://localhost.app-example.com'],
  },
  {
    source: 'localhost',
    repaired: '^https?://([a-z0-9-]+\\.)*localhost(:\\d+)?$',
    keeps: ['http://localhost:3000', 'http://localhost'],
    refuses: ['http://localhost.evil.net'],
  },
  {
    source: 'https?:\\/\\/(localhost|127.0.0.1):3000',
    repaired: '^https?:\\/\\/(localhost|127\\.0\\.0\\.1):3000$',
    keeps: ['http://localhost:3000', 'http://127.0.0.1:3000'],
  },
  {
    source: 'example\\.com$',
    repaired: '^https?://([a-z0-9-]+\\.)*example\\.com$',
    keeps: ['https://example.com', 'http://www.example.com'],
    refuses: ['https://evilexample.com'],
  },
  {
    source: '.example.com$',
    repaired: '^https?://([a-z0-9-]+\\.)*example\\.com$',
    keeps: ['https://app.example.com'],
    refuses: ['https://evil-example.com'],
  },
  {
    source: '^.+\\.example\\.com',
    repaired: '^https?://([a-z0-9-]+\\.)+example\\.com$',
    keeps: ['https://app.example.com'],
    refuses: ['https://app.example.com.evil.net'],
  },
  {
    source: '^https:\\/\\/[^/]*example\\.com$',
    repaired: '^https:\\/\\/([a-z0-9-]+\\.)*example\\.com$',
    keeps: ['https://example.com', 'https://app.example.com'],
    refuses: ['https://evil-example.com'],
  },
  {
    source: '^https:\\/\\/app.example.com:\\d+$',
    repaired: '^https:\\/\\/app\\.example\\.com:\\d+$',
    keeps: ['https://app.example.com:8443'],
    refuses: ['https://app-example.com:8443'],
  },
  {
    source: '^https://[a-z.]+.example.com',
    repaired: '^https://[a-z.]+\\.example\\.com$',
    keeps: ['https://app.example.com'],
    refuses: ['https://app-example.com'],
  },
  {
    source: 'example.com|example.org',
    repaired: '^(?:https?://([a-z0-9-]+\\.)*example\\.com|https?://([a-z0-9-]+\\.)*example\\.org)$',
    keeps: ['https://example.com', 'https://example.org'],
    refuses: ['https://example.com.evil.net'],
  },
];

const javascript = (source: string): Pattern => ({ source, flags: '', dialect: 'javascript', mode: 'search' });

function check(pattern: Pattern, { repaired, keeps, refuses = [], safety = 'safe' }: Omit<Case, 'source'>): void {
  assert.deepEqual(repairPattern(pattern), { source: repaired, safety });
  const [before, after] = [
    originSet(originMatches(pattern)),
    originSet(originMatches({ ...pattern, source: repaired })),
  ];
  for (const origin of keeps) assert.deepEqual([origin, before.has(origin), after.has(origin)], [origin, true, true]);
  for (const origin of refuses)
    assert.deepEqual([origin, before.has(origin), after.has(origin)], [origin, true, false]);
  assert.equal(after.witness({ domains: before.namedDomains, origins: [] }), undefined);
}

describe('repairs of patterns', () => {
  for (const each of searched) it(`JavaScript: ${each.source}`, () => check(javascript(each.source), each));

  it('nginx: anchored at both ends, slashes as they stand', () => {
    check(
      { source: '^https?://.*example.com', flags: 'i', dialect: 'pcre', mode: 'search' },
      {
        repaired: '^https?://([a-z0-9-]+\\.)*example\\.com$',
        keeps: ['https://example.com', 'https://app.example.com'],
        refuses: ['https://evil-example.com', 'https://example.com.evil.net'],
      },
    );
  });

  it('Python: the whole text is matched, so that only dots and labels are repaired', () => {
    const python = (source: string): Pattern => ({ source, flags: '', dialect: 'python', mode: 'full' });
    check(python('https://app.example.com'), {
      repaired: 'https://app\\.example\\.com',
      keeps: ['https://app.example.com'],
      refuses: ['https://app-example.com'],
    });
    check(python('(?i)https://.*.example.com'), {
      repaired: '(?i)https://.*\\.example\\.com',
      keeps: ['https://app.example.com'],
      refuses: ['https://app-example.com'],
    });
    check(python('https://.*example\\.com'), {
      repaired: 'https://([a-z0-9-]+\\.)*example\\.com',
      keeps: ['https://example.com'],
      refuses: ['https://evilexample.com'],
    });
  });

  it('keeps apps that are named by their scheme', () => {
    check(javascript('^chrome-extension://.*|https://example.com$'), {
      repaired: '^(?:chrome-extension://.*|https://example\\.com)$',
      keeps: ['chrome-extension://AbC', 'https://example.com'],
    });
  });

  it('calls a repair unsafe that may lock out somebody who is named', () => {
    check(javascript('^chrome-extension://.*|https://.*example.com$'), {
      repaired: '^(?:chrome-extension://[a-z0-9-]*|https://([a-z0-9-]+\\.)*example\\.com)$',
      keeps: ['chrome-extension://abc', 'https://example.com'],
      refuses: ['chrome-extension://AbC', 'https://evil-example.com'],
      safety: 'unsafe',
    });
  });

  describe('with cookies, a pattern without a scheme means https', () => {
    for (const [source, repaired] of [
      ['example\\.com$', '^https://([a-z0-9-]+\\.)*example\\.com$'],
      ['^.+\\.example\\.com', '^https://([a-z0-9-]+\\.)+example\\.com$'],
      ['localhost', '^https?://([a-z0-9-]+\\.)*localhost(:\\d+)?$'],
      ['(localhost|app.example.com)$', '^https?://([a-z0-9-]+\\.)*(localhost|app\\.example\\.com)$'],
      ['https?://.*example\\.com$', '^https?://([a-z0-9-]+\\.)*example\\.com$'],
    ] as const)
      it(source, () =>
        assert.deepEqual(repairPattern(javascript(source), 'origin', true), { source: repaired, safety: 'safe' }),
      );
  });

  for (const source of [
    '.*',
    '^https://example',
    '^https:\\/\\/app-.*\\.vercel\\.app$',
    '(a+)\\1',
    '[',
    '^https:\\/\\/app\\.example\\.com$',
  ]) {
    it(`leaves ${source} alone`, () => assert.equal(repairPattern(javascript(source)), undefined));
  }
});
