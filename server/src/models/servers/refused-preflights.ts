/**
 * Preflights that a server answers with an error, or without its CORS headers, whoever asks: what it looks at is the method, or a header
 * that comes with the request after the preflight only. https://fetch.spec.whatwg.org/#cors-preflight-fetch-0
 */
import type { SourceRange } from '../../syntax/range.ts';
import { decide } from '../../policy/decide.ts';
import type { Fact } from '../../policy/policy.ts';
import { replaced } from '../../policy/replaced-tests.ts';
import type { CorsRequest } from '../../policy/request.ts';
import { unknown } from '../../policy/request-test.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import type { Ternary } from '../../policy/verdict.ts';
import type { HeaderStatement } from './header-statements.ts';

/** An answer that is no success: a browser takes no other one for a preflight. */
export interface Refusal {
  /** The requests that get there, and are answered so. */
  readonly when: RequestTest;
  readonly range: SourceRange;
  /** A clause: `a preflight is answered with 405 here`. */
  readonly why: string;
  readonly instead?: string;
}

export interface SentHeader {
  readonly name: string;
  readonly range: SourceRange;
  readonly when: RequestTest;
}

export interface PreflightParts {
  /** For people: `location /api/`. */
  readonly scope: string;
  readonly headers: readonly SentHeader[];
  readonly refusals: readonly Refusal[];
}

/** The fact that a preflight fails, with the first reason for it; none where none is meant, or where the text does not decide. */
export function preflightsThatFail({ scope, headers, refusals }: PreflightParts): Fact[] {
  const origin = headers.find(({ name }) => name === 'access-control-allow-origin');
  const meant = headers.filter(({ name }) => /^access-control-allow-(methods|headers)$/.test(name));
  if (!origin || meant.length === 0) return [];
  const fact = { kind: 'unhandled-preflight', range: origin.range } as const;
  const needs = `${scope} with PUT, DELETE or a JSON body`;
  const refusal = refusals.find(({ when }) => ofPreflights(when) === true && ofOthers(when) !== true);
  if (refusal) {
    const { why, instead, range } = refusal;
    const related = { related: range, relatedMessage: 'This answers first.' };
    return [{ ...fact, needs, why, ...related, ...(instead !== undefined && { instead }) }];
  }
  const never = [origin, ...meant].every(({ when }) => ofPreflights(when) === false && ofOthers(when) !== false);
  const all = headers.filter(({ name }) => name === 'access-control-allow-origin');
  if (!never || all.some(({ when }) => ofPreflights(when) !== false)) return [];
  return [
    {
      ...fact,
      needs,
      why: 'the condition around these headers does not hold for a preflight, which asks with OPTIONS and carries no header of a page',
      instead: 'Send them for OPTIONS too',
    },
  ];
}

/** The refusals and headers of statements that stand on lines of their own. */
export function failingPreflights(
  scope: string,
  statements: readonly HeaderStatement[],
  refusals: readonly Refusal[],
): Fact[] {
  const headers = statements.filter(({ operation }) => operation !== 'remove');
  return preflightsThatFail({ scope, headers, refusals });
}

const asked: CorsRequest = {
  origin: 'https://page.example',
  method: 'OPTIONS',
  preflight: { method: 'PUT', headers: ['authorization', 'content-type'] },
  cookie: false,
};

/** How it comes out in a preflight of any origin. */
function ofPreflights(when: RequestTest): Ternary {
  return decide(withoutOrigins(when), asked);
}

/** How it comes out in the request that a page wants to make. */
function ofOthers(when: RequestTest): Ternary {
  const others = ['GET', 'POST', 'PUT'].map((method) =>
    decide(withoutOrigins(when), { origin: asked.origin, method, cookie: true }),
  );
  return others.every((one) => one === others[0]) ? others[0]! : 'unknown';
}

/** Which origins are let in is another question. */
function withoutOrigins(when: RequestTest): RequestTest {
  return replaced(when, (single) => (single.kind === 'origin' ? unknown() : single));
}
