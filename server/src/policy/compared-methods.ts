/** Whether a policy compares the method that a preflight asks for with its list, or leaves that to the browser. */
import { fold } from './condition-walk.ts';
import type { Policy } from './policy.ts';
import type { RequestTest } from './request-test.ts';

/**
 * Whether what is answered hangs on a list of methods that holds `listed` and not `method`: the software that answers compares them
 * itself, letter by letter. False where it only sends its list.
 */
export function comparesMethods(
  { headers, statuses }: Pick<Policy, 'headers' | 'statuses'>,
  listed: string,
  method: string,
): boolean {
  const known = new Map<RequestTest, boolean>();
  return [...headers, ...statuses].some(({ when }) =>
    fold<boolean>(
      when,
      (part, parts) =>
        (part.kind === 'requested-method' && part.names.includes(listed) && !part.names.includes(method)) ||
        parts.includes(true),
      known,
    ),
  );
}
