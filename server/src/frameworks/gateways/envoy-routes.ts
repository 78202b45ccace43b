/** Which of Envoy's routes a preflight gets to: the CORS filter asks the route that is chosen, and its virtual host. */
import type { SourceRange } from '../../syntax/range.ts';
import type { TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import type { Barrier, RouteWay } from '../../models/gateways/missed-routes.ts';
import { headerBarrier, methodBarrier, missedByPreflights, withMissed } from '../../models/gateways/missed-routes.ts';
import { entryOf, isTrue, mapsOf, textOf, valueAt } from '../../edits/tree-edits.ts';
import { matchesText, pathOf } from './text-matches.ts';

/** The policy of a route or virtual host with the preflights that it does not answer. */
export function withMissedRoutes(map: TreeMap): (policy: Policy) => Policy {
  const owner = ownerOf(map);
  return (policy) => {
    const missed = missedRoutes(map, owner, policy.range);
    return owner && entryOf(owner, 'match')
      ? withMissed(missed)(policy)
      : { ...policy, facts: [...policy.facts, ...missed] };
  };
}

function missedRoutes(policy: TreeMap, owner: TreeMap | undefined, settings: SourceRange): Fact[] {
  const routes = owner === undefined ? [] : entryOf(owner, 'match') ? [owner] : mapsOf(valueAt(owner, 'routes'));
  const meant = policy.entries.some(({ key }) => /^allow_?(methods|headers)$/i.test(key));
  return routes.flatMap((route) => {
    const siblings = (route.parent?.kind === 'list' ? mapsOf(route.parent) : []).filter((other) => other !== route);
    // All routes of a virtual host have its policy.
    const others = owner === route ? siblings.filter(hasOwnPolicy) : siblings;
    return missedByPreflights({
      scope: `route ${pathOfMatch(valueAt(route, 'match')) ?? ''}`.trim(),
      ways: [wayOf(route)],
      settings,
      meant,
      others: others.map((other) => ({ ways: [wayOf(other)] })),
    });
  });
}

/** The route or virtual host whose policy it is: around `typed_per_filter_config`, or around `cors` of a route's action. */
function ownerOf(policy: TreeMap): TreeMap | undefined {
  let depth = 0;
  for (let node: TreeNode | undefined = policy.parent; node !== undefined && depth < 4; node = node.parent, depth++)
    if (node.kind === 'map' && (entryOf(node, 'match') ?? entryOf(node, 'routes'))) return node;
  return undefined;
}

function hasOwnPolicy(route: TreeMap): boolean {
  return [
    valueAt(route, 'typed_per_filter_config', 'envoy.filters.http.cors'),
    valueAt(route, 'typedPerFilterConfig', 'envoy.filters.http.cors'),
    valueAt(route, 'route', 'cors'),
  ].some((node) => node !== undefined);
}

function wayOf(route: TreeMap): RouteWay {
  const match = valueAt(route, 'match');
  const grpc = entryOf(match, 'grpc');
  const barriers = mapsOf(valueAt(match, 'headers')).flatMap((header) => barrierOf(header) ?? []);
  const barrier = barriers[0] ?? (grpc && headerBarrier('content-type', grpc.keyRange));
  return { path: pathOfMatch(match), barrier };
}

function pathOfMatch(match: TreeNode | undefined): string | undefined {
  return (
    pathOf(match) ??
    textOf(valueAt(match, 'path')) ??
    textOf(valueAt(match, 'path_separated_prefix')) ??
    textOf(valueAt(match, 'pathSeparatedPrefix'))
  );
}

function barrierOf(header: TreeMap): Barrier | undefined {
  const name = valueAt(header, 'name');
  const text = textOf(name);
  if (name === undefined || text === undefined || isInverted(header)) return undefined;
  if (text !== ':method') return headerBarrier(text, name.range);
  const matcher = valueAt(header, 'string_match') ?? valueAt(header, 'stringMatch');
  if (matcher) return methodBarrier(matchesText(matcher), matcher.range);
  const exact = valueAt(header, 'exact_match') ?? valueAt(header, 'exactMatch');
  const given = textOf(exact);
  return exact && given !== undefined ? methodBarrier((method) => method === given, exact.range) : undefined;
}

/** The header must not be there, or what is missing counts as an empty text. */
function isInverted(header: TreeMap): boolean {
  const flags = ['invert_match', 'invertMatch', 'treat_missing_header_as_empty', 'treatMissingHeaderAsEmpty'];
  const present = valueAt(header, 'present_match') ?? valueAt(header, 'presentMatch');
  return flags.some((key) => isTrue(valueAt(header, key))) || (present?.kind === 'scalar' && present.value === false);
}
