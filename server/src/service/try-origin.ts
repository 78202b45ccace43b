/** One request of a page, tried on a policy: what the server answers, and at which step the browser stops. */
import { decidePageRequest } from '../browser/fetch-cors.ts';
import { blockedSteps } from '../browser/steps.ts';
import { answer, combinedValue } from '../policy/answer.ts';
import type { Policy } from '../policy/policy.ts';
import type { Answer, CorsRequest } from '../policy/request.ts';
import { inspectOrigin } from '../policy/serialised-origin.ts';
import { curlCommand } from './curl-command.ts';
import { asSent } from './layers.ts';

/** What somebody typed. */
export interface TriedRequest {
  readonly origin: string;
  readonly method: string;
  /** Names of the headers that the page sets itself. */
  readonly headers: readonly string[];
  readonly cookies: boolean;
}

export interface TriedOutcome {
  /** Null where the text does not decide it. */
  readonly readable: boolean | null;
  /** One plain sentence. */
  readonly explanation: string;
  /** Where the browser stops, in the words of the Fetch standard, and its section. */
  readonly step?: string;
  readonly specification?: string;
  /** In the order in which they go out. */
  readonly exchanges: readonly Exchange[];
}

/** A request on the network and its answer, as far as CORS goes. */
export interface Exchange {
  /** `OPTIONS` for a preflight. */
  readonly method: string;
  readonly status: number | null;
  /** Header and value; null where the text does not decide it. */
  readonly headers: readonly (readonly [name: string, value: string | null])[];
  /** The request as a command line of curl. */
  readonly curl: string;
}

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Why nobody can send such a request, in a sentence; undefined where a page can. */
export function mistakeIn({ origin, method, headers }: TriedRequest): string | undefined {
  const { valid, serialised } = inspectOrigin(origin);
  if (!valid) {
    const instead = serialised === undefined ? 'It is a scheme, a host and perhaps a port.' : `Write ${serialised}.`;
    return `No page has the origin "${origin}". ${instead}`;
  }
  const wrong = [method, ...headers].find((name) => !token.test(name));
  return wrong === undefined ? undefined : `"${wrong}" is no name of a method or header.`;
}

/** The request has no mistake. */
export function tryOrigin(policy: Policy, { origin, method, headers, cookies }: TriedRequest): TriedOutcome {
  const rules = asSent(policy);
  const exchanges: Exchange[] = [];
  const respond = (request: CorsRequest): Answer => {
    const given = answer(rules, request);
    exchanges.push({ ...exchangeOf(request, given), curl: curlCommand(request, headers, policy.scope) });
    return given;
  };
  const decision = decidePageRequest(
    {
      origin,
      method,
      headers: headers.map((name) => [name, 'x'] as const),
      credentials: cookies ? 'include' : 'omit',
    },
    respond,
  );
  if (decision.readable === null)
    return { readable: null, explanation: 'The text does not decide it: it comes out at run time.', exchanges };
  if (decision.readable)
    return { readable: true, explanation: 'The browser lets the page read the response.', exchanges };
  const { explanation, reason, specification } = decision;
  return { readable: false, explanation, step: blockedSteps[reason].step, specification, exchanges };
}

function exchangeOf({ method }: CorsRequest, given: Answer): Omit<Exchange, 'curl'> {
  return {
    method,
    status: given.status,
    headers: [...given.headers.keys()].flatMap((name): [string, string | null][] => {
      const value = combinedValue(given, name);
      return value === undefined ? [] : [[name, value]];
    }),
  };
}
