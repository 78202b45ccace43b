/** What is not known where something that cannot be read answers the requests themselves. */
import type { SourceRange } from '../../syntax/range.ts';
import type { HeaderRule } from '../../policy/policy.ts';
import { not } from '../../policy/request-test.ts';

/** The headers that decide who reads, for requests that something else answers. */
export function unknownBehind(range: SourceRange): HeaderRule[] {
  const when = not({ kind: 'preflight' });
  return [
    ...['access-control-allow-origin', 'access-control-allow-credentials'].map((name): HeaderRule => ({
      name,
      operation: 'set',
      value: { kind: 'unknown' },
      when,
      range,
    })),
    { name: 'vary', operation: 'merge', value: { kind: 'unknown' }, when, range },
  ];
}
