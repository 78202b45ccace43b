/** One header that two parts of a program, or a program and the proxy in front of it, both send for the same request. */
import { answer } from '../policy/answer.ts';
import type { Fact, Policy } from '../policy/policy.ts';
import type { SourceRange } from '../syntax/range.ts';
import { byPlace, MountedPolicies } from './mounted-policies.ts';
import type { MountedPolicy } from './mounted-policies.ts';

const header = 'access-control-allow-origin';

/** A handler that adds a line to the one that a middleware has set before it. */
export function sentTwice(policies: readonly Policy[]): Fact[] {
  const mounted = policies.filter((policy): policy is MountedPolicy => policy.mounted !== undefined);
  const others = new MountedPolicies(mounted);
  return mounted.flatMap((policy): Fact[] => {
    const added = addedLine(policy);
    const earlier =
      added &&
      others.lastWith(
        policy,
        (other) =>
          byPlace(other, policy) < 0 &&
          other.mounted.when.kind === 'always' &&
          sharedOrigin(other, policy) !== undefined,
      );
    if (added === undefined || earlier === undefined) return [];
    return [
      {
        kind: 'duplicate-header',
        header: 'Access-Control-Allow-Origin',
        range: added,
        other: earlier.range,
        why: `this adds a line to that of ${earlier.title}, which runs before`,
      },
    ];
  });
}

/** Where a line is added to those that are there already. */
export function addedLine({ headers }: Policy): SourceRange | undefined {
  return headers.find(({ name, operation }) => name === header && operation === 'append')?.range;
}

/** An origin for which both certainly send the header on an ordinary answer. */
export function sharedOrigin(first: Policy, second: Policy): string | undefined {
  const named = [first, second].flatMap(({ settings }) =>
    settings.origins.value.flatMap(({ text }) => (text === undefined ? [] : [text])),
  );
  return [...named, 'https://app.example.com'].find(
    (origin) =>
      /^[a-z]+:\/\/[^\s*/]+$/.test(origin) &&
      [first, second].every((policy) => {
        const lines = answer(policy, { origin, method: 'GET', cookie: false }).headers.get(header);
        return lines !== null && lines !== undefined && lines.length === 1;
      }),
  );
}
