/** Whether a condition holds for one request, in three-valued (Kleene) logic. */
import { holds } from './patterns/automaton.ts';
import { settle } from './condition-walk.ts';
import { parseUrl } from './parse-url.ts';
import { rememberedTexts } from './part-language.ts';
import { matchesPattern } from './patterns/pattern-match.ts';
import { comparedText, undecidedKey } from './request-test.ts';
import type { NamedPart, OriginTest, RequestTest } from './request-test.ts';
import type { CorsRequest } from './request.ts';
import type { Ternary } from './verdict.ts';

/** True or false where the text of the policy decides it, else `unknown`. Takes bounded time for any pattern. */
export function decide(test: RequestTest, request: CorsRequest): Ternary {
  return settle(test, (single) => decideSingle(single, request));
}

/** The same for many conditions and one request: what they have in common is decided once. */
export function deciderFor(request: CorsRequest): (test: RequestTest) => Ternary {
  const known = new Map<RequestTest, Ternary>();
  const single = (test: RequestTest): Ternary => decideSingle(test, request);
  return (test) => settle(test, single, known);
}

function decideSingle(test: RequestTest, request: CorsRequest): Ternary {
  switch (test.kind) {
    case 'always':
      return true;
    case 'circumstance': {
      const value = request.circumstances?.get(test.subject);
      return value === undefined ? withoutHeader(test, request) : value === (test.value ?? true);
    }
    case 'origin':
      return decideOrigin(test, request.origin);
    case 'origin-present':
      return request.origin !== null && request.origin !== '';
    case 'method':
      return request.method === test.name.toUpperCase();
    case 'preflight':
      return request.preflight !== undefined;
    case 'requested-method':
      return request.preflight !== undefined && test.names.includes(request.preflight.method);
    case 'requested-headers':
      return request.preflight !== undefined && areAmong(request.preflight.headers, test);
    case 'cookie':
      return request.cookie;
    case 'unknown': {
      const value = test.subject === undefined ? undefined : request.circumstances?.get(undecidedKey(test.subject));
      return value === undefined ? withoutHeader(test, request) : value === true;
    }
    default:
      return test.kind === 'never' ? false : 'unknown';
  }
}

/** What looks at a header that no preflight carries is decided in one. */
function withoutHeader({ inPreflight }: { readonly inPreflight?: boolean }, { preflight }: CorsRequest): Ternary {
  return preflight === undefined ? 'unknown' : (inPreflight ?? 'unknown');
}

/** One part of an origin as `new URL(origin)` gives it; the scheme without its colon. Undefined where that throws. */
export function partOfOrigin(origin: string, part: NamedPart): string | undefined {
  if (part === 'origin') return origin;
  if (parseUrl(origin) === undefined) return undefined;
  const url = new URL(origin);
  return part === 'scheme' ? url.protocol.slice(0, -1) : url[part];
}

function decideOrigin(test: OriginTest, origin: string | null): Ternary {
  // What a missing header is compared as differs by language: undefined, None or an empty string.
  if (origin === null && test.operator === 'within') return 'unknown';
  if (typeof test.part !== 'string') return decideCut(test, origin ?? '');
  const subject = partOfOrigin(origin ?? '', test.part);
  // Parsing failed: whether the code then refuses or throws is not known here.
  if (subject === undefined) return 'unknown';
  if (test.operator === 'matches') return matchesPattern(test.pattern, subject);
  const fold = (text: string): string => (test.ignoreCase ? text.toLowerCase() : text);
  const [value, text] = [fold(subject), fold(comparedText(test))];
  switch (test.operator) {
    case 'equals':
      return value === text;
    case 'starts-with':
      return value.startsWith(text);
    case 'ends-with':
      return value.endsWith(text);
    case 'contains':
      return value.includes(text);
    case 'within':
      return text.includes(value);
  }
}

/** A test of a piece that code cuts out: by its language, since the cutting itself may be a pattern of the user's. */
function decideCut(test: OriginTest, origin: string): Ternary {
  const accepted = rememberedTexts(test);
  const subject = accepted && partOfOrigin(origin, accepted.part);
  if (accepted === undefined || subject === undefined || !/^[\x20-\x7e]*$/.test(subject)) return 'unknown';
  if (holds(accepted.texts, subject)) return true;
  return accepted.undecided !== undefined && holds(accepted.undecided, subject) ? 'unknown' : false;
}

function areAmong(asked: readonly string[], { names, enough }: RequestTest & { kind: 'requested-headers' }): boolean {
  const allowed = new Set(names.map((name) => name.toLowerCase()));
  const isAllowed = (name: string): boolean => allowed.has(name.toLowerCase());
  return enough === 'one' ? asked.length === 0 || asked.some(isAllowed) : asked.every(isAllowed);
}
