/** Edits of a gateway's settings where they stand. */
import type { OriginEntry, PolicyEdits } from '../../policy/policy.ts';
import { always, never } from '../../policy/request-test.ts';
import { matchesPattern } from '../../policy/patterns/pattern-match.ts';
import { isPlaceholder } from '../../edits/tree-edits.ts';
import type { GatewayInput } from './gateway-cors.ts';

/** The edits that the rules ask a policy for. */
export function gatewayEdits({
  origins,
  credentials,
  methods,
  allowedHeaders,
  maxAge,
  entries,
  gateway,
  insertOrigins,
  insertCredentials,
}: GatewayInput): PolicyEdits {
  const isOpen = ({ kind, accepts, pattern, matching }: OriginEntry): boolean =>
    kind === 'any' ||
    kind === 'fallback' ||
    accepts === always ||
    (pattern !== undefined && (matching === 'regex' || matchesPattern(pattern, 'https://anybody.invalid') !== false));
  const kept = entries
    .filter(
      (entry) => !isOpen(entry) && entry.accepts !== never && entry.text !== undefined && !isPlaceholder(entry.text),
    )
    .map(({ text }) => text!);
  const allowOnly = origins
    ? (allowed: readonly string[], placeholder?: string) =>
        placeholder !== undefined && kept.length > 0 ? origins.write(kept) : origins.write(allowed, placeholder)
    : insertOrigins;
  return {
    ...(allowOnly && { allowOnly }),
    ...(credentials
      ? { dropCredentials: () => (gateway.defaults.credentials ? credentials.write(['false']) : credentials.remove()) }
      : insertCredentials && { dropCredentials: insertCredentials }),
    ...(maxAge && { setMaxAge: (seconds: number) => maxAge.write([String(seconds)]) }),
    ...(methods && { setMethods: (names: readonly string[]) => methods.write(names) }),
    ...(allowedHeaders && { setAllowedHeaders: (names: readonly string[]) => allowedHeaders.write(names) }),
  };
}
