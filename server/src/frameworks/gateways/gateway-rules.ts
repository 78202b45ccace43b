/** What the Gateway API and Envoy Gateway share: the names of CORS settings, and the matches of a route's rules. */
import type { TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import type { GatewayNames } from '../../models/gateways/gateway-map.ts';
import type { RouteWay } from '../../models/gateways/missed-routes.ts';
import { headerBarrier, methodBarrier } from '../../models/gateways/missed-routes.ts';
import { entryOf, isPlaceholder, mapsOf, textOf, valueAt } from '../../edits/tree-edits.ts';

export const gatewayNames: GatewayNames = {
  origins: 'allowOrigins',
  credentials: 'allowCredentials',
  methods: 'allowMethods',
  allowedHeaders: 'allowHeaders',
  exposedHeaders: 'exposeHeaders',
  maxAge: 'maxAge',
};

/** The matches of a rule: each a path, a method and headers, all of which have to be right. */
export function waysOfRule(rule: TreeMap): RouteWay[] {
  return mapsOf(valueAt(rule, 'matches')).map((match) => {
    const method = entryOf(match, 'method');
    const headers = mapsOf(valueAt(match, 'headers')).flatMap((header) => {
      const name = valueAt(header, 'name');
      return headerBarrier(textOf(name) ?? 'origin', name?.range ?? header.range) ?? [];
    });
    const path = valueAt(match, 'path');
    return {
      path: textOf(valueAt(path, 'type')) === 'RegularExpression' ? undefined : textOf(valueAt(path, 'value')),
      barrier: headers[0] ?? (method && methodBarrier(takesMethod(method.value), method.value.range)),
    };
  });
}

/** A method by its name; nothing is known of what a template writes. */
function takesMethod(node: TreeNode): (method: string) => boolean | undefined {
  const text = textOf(node);
  return (method) => (text === undefined || isPlaceholder(text) ? undefined : method === text);
}
