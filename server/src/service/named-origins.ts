/** Origins that an allowlist may be made of when the settings trust none: those that a file names already. */
import { isSandboxHost, isTunnelHost } from '../policy/known-hosts.ts';
import type { Policy } from '../policy/policy.ts';
import { inspectOrigin, isLoopbackHost, isPrivateHost } from '../policy/serialised-origin.ts';

const mostNamed = 5;

/** Exact `https` origins of the policies, in the order of the text; developers' machines, tunnels and playgrounds left out. */
export function namedOrigins(policies: readonly Policy[]): string[] {
  const found = new Set<string>();
  for (const { settings } of policies) {
    for (const { kind, text } of settings.origins.value) {
      if (found.size === mostNamed) return [...found];
      if (kind !== 'text' || text === undefined || !text.startsWith('https://') || !inspectOrigin(text).valid) continue;
      const host = text.slice('https://'.length).replace(/:\d+$/, '');
      if (
        ![isLoopbackHost, isPrivateHost, isTunnelHost, isSandboxHost].some((isOutOfQuestion) => isOutOfQuestion(host))
      )
        found.add(text);
    }
  }
  return [...found];
}
