/**
 * Routes of Spring Cloud Gateway that take no OPTIONS. A preflight that no route takes comes to Spring's mapping of static files, and
 * that knows the CORS settings of the gateway only where `add-to-simple-url-handler-mapping` says so.
 *
 * https://docs.spring.io/spring-cloud-gateway/reference/spring-cloud-gateway-server-webflux/cors-configuration.html
 */
import type { SourceRange } from '../../syntax/range.ts';
import type { TreeMap } from '../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import { mapsOf, textNodesOf, textOf, valueAt } from '../../edits/tree-edits.ts';
import { methodBarrier, missedByPreflights, withMissed } from '../../models/gateways/missed-routes.ts';
import type { ChosenRoute } from '../../models/gateways/missed-routes.ts';
import { groupUnder, propertyText } from '../../models/services/property-settings.ts';
import type { PropertySource } from '../../models/services/property-settings.ts';

/** The settings for all paths, with the routes whose preflights they do not answer; others as they are. */
export function withMissedRoutes(policy: Policy, path: string, source: PropertySource, gateway: string): Policy {
  const switched = propertyText(source, `${gateway}.globalcors.add-to-simple-url-handler-mapping`);
  const discovers = propertyText(source, `${gateway}.discovery.locator.enabled`) ?? 'false';
  // A path below the root may not be that of the route; routes that are discovered take every method.
  if (path !== '/**' || (switched ?? 'false').trim() !== 'false' || discovers.trim() !== 'false') return policy;
  const routes = mapsOf(groupUnder(source, gateway)?.get('routes')?.value);
  const ways = routes.map(waysOf);
  const { methods, allowedHeaders } = policy.settings;
  const missed = routes.map((route, index) =>
    missedByPreflights({
      ways: ways[index]!.ways,
      scope: `the route ${textOf(valueAt(route, 'id')) ?? ''}`.trim(),
      settings: policy.range,
      meant: methods?.written === true || allowedHeaders?.written === true,
      others: ways.filter((_, other) => other !== index),
      instead: 'Set globalcors.add-to-simple-url-handler-mapping to true, or let the route take OPTIONS too',
    }),
  );
  const facts: readonly Fact[] = missed.flat();
  return missed.every((one) => one.length > 0)
    ? withMissed(facts)(policy)
    : { ...policy, facts: [...policy.facts, ...facts] };
}

/** `predicates` in their short form; one in another form may look at the method in any way. */
function waysOf(route: TreeMap): ChosenRoute {
  const predicates = textNodesOf(valueAt(route, 'predicates')).map(({ value, range }) => ({
    name: /^\s*(\w+)\s*=/.exec(value)?.[1] ?? '',
    values: value.slice(value.indexOf('=') + 1).split(','),
    range,
  }));
  const [barrier] = predicates
    .filter(({ name }) => name === 'Method')
    .map(({ values, range }) =>
      barrierOf(
        values.map((value) => value.trim().toUpperCase()),
        range,
      ),
    );
  const paths = predicates.find(({ name }) => name === 'Path')?.values ?? [];
  const begin = (path: string): string => /^[^*{?]*/.exec(path.trim())![0];
  return { ways: paths.length === 0 ? [{ barrier }] : paths.map((path) => ({ path: begin(path), barrier })) };
}

function barrierOf(taken: readonly string[], range: SourceRange): ReturnType<typeof methodBarrier> {
  return methodBarrier((method) => (taken.some((one) => /\W/.test(one)) ? undefined : taken.includes(method)), range);
}
