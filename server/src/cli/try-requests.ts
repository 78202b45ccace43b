/** `try`: what each policy sends to each origin, and what the browser does with it. */
import { answer, combinedValue } from '../policy/answer.ts';
import type { Policy } from '../policy/policy.ts';
import type { CorsRequest } from '../policy/request.ts';
import { decidePageRequest } from '../browser/fetch-cors.ts';
import { asSent } from '../service/layers.ts';
import { positionsOf } from '../service/positions.ts';
import type { Expectation, TriedRequest } from './arguments.ts';
import { printed } from './printed.ts';
import type { FileReport } from './report.ts';
import type { Style } from './style.ts';

export interface TriedPolicy {
  readonly framework: string;
  readonly path: string;
  readonly line: number;
  readonly requests: readonly Tried[];
}
export interface Tried {
  readonly origin: string;
  /** Header → value; null where the text does not decide it. Null as a whole where it decides neither who reads nor anything else. */
  readonly answer: Readonly<Record<string, string | null>> | null;
  readonly readable: boolean | null;
  readonly withCredentials: boolean | null;
  readonly reason: string;
  /** With `--expect`: what was to come of it, and whether it did. What the text does not decide is not as expected. */
  readonly expected?: Expectation;
  readonly asExpected?: boolean;
}

/** One entry a policy, in the order of the files. */
export function tryPolicies(files: readonly FileReport[], request: TriedRequest): TriedPolicy[] {
  return files.flatMap(({ path, text, result }) => {
    const position = positionsOf(text);
    return result.policies.map((policy) => ({
      framework: policy.framework,
      path,
      line: position(policy.range.start).line,
      requests: request.origins.map((origin) => expecting(tryOrigin(policy, origin, request), request.expected)),
    }));
  });
}

/** What goes out to a browser is what all layers make of it together, as the view of policies says. */
function tryOrigin(read: Policy, origin: string, { method, headers, credentials }: TriedRequest): Tried {
  const policy = asSent(read);
  const page = { origin, method, headers: headers.map((name) => [name, 'x'] as const) };
  const respond = (asked: CorsRequest) => answer(policy, asked);
  const without = decidePageRequest({ ...page, credentials: 'omit' }, respond);
  const withCookies = credentials ? decidePageRequest({ ...page, credentials: 'include' }, respond) : undefined;
  const actual: CorsRequest = { origin, method, cookie: credentials };
  const decided = withCookies?.readable === true ? withCookies : without;
  const reason =
    decided.readable === true
      ? withCookies?.readable === true
        ? 'The browser lets the page read it, with cookies too.'
        : withCookies && !withCookies.readable && withCookies.readable !== null
          ? `The browser lets the page read it without cookies. With them: ${withCookies.explanation}`
          : 'The browser lets the page read it.'
      : decided.readable === null
        ? 'The text does not decide it.'
        : decided.explanation;
  return {
    origin,
    answer: headersOf(policy, actual),
    readable: withCookies?.readable === true ? true : without.readable,
    withCredentials: withCookies === undefined ? false : withCookies.readable,
    reason,
  };
}

function expecting(tried: Tried, expected: Expectation | undefined): Tried {
  if (expected === undefined) return tried;
  const { readable, withCredentials } = tried;
  const asExpected =
    expected === 'denied' ? readable === false : (expected === 'allowed' ? readable : withCredentials) === true;
  return { ...tried, expected, asExpected };
}

/** Where no policy was found nothing was tried, whatever was expected. */
export function isAsExpected(policies: readonly TriedPolicy[], expected: Expectation | undefined): boolean {
  if (expected === undefined) return true;
  const requests = policies.flatMap((policy) => policy.requests);
  return requests.length > 0 && requests.every(({ asExpected }) => asExpected === true);
}

export function expectationWords(policies: readonly TriedPolicy[]): string {
  const requests = policies.flatMap((policy) => policy.requests);
  const met = requests.filter(({ asExpected }) => asExpected === true).length;
  return requests.length === 0 ? 'Nothing was tried.' : `${met} of ${requests.length} as expected.`;
}

function headersOf(policy: Policy, request: CorsRequest): Record<string, string | null> | null {
  const sent = answer(policy, request);
  const known = [...sent.headers.keys()].flatMap((name): [string, string | null][] => {
    const value = combinedValue(sent, name);
    return value === undefined ? [] : [[name, value]];
  });
  const isUndecided = known.every(([, value]) => value === null) && sent.headers.has('access-control-allow-origin');
  return isUndecided ? null : Object.fromEntries(known);
}

/** For people. */
export function describeTried(policies: readonly TriedPolicy[], style: Style): string {
  if (policies.length === 0) return 'No CORS policy was found in these files.\n';
  const described = policies.map(({ path, line, framework, requests }) =>
    [
      `${style('cyan', `${printed(path)}:${line}`)} ${style('gray', `(${framework})`)}`,
      ...requests.flatMap((request) => describeRequest(request, style)),
    ].join('\n'),
  );
  return `${described.join('\n\n')}\n`;
}

const outcomeColors = { unknown: 'yellow', allowed: 'green', denied: 'red' } as const;

function describeRequest(tried: Tried, style: Style): string[] {
  const { origin, readable, withCredentials, reason, answer: headers } = tried;
  const outcome =
    readable === null ? 'unknown' : readable ? `can read${withCredentials ? ', with cookies' : ''}` : 'cannot read';
  return [
    `  ${style('bold', printed(origin))}: ${style(outcomeColors[outcomeOf(tried)], outcome)}${unmetWords(tried, style)}`,
    `    ${printed(reason)}`,
    ...Object.entries(headers ?? {}).map(
      ([name, value]) =>
        `    ${style('gray', `${printed(name)}:`)} ${value === null ? '(decided at run time)' : printed(value)}`,
    ),
  ];
}

function outcomeOf({ readable }: Pick<Tried, 'readable'>): 'unknown' | 'allowed' | 'denied' {
  return readable === null ? 'unknown' : readable ? 'allowed' : 'denied';
}

function unmetWords({ expected, asExpected }: Tried, style: Style): string {
  return asExpected === false ? ` ${style('red', `(expected: ${expected})`)}` : '';
}
