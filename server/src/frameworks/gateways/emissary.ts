/** Emissary-ingress (Ambassador): CORS of a Mapping, and of the Module that holds the defaults. Envoy carries it out. */
import type { TreeDocument, TreeEntry } from '../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import { defineFramework } from '../../models/framework.ts';
import { envoyCors } from '../../models/gateways/envoy-cors.ts';
import type { GatewayCors } from '../../models/gateways/gateway-cors.ts';
import { gatewayMapPolicy } from '../../models/gateways/gateway-map.ts';
import type { GatewayNames } from '../../models/gateways/gateway-map.ts';
import type { RouteWay } from '../../models/gateways/missed-routes.ts';
import { headerBarrier, methodBarrier, missedByPreflights, withMissed } from '../../models/gateways/missed-routes.ts';
import { requestHeaderFacts } from '../../models/gateways/gateway-request-headers.ts';
import type { KubernetesObject } from '../../models/gateways/kubernetes-objects.ts';
import { kubernetesObjects, objectScope } from '../../models/gateways/kubernetes-objects.ts';
import { proxiedHeadersPolicies } from '../../models/static/proxied-headers.ts';
import { matchesSource } from './text-matches.ts';
import { commaPlace, listPlace, scalarPlace, untrimmedPlace } from '../../models/gateways/setting-places.ts';
import { entriesOf, entryOf, isPlaceholder, isString, isTrue, textOf, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'emissary',
  title: 'Emissary-ingress',
  documentation: 'https://www.getambassador.io/docs/emissary/latest/topics/using/cors/',
  reads:
    '`spec.cors` of a Mapping and `spec.config.cors` of the `ambassador` Module: `origins`, `credentials`, ' +
    '`exposed_headers`, `max_age` …; CORS headers among `add_response_headers`',
  mentions: ['getambassador.io/'],
  shape: 'tree',
  formats: ['yaml', 'json', 'hcl'],
  read(document) {
    const objects = kubernetesObjects(document, ['Mapping', 'Module'], 'getambassador.io');
    return {
      policies: objects.flatMap((object) => readObject(document, object, objects)),
      facts: objects.flatMap(({ spec }) =>
        requestHeaderFacts(
          [valueAt(spec, 'add_request_headers')],
          { by: 'add_request_headers', instead: 'add_response_headers or cors' },
          spec,
        ),
      ),
    };
  },
});

const gateway: GatewayCors = { ...envoyCors, framework: 'emissary', title: 'Emissary-ingress' };
const names: GatewayNames = {
  origins: 'origins',
  credentials: 'credentials',
  methods: 'methods',
  allowedHeaders: 'headers',
  exposedHeaders: 'exposed_headers',
  maxAge: 'max_age',
};

/** A Mapping that asks for a method or a header is chosen for the requests that have it, and preflights are none of them. */
function missedMapping(
  entry: TreeEntry,
  object: KubernetesObject,
  objects: readonly KubernetesObject[],
  scope: string,
): Fact[] {
  const others = objects.filter((other) => other !== object && entryOf(other.spec, 'cors'));
  return object.kind === 'Module'
    ? []
    : missedByPreflights({
        scope,
        ways: [wayOf(object)],
        settings: entry.keyRange,
        meant: [names.methods, names.allowedHeaders].some((name) => entryOf(entry.value, name)),
        others: others.map((other) => ({ ways: [wayOf(other)] })),
      });
}

function wayOf({ spec }: KubernetesObject): RouteWay {
  const [method, isPattern] = [entryOf(spec, 'method'), isTrue(valueAt(spec, 'method_regex'))];
  const text = textOf(method?.value);
  const headers = [...entriesOf(valueAt(spec, 'headers')), ...entriesOf(valueAt(spec, 'regex_headers'))];
  const header = headers.find(({ key, keyRange }) => headerBarrier(key, keyRange));
  const takes = isPattern ? matchesSource(text ?? '.*') : (name: string) => name === text;
  return {
    path: textOf(valueAt(spec, 'prefix')),
    barrier:
      (header && headerBarrier(header.key, header.keyRange)) ??
      (method && text !== undefined && !isPlaceholder(text) ? methodBarrier(takes, method.value.range) : undefined),
  };
}

function readObject(document: TreeDocument, object: KubernetesObject, objects: readonly KubernetesObject[]): Policy[] {
  const { kind, spec } = object;
  const entry = entryOf(kind === 'Module' ? valueAt(spec, 'config') : spec, 'cors');
  const scope = kind === 'Module' ? 'every Mapping' : objectScope(object);
  const headers = [valueAt(spec, 'add_response_headers')];
  return [
    ...(entry ? readCors(document, entry, scope).map(withMissed(missedMapping(entry, object, objects, scope))) : []),
    ...proxiedHeadersPolicies(headers, { framework: 'emissary', title: 'Emissary-ingress', document, scope }),
  ];
}

/** Lists may be written as one text with commas in the older version of the API; that of the origins is cut at them, and a blank stays. */
function readCors(document: TreeDocument, { value: map, keyRange }: TreeEntry, scope: string): Policy[] {
  if (map.kind !== 'map') return [];
  const either = (of: TreeDocument, entry: TreeEntry) => (isString(entry.value) ? commaPlace : listPlace)(of, entry);
  const origins = entryOf(map, names.origins)?.value;
  return [
    gatewayMapPolicy({
      gateway,
      document,
      map,
      range: keyRange,
      scope,
      names,
      others: ['v2CommaSeparatedOrigins', 'v2AddLinkerdHeaders'],
      meaning: (text) => (text === '*' ? 'any' : 'exact'),
      opensWithout: false,
      rejectsUnknown: true,
      ...(origins && isString(origins) && { readOrigins: untrimmedPlace }),
      readNames: either,
      readMaxAge: scalarPlace,
    }),
  ];
}
