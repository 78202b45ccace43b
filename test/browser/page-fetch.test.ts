import assert from 'node:assert/strict';
import type { FetchRequest, PageFetch } from '../../server/src/browser/decision.ts';
import { decidePageFetch } from '../../server/src/browser/page-fetch.ts';
import { blockedSteps } from '../../server/src/browser/steps.ts';

const origin = 'https://a.example';
type Lines = Record<string, string[] | null>;

/** Each answer in turn; the last one again and again. */
function fetched(page: Partial<PageFetch>, ...answers: [status: number | null, headers: Lines][]) {
  const requests: FetchRequest[] = [];
  const outcome = decidePageFetch(
    { url: 'https://b.example/', origin, method: 'GET', headers: [], credentials: 'omit', ...page },
    (request) => {
      const [status, headers] = answers[Math.min(requests.push(request), answers.length) - 1]!;
      return { status, headers: new Map(Object.entries(headers)) };
    },
  );
  return { outcome, requests, result: outcome.type === 'error' ? outcome.reason : outcome.type };
}

describe("a page's whole fetch", () => {
  const star = { 'access-control-allow-origin': ['*'] };
  const to = (location: string): [number, Lines] => [307, { ...star, location: [location] }];

  it('is decided by the mode before anything is sent', () => {
    for (const [page, expected] of [
      [{ method: 'trace' }, 'forbidden-method'],
      [{ mode: 'no-cors', method: 'PUT' }, 'no-cors-method'],
      [{ mode: 'same-origin' }, 'same-origin-mode'],
      [{ mode: 'no-cors', redirect: 'manual' }, 'no-cors-redirect-mode'],
    ] as const) {
      const { result, requests } = fetched(page, [200, star]);
      assert.equal(result, expected);
      assert.equal(requests.length, 0);
    }
  });
  it('sends the origin null from the third server on', () => {
    const { requests, result } = fetched({}, to('https://c.example/'), [
      200,
      { 'access-control-allow-origin': ['null'] },
    ]);
    assert.deepEqual(
      requests.map((request) => request.origin),
      [origin, 'null'],
    );
    assert.equal(result, 'cors');
  });
  it('leaves Authorization behind at another origin', () => {
    const allow = { ...star, 'access-control-allow-headers': ['authorization'] };
    const { requests } = fetched(
      { headers: [['Authorization', 'x']] },
      [204, allow],
      [307, { ...allow, location: ['https://c.example/'] }],
      [200, star],
    );
    assert.deepEqual(
      requests.map(({ method, headers }) => [method, ...headers]),
      [['OPTIONS'], ['GET', 'authorization'], ['GET']],
    );
  });
  it('becomes GET after 303 and after POST with 302', () => {
    for (const [method, status, expected] of [
      ['POST', 302, 'GET'],
      ['POST', 307, 'POST'],
      ['HEAD', 303, 'HEAD'],
    ] as const) {
      const { requests } = fetched({ method, url: `${origin}/` }, [status, { location: ['/x'] }], [200, {}]);
      assert.deepEqual(
        requests.map((request) => request.method),
        [method, expected],
      );
    }
  });
  it('ends after twenty redirects, at addresses that are none, and with user names', () => {
    assert.equal(fetched({}, to('/again')).result, 'too-many-redirects');
    assert.equal(fetched({}, to('/again')).requests.length, 21);
    assert.equal(fetched({}, to('ftp://c.example/')).result, 'redirect-location');
    assert.equal(fetched({}, to('https://u@c.example/')).result, 'redirect-userinfo');
    assert.equal(fetched({ redirect: 'error' }, to('/x')).result, 'redirect-refused');
    assert.equal(fetched({ redirect: 'manual' }, to('/x')).result, 'opaqueredirect');
  });
  it("carries cookies to the page's own server only, unless all are included", () => {
    assert.deepEqual(
      fetched(
        { credentials: 'same-origin', url: `${origin}/` },
        [307, { location: ['https://b.example/'] }],
        [200, star],
      ).requests.map(({ cookie }) => cookie),
      [true, false],
    );
    assert.deepEqual(
      fetched({ credentials: 'include' }, [200, star]).requests.map(({ cookie }) => cookie),
      [true],
    );
  });
  it('reads safelisted and exposed headers of another origin, and never cookies', () => {
    const names = (headers: Lines, credentials: 'omit' | 'include' = 'omit') => {
      const { outcome } = fetched({ credentials }, [
        200,
        {
          'access-control-allow-origin': [origin],
          'access-control-allow-credentials': ['true'],
          'x-a': ['1'],
          'set-cookie': ['a'],
          pragma: ['x'],
          ...headers,
        },
      ]);
      return outcome.type === 'cors' ? outcome.headers : outcome.type;
    };
    assert.deepEqual(names({}), ['pragma']);
    assert.deepEqual(names({ 'access-control-expose-headers': ['X-A'] }), ['pragma', 'x-a']);
    assert.deepEqual(names({ 'access-control-expose-headers': ['*'] }, 'include'), ['pragma']);
    assert.ok((names({ 'access-control-expose-headers': ['*'] }) as string[]).includes('x-a'));
    assert.equal(names({ 'access-control-expose-headers': null }), null);
  });
  it('is unknown where a header or a status that decides is', () => {
    assert.equal(fetched({}, [200, { 'access-control-allow-origin': null }]).result, 'unknown');
    assert.equal(fetched({}, [null, star]).result, 'unknown');
    assert.equal(fetched({}, [307, { ...star, location: null }]).result, 'unknown');
  });
  it('names the step of the standard for each reason', () => {
    for (const { step, specification } of Object.values(blockedSteps)) {
      assert.match(specification, /^https:\/\/fetch\.spec\.whatwg\.org\/#/);
      assert.match(step, /^[A-Z][\w() -]+: /);
    }
  });
});
