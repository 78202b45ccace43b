/** HAProxy Technologies' ingress controller: annotations of an Ingress or Service. An origin is a pattern that is searched for. */
import type { TreeDocument } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import { always, unknown } from '../../policy/request-test.ts';
import { defineFramework } from '../../models/framework.ts';
import { gatewayPolicy } from '../../models/gateways/gateway-policy.ts';
import { openByDefault, originEntries } from '../../models/gateways/gateway-origins.ts';
import { forgottenSwitches } from '../../models/gateways/forgotten-switch.ts';
import type { GatewayCors } from '../../models/gateways/gateway-cors.ts';
import { annotationMaps, mayHaveMore, ownerOf } from '../../models/gateways/kubernetes-objects.ts';
import type { SettingPlace } from '../../models/gateways/setting-places.ts';
import {
  commaPlace,
  insertSetting,
  knownText,
  patternPlace,
  placeOf,
  scalarPlace,
} from '../../models/gateways/setting-places.ts';

const prefix = 'haproxy.org/';

export const framework = defineFramework({
  id: 'haproxy-kubernetes-ingress',
  title: 'HAProxy Kubernetes Ingress Controller',
  documentation: 'https://github.com/haproxytech/kubernetes-ingress/blob/master/documentation/annotations.md#cors',
  reads:
    'annotations `haproxy.org/cors-enable`, `cors-allow-origin` (a regular expression) …, in charts and values too',
  mentions: [`${prefix}cors-`],
  shape: 'tree',
  formats: ['yaml', 'json', 'hcl'],
  read(document) {
    return {
      policies: annotationMaps(document, [prefix], 'cors-enable').flatMap((found) => readAnnotations(document, found)),
      facts: forgottenSwitches(document, {
        product: 'HAProxy Kubernetes Ingress Controller',
        prefixes: [prefix],
        name: 'cors-enable',
        origins: ['cors-allow-origin'],
      }),
    };
  },
});

/** As written in the controller's sources (pkg/annotations/ingress/resSetCORS.go), not run. */
const gateway: GatewayCors = {
  framework: 'haproxy-kubernetes-ingress',
  title: 'HAProxy Kubernetes Ingress Controller',
  open: 'literal',
  credentialsFor: 'allowed',
  vary: 'upstream',
  preflightHeaders: 'every',
  reflectsNames: false,
  defaults: { credentials: false, methods: '*', allowedHeaders: '*', maxAge: '5' },
  preflightStatus: { allowed: null, refused: null },
};

function readAnnotations(document: TreeDocument, { map, entry }: ReturnType<typeof annotationMaps>[number]): Policy[] {
  const enabled = knownText(scalarPlace(document, entry));
  if (enabled !== null && enabled?.toLowerCase() !== 'true') return [];
  const place = (name: string, read: typeof commaPlace = scalarPlace): SettingPlace | undefined =>
    placeOf(document, map, prefix + name, read);
  const origins = place('cors-allow-origin');
  const answers = knownText(place('cors-respond-to-options')) === 'true';
  const entries = originEntries(patternPlace(origins, 'search')?.texts ?? [], (source) =>
    source === '*' ? 'any' : { regex: { source, flags: '', dialect: 'pcre', mode: 'search' } },
  );
  return [
    gatewayPolicy({
      gateway: answers ? { ...gateway, preflightStatus: { allowed: 204, refused: 204 } } : gateway,
      range: entry.keyRange,
      scope: ownerOf(map) ?? 'the Ingress',
      entries: entries.length > 0 ? entries : [openByDefault(entry.keyRange)],
      origins: patternPlace(origins, 'search'),
      credentials: place('cors-allow-credentials'),
      methods: place('cors-allow-methods', commaPlace),
      allowedHeaders: place('cors-allow-headers', commaPlace),
      maxAge: withUnit(place('cors-max-age')),
      partial: mayHaveMore(map),
      onlyWhen: enabled === null || (mayHaveMore(map) && entries.length === 0) ? unknown() : always,
      insertOrigins: ([only = '', ...more], placeholder) =>
        more.length > 0
          ? []
          : insertSetting(
              document,
              map,
              `${prefix}cors-allow-origin`,
              `^${only.replaceAll('.', '\\.')}$`,
              placeholder?.replaceAll('.', '\\.'),
            ),
    }),
  ];
}

/** `10m`: a time with a unit, which the controller turns into seconds; no number of seconds is to be asked for. */
function withUnit(place: SettingPlace | undefined): SettingPlace | undefined {
  return place && { ...place, texts: place.texts.map((text) => ({ ...text, open: true })) };
}
