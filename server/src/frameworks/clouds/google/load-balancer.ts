/** What Google's load balancers make of a `corsPolicy` of a URL map, which Envoy carries out. */
import type { SourceRange } from '../../../syntax/range.ts';
import type { TreeDocument, TreeMap } from '../../../syntax/trees/tree.ts';
import type { Policy } from '../../../policy/policy.ts';
import { gatewayMapPolicy } from '../../../models/gateways/gateway-map.ts';
import type { GatewayNames } from '../../../models/gateways/gateway-map.ts';
import { originEntries } from '../../../models/gateways/gateway-origins.ts';
import type { OriginMeaning } from '../../../models/gateways/gateway-cors.ts';
import { isOn } from '../../../models/gateways/gateway-map.ts';
import type { SettingPlace } from '../../../models/gateways/setting-places.ts';
import { originSource } from '../../../models/services/service-origins.ts';
import { listPlace, placeOf } from '../../../models/gateways/setting-places.ts';
import { matchesPattern } from '../../../policy/patterns/pattern-match.ts';
import { envoyCors, fullMatch } from '../../../models/gateways/envoy-cors.ts';

/** The names of the interface, or those of Terraform. */
export interface UrlMapNames extends GatewayNames {
  readonly patterns: string;
  readonly off: string;
}

/** The policy of one map; none where it is switched off. */
export function urlMapPolicy(
  document: TreeDocument,
  map: TreeMap,
  names: UrlMapNames,
  place: { readonly framework: string; readonly range: SourceRange; readonly scope: string },
): Policy[] {
  if (isOn(document, map, names.off)) return [];
  const { patterns, off, ...settings } = names;
  const written = placeOf(document, map, patterns, listPlace);
  return [
    gatewayMapPolicy({
      gateway: { ...envoyCors, framework: place.framework, title: 'Google Cloud Load Balancing' },
      document,
      map,
      range: place.range,
      scope: place.scope,
      names: settings,
      others: [patterns, off],
      meaning: (text) => (text === '*' ? 'any' : 'exact'),
      more: originEntries(written?.texts ?? [], patternMeaning),
      opensWithout: false,
      rejectsUnknown: true,
      ...(written &&
        opensByPattern(written, placeOf(document, map, names.origins, listPlace)) && {
          input: {
            edits: { allowOnly: (allowed, placeholder) => written.write(allowed.map(originSource), placeholder) },
          },
        }),
    }),
  ];
}

/** A pattern of RE2 over the whole origin. */
function patternMeaning(text: string): OriginMeaning {
  const pattern = fullMatch(text);
  return matchesPattern(pattern, '*') === true ? 'any' : { regex: pattern };
}

function opensByPattern(patterns: SettingPlace, origins: SettingPlace | undefined): boolean {
  const isOpen = ({ text, open }: SettingPlace['texts'][number]): boolean => !open && patternMeaning(text) === 'any';
  return patterns.texts.some(isOpen) && origins?.texts.some(({ text }) => text === '*') !== true;
}
