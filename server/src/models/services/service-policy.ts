/** One map of a service's settings as a policy. */
import type { Fact, Policy } from '../../policy/policy.ts';
import { always, originPresent } from '../../policy/request-test.ts';
import { originsInOneText } from '../origins-in-one-text.ts';
import type { CorsService, ServicePolicyInput } from './cors-service.ts';
import { audienceOf } from './service-audience.ts';
import { serviceEdits } from './service-edits.ts';
import { serviceHeaders, serviceStatuses } from './service-headers.ts';
import type { ServiceSettings } from './service-settings.ts';
import { policySettings, readSettings } from './service-settings.ts';

/** The policy that the settings make by the table of their service. */
export function servicePolicy(input: ServicePolicyInput): Policy {
  const { service, failsWith } = input;
  const settings = readSettings(input);
  const audience = audienceOf(service, settings);
  return {
    framework: service.framework,
    title: service.title,
    range: settings.range,
    scope: input.scope,
    purpose: input.purpose ?? 'application',
    settings: policySettings(settings),
    ...(failsWith === undefined
      ? {
          headers: serviceHeaders(service, input.keys, settings, audience),
          statuses: serviceStatuses(service, audience),
        }
      : failing(failsWith)),
    facts: [
      ...(input.facts ?? []),
      ...openWithCredentials(service, settings),
      ...originsInOneText(settings.origins, service.title),
    ],
    edits: serviceEdits(input, settings.origins),
    ...(input.refusesToStart !== undefined && { refusesToStart: input.refusesToStart }),
  };
}

/** Where everybody is let in for sure, and credentials are or may be on: each possible answer is a mistake. */
function openWithCredentials(service: CorsService, { origins, credentials }: ServiceSettings): Fact[] {
  const everybody = origins.find(({ kind, accepts }) => kind === 'any' && accepts.kind === 'always');
  const isDecided = service.open !== 'unknown-with-credentials' || credentials.value === false;
  return isDecided || everybody === undefined ? [] : [{ kind: 'open-with-credentials', range: everybody.range }];
}

/** A service that answers every request that has an Origin by an error. */
function failing(status: number): Pick<Policy, 'headers' | 'statuses'> {
  return {
    headers: [],
    statuses: [
      { when: originPresent, status },
      { when: always, status: null },
    ],
  };
}
