import assert from 'node:assert/strict';
import { decidePageRequest } from '../../server/src/browser/fetch-cors.ts';
import type { PageRequest } from '../../server/src/browser/decision.ts';

const origin = 'https://a.example';
type Headers = Record<string, string[] | null>;

function outcome(page: Partial<PageRequest>, headers: Headers, status: number | null = 204): string {
  const decision = decidePageRequest(
    { origin, method: 'GET', headers: [], credentials: 'omit', ...page },
    (request) => {
      assert.ok(!request.preflight || !request.cookie, 'A preflight carries no cookie.');
      return { status: request.preflight ? status : 200, headers: new Map(Object.entries(headers)) };
    },
  );
  return decision.readable === false ? decision.reason : String(decision.readable);
}

describe('the CORS check and the preflight', () => {
  const allow = { 'access-control-allow-origin': [origin] };
  const star = { 'access-control-allow-origin': ['*'] };
  const yes = { 'access-control-allow-credentials': ['true'] };
  const include = { credentials: 'include' } as const;
  const rows: [name: string, page: Partial<PageRequest>, headers: Headers, expected: string, status?: number | null][] =
    [
      ['nothing', {}, {}, 'no-allow-origin'],
      ['own origin', {}, allow, 'true'],
      ['star', {}, star, 'true'],
      ['star with cookies', include, { ...star, ...yes }, 'wildcard-with-credentials'],
      ['cookies without the header', include, allow, 'credentials-not-true'],
      ['TRUE', include, { ...allow, 'access-control-allow-credentials': ['TRUE'] }, 'credentials-not-true'],
      ['cookies', include, { ...allow, ...yes }, 'true'],
      ['two lines', {}, { 'access-control-allow-origin': [origin, origin] }, 'multiple-allow-origin'],
      ['another', {}, { 'access-control-allow-origin': ['https://b.example'] }, 'origin-mismatch'],
      ['null', { origin: 'null' }, { 'access-control-allow-origin': ['null'] }, 'true'],
      ['unknown', {}, { 'access-control-allow-origin': null }, 'null'],
      ['put', { method: 'put' }, { ...allow, 'access-control-allow-methods': ['GET, PUT'] }, 'true'],
      [
        'patch in lower case',
        { method: 'patch' },
        { ...allow, 'access-control-allow-methods': ['PATCH'] },
        'preflight-method',
      ],
      ['any method', { method: 'PUT' }, { ...allow, 'access-control-allow-methods': ['*'] }, 'true'],
      [
        'any method with cookies',
        { method: 'PUT', ...include },
        { ...allow, ...yes, 'access-control-allow-methods': ['*'] },
        'preflight-method',
      ],
      ['JSON', { method: 'POST', headers: [['Content-Type', 'application/json']] }, allow, 'preflight-header'],
      ['a form', { method: 'POST', headers: [['Content-Type', 'text/plain;charset=UTF-8']] }, allow, 'true'],
      ['long Accept', { headers: [['Accept', 'a'.repeat(129)]] }, allow, 'preflight-header'],
      [
        'star never covers authorization',
        { headers: [['Authorization', 'x']] },
        { ...allow, 'access-control-allow-headers': ['*'] },
        'preflight-header',
      ],
      ['star covers others', { headers: [['X-A', 'x']] }, { ...allow, 'access-control-allow-headers': ['*'] }, 'true'],
      [
        'broken list',
        { method: 'PUT' },
        { ...allow, 'access-control-allow-methods': ['GET PUT'] },
        'preflight-headers-invalid',
      ],
      [
        'status',
        { method: 'DELETE' },
        { ...allow, 'access-control-allow-methods': ['DELETE'] },
        'preflight-status',
        404,
      ],
      [
        'redirect',
        { method: 'DELETE' },
        { ...allow, 'access-control-allow-methods': ['DELETE'] },
        'preflight-redirect',
        301,
      ],
      ['unknown status', { method: 'DELETE' }, { ...allow, 'access-control-allow-methods': ['DELETE'] }, 'null', null],
    ];
  for (const [name, page, headers, expected, status] of rows)
    it(name, () => assert.equal(outcome(page, headers, status), expected));
});
