/** URL maps of Google's load balancers, as they are imported and exported, and as objects of Config Connector. */
import type { TreeMap, TreeNode } from '../../../syntax/trees/tree.ts';
import { defineFramework } from '../../../models/framework.ts';
import { mapsWhere } from '../../../models/gateways/kubernetes-objects.ts';
import { entriesOf, entryOf } from '../../../edits/tree-edits.ts';
import { urlMapPolicy } from './load-balancer.ts';
import type { UrlMapNames } from './load-balancer.ts';

export const framework = defineFramework({
  id: 'google-url-map',
  title: 'Google Cloud Load Balancing',
  documentation: 'https://cloud.google.com/load-balancing/docs/https/setting-up-global-traffic-mgmt',
  reads:
    '`corsPolicy` of `defaultRouteAction` and `routeAction` in URL maps, in YAML and JSON, and in `ComputeURLMap` objects',
  mentions: ['corspolicy'],
  shape: 'tree',
  formats: ['yaml', 'json'],
  read(document) {
    const actions = mapsWhere(document, (map) => isAction(map) && entryOf(map, 'corsPolicy')?.value.kind === 'map');
    return {
      policies: actions.flatMap((action) => {
        const { value, keyRange } = entryOf(action, 'corsPolicy')!;
        const place = { framework: 'google-url-map', range: keyRange, scope: 'the URL map' };
        return value.kind === 'map' ? urlMapPolicy(document, value, names, place) : [];
      }),
      facts: [],
    };
  },
});

const names: UrlMapNames = {
  origins: 'allowOrigins',
  patterns: 'allowOriginRegexes',
  credentials: 'allowCredentials',
  methods: 'allowMethods',
  allowedHeaders: 'allowHeaders',
  exposedHeaders: 'exposeHeaders',
  maxAge: 'maxAge',
  off: 'disabled',
};

/** Meshes have policies of the same name in places of other names. */
function isAction(map: TreeMap): boolean {
  const key = keyOf(map);
  return key === 'routeAction' || key === 'defaultRouteAction';
}

function keyOf(node: TreeNode): string | undefined {
  return entriesOf(node.parent).find(({ value }) => value === node)?.key;
}
