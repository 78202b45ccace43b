/** Which of Kong's routes a preflight gets to, and what asks it for a password there. */
import type { TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import type { Fact } from '../../policy/policy.ts';
import type { Barrier, RouteWay } from '../../models/gateways/missed-routes.ts';
import { headerBarrier, methodBarrier, missedByPreflights } from '../../models/gateways/missed-routes.ts';
import { entriesOf, isPlaceholder, isTrue, mapsOf, textNodesOf, textOf, valueAt } from '../../edits/tree-edits.ts';

/** A plugin of a route or service runs where one of its routes is chosen; a global one where none is, but then answers 404. */
export function missedRoutes(plugin: TreeMap): Fact[] {
  const owner = plugin.parent?.parent;
  const name = valueAt(plugin, 'name')!;
  const config = valueAt(plugin, 'config');
  const meant = ['methods', 'headers'].some((key) => valueAt(config, key) !== undefined);
  if (owner?.kind !== 'map') return [];
  const isRoute = valueAt(owner, 'paths') !== undefined || valueAt(owner, 'hosts') !== undefined;
  const routes = isRoute ? [owner] : mapsOf(valueAt(owner, 'routes'));
  return routes.flatMap((route) => {
    const siblings = route.parent?.kind === 'list' ? mapsOf(route.parent) : [];
    const others = siblings.filter((other) => other !== route && (!isRoute || hasPlugin(other)));
    return missedByPreflights({
      scope: `route ${textOf(valueAt(route, 'name')) ?? ''}`.trim(),
      ways: waysOf(route),
      settings: name.range,
      meant,
      others: others.map((other) => ({ ways: waysOf(other) })),
    });
  });
}

function hasPlugin(route: TreeMap): boolean {
  return mapsOf(valueAt(route, 'plugins')).some((plugin) => textOf(valueAt(plugin, 'name')) === 'cors');
}

/** A pattern of paths begins with `~`. */
function waysOf(route: TreeMap): RouteWay[] {
  const barrier = headersOf(valueAt(route, 'headers')) ?? methodsOf(valueAt(route, 'methods'));
  const paths = textNodesOf(valueAt(route, 'paths'));
  return paths.length === 0
    ? [{ barrier }]
    : paths.map(({ value }) => ({ path: value.startsWith('~') ? undefined : value, barrier }));
}

function methodsOf(list: TreeNode | undefined): Barrier | undefined {
  const names = textNodesOf(list).map(({ value }) => value);
  if (!list || names.length === 0 || names.some(isPlaceholder)) return undefined;
  return methodBarrier((method) => names.includes(method), list.range);
}

function headersOf(map: TreeNode | undefined): Barrier | undefined {
  return entriesOf(map).flatMap(({ key, keyRange }) => headerBarrier(key, keyRange) ?? [])[0];
}

/** With `preflight_continue` the preflight goes on to the plugins behind, and those that ask who is there refuse it. */
export function asksPreflights(plugin: TreeMap): Fact[] {
  const forwarded = valueAt(plugin, 'config', 'preflight_continue');
  if (!forwarded || !isTrue(forwarded)) return [];
  const owner = plugin.parent?.parent;
  const asking = mapsOf(valueAt(owner, 'plugins')).find(
    (other) =>
      asks.has(textOf(valueAt(other, 'name')) ?? '') &&
      !isFalse(valueAt(other, 'config', 'run_on_preflight')) &&
      !isFalse(valueAt(other, 'enabled')) &&
      valueAt(other, 'config', 'anonymous') === undefined,
  );
  if (!asking) return [];
  const name = valueAt(asking, 'name')!;
  return [
    {
      kind: 'unhandled-preflight',
      range: forwarded.range,
      needs: `${textOf(valueAt(owner, 'name')) ?? 'a route'} with what needs a preflight`,
      why: `preflight_continue hands the preflight on to ${textOf(name)}, and a browser sends no password or token with it`,
      instead: 'Leave preflight_continue off, or set run_on_preflight to false where the plugin has it',
      related: name.range,
      relatedMessage: 'It is asked for here.',
    },
  ];
}

/** Those of Kong's plugins that refuse who does not say who it is. */
const asks = new Set(['key-auth', 'jwt', 'basic-auth', 'hmac-auth', 'oauth2', 'ldap-auth', 'openid-connect']);

function isFalse(node: TreeNode | undefined): boolean {
  return node?.kind === 'scalar' && node.value === false;
}
