/** Two layers that set the same header for one response: a proxy that adds it, and the application behind it. */
import type { Fact, HeaderRule, Policy, StatusRule } from '../policy/policy.ts';
import { all, not } from '../policy/request-test.ts';
import type { FrameworkContext } from '../models/framework.ts';
import { addedLine, sharedOrigin } from '../verdict/sent-twice.ts';
import { programOfService } from './compose-services.ts';

/**
 * The facts of a proxy's policies. `policiesOf` reads another file, by absolute path; undefined while it has not been read. Certain
 * only where an origin is found to which both layers send the header, on every route of the application.
 */
export function layerFacts(policies: readonly Policy[], context: FrameworkContext, policiesOf: PoliciesOf): Fact[] {
  return policies.flatMap((proxy): Fact[] => {
    const { forwards } = proxy;
    const added = forwards?.added ?? addedLine(proxy);
    if (forwards === undefined || added === undefined) return [];
    const { path, covering } = behind(forwards.host, context, policiesOf);
    const other = covering.find((policy) => sharedOrigin(proxy, policy) !== undefined);
    if (other === undefined) return [];
    return [
      {
        kind: 'duplicate-header',
        header: 'Access-Control-Allow-Origin',
        range: added,
        other: { ...other.range, path: other.range.path ?? path! },
        why: `here, and by ${other.title} in the application that answers as "${forwards.host}"`,
        ...(forwards.hide && { fix: forwards.hide, fixTitle: `Drop the header of "${forwards.host}" here` }),
      },
    ];
  });
}

type PoliciesOf = (path: string) => readonly Policy[] | undefined;

/** The policies of the program behind the proxy that cover every route of it. */
function behind(
  host: string,
  context: FrameworkContext,
  policiesOf: PoliciesOf,
): { readonly path: string | undefined; readonly covering: readonly Policy[] } {
  const path = programOfService(host, context);
  const policies = path === undefined ? [] : (policiesOf(path) ?? []);
  return { path, covering: policies.filter(({ scope }) => /^every (route|response)\b/.test(scope)) };
}

/**
 * The same policies; those of a proxy say what goes out when the program behind it has had its say. Only where one policy of that
 * program covers all of its routes: of several it is not known which one answers.
 */
export function throughLayers(
  policies: readonly Policy[],
  context: FrameworkContext,
  policiesOf: PoliciesOf,
): readonly Policy[] {
  return policies.map((proxy) => {
    if (proxy.forwards === undefined) return proxy;
    const { path, covering } = behind(proxy.forwards.host, context, policiesOf);
    const [application] = covering;
    if (application === undefined || covering.length > 1) return proxy;
    const { title, scope, range } = proxy;
    return {
      ...proxy,
      layers: [
        { role: 'proxy', title, scope, range },
        {
          role: 'application',
          title: application.title,
          scope: application.scope,
          range: { ...application.range, path: application.range.path ?? path! },
        },
      ],
      throughLayers: stacked(proxy, application, path!),
    };
  });
}

/** What the proxy answers by itself does not reach the application; what the application sends, the proxy adds to. */
function stacked(proxy: Policy, application: Policy, path: string): Pick<Policy, 'headers' | 'statuses'> {
  const answered = proxy.statuses.filter(({ status }) => status !== null);
  const reached = answered.map(({ when }) => not(when));
  const within = <T extends HeaderRule | StatusRule>(rule: T): T => ({ ...rule, when: all([...reached, rule.when]) });
  const ofApplication = (rule: HeaderRule): HeaderRule => within({ ...rule, range: { path, ...rule.range } });
  // A server that writes its header before the answer comes has the application's beside it.
  const beside = (rule: HeaderRule): HeaderRule =>
    proxy.forwards?.added !== undefined && rule.operation === 'set' ? { ...rule, operation: 'append' } : rule;
  return {
    headers: [...application.headers.map(ofApplication), ...proxy.headers.map(beside)],
    statuses: [...answered, ...application.statuses.map(within)],
  };
}

/** The policy with the rules by which answers go out to a browser: those of all its layers. */
export function asSent(policy: Policy): Policy {
  return policy.throughLayers === undefined ? policy : { ...policy, ...policy.throughLayers };
}
