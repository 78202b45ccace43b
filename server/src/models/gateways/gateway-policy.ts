/** The settings of one place of a gateway as a policy. */
import type { Policy } from '../../policy/policy.ts';
import { all } from '../../policy/request-test.ts';
import { originsInOneText } from '../origins-in-one-text.ts';
import type { GatewayInput } from './gateway-cors.ts';
import { gatewayEdits } from './gateway-edits.ts';
import { gatewayAnswer } from './gateway-headers.ts';
import { gatewaySettings } from './gateway-settings.ts';

/** The policy that the settings make by the table of their product. */
export function gatewayPolicy(input: GatewayInput): Policy {
  const { gateway, version, range } = input;
  const { headers, letIn } = gatewayAnswer(input);
  const { allowed, refused } = gateway.preflightStatus;
  return {
    framework: gateway.framework,
    title: version === undefined ? gateway.title : `${gateway.title} ${version}`,
    ...(version !== undefined && { version }),
    range,
    scope: input.scope,
    purpose: 'application',
    settings: gatewaySettings(input),
    headers,
    statuses: [
      { when: all([letIn, { kind: 'preflight' }]), status: allowed },
      { when: { kind: 'preflight' }, status: refused },
    ],
    facts: [...(input.facts ?? []), ...originsInOneText(input.entries, gateway.title)],
    edits: { ...gatewayEdits(input), ...input.edits },
    ...(input.refusesToStart !== undefined && { refusesToStart: input.refusesToStart }),
  };
}
