/** Which requests hear which part of a service's answer. */
import type { RequestTest } from '../../policy/request-test.ts';
import { all, always, not, optionsMethod, originPresent, some } from '../../policy/request-test.ts';
import type { CorsService } from './cors-service.ts';
import { methodAmong, requestedHeaders, requestedMethod } from './service-names.ts';
import type { ServiceSettings } from './service-settings.ts';

export const preflight: RequestTest = { kind: 'preflight' };

export interface ServiceAudience {
  /** The origin is one that may read. */
  readonly letIn: RequestTest;
  /** The method is one that the service serves at all. */
  readonly accepted: RequestTest;
  /** Both, and a preflight asks for nothing that is not listed. */
  readonly applies: RequestTest;
  /** Who hears of everything but the origin. */
  readonly told: RequestTest;
  /** Of those the ones that get the headers of a preflight. */
  readonly asked: RequestTest;
}

export function audienceOf(service: CorsService, settings: ServiceSettings): ServiceAudience {
  const named = some(settings.origins.filter(({ kind }) => kind !== 'any').map(({ accepts }) => accepts));
  const letIn = all([originPresent, settings.open ? always : named]);
  const accepted = service.refusesMethods === undefined ? always : some([preflight, methodAmong(settings.methods)]);
  const answered = service.strictPreflight ? asksForListed(service, settings) : always;
  const applies = service.preflightsOnly
    ? all([letIn, preflight, answered])
    : all([letIn, accepted, some([not(preflight), answered])]);
  const told = service.strangers ? (service.preflightsOnly ? preflight : always) : applies;
  const asked = all([told, service.everyOptions ? optionsMethod : preflight]);
  return { letIn, accepted, applies, told, asked };
}

function asksForListed(
  { oneListedHeader }: CorsService,
  { methods, anyMethod, allowedHeaders, anyHeader }: ServiceSettings,
): RequestTest {
  const headers = anyHeader ? always : requestedHeaders(allowedHeaders);
  const enough: RequestTest =
    headers.kind === 'requested-headers' && oneListedHeader ? { ...headers, enough: 'one' } : headers;
  return all([anyMethod ? always : requestedMethod(methods), enough]);
}
