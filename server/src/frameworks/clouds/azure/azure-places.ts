/** Settings of Azure's resources that stand where nobody reads them, in templates, in Bicep and in bodies of requests. */
import type { TreeMap } from '../../../syntax/trees/tree.ts';
import type { Fact } from '../../../policy/policy.ts';
import type { PlaceTable } from '../../../models/services/locked-out.ts';
import { misplacedIn } from '../../../models/services/locked-out.ts';
import type { ResourceTemplate } from './resource-templates.ts';
import { entriesOf, textOf, valueAt } from '../../../edits/tree-edits.ts';

/** A kind is the type of the resource and the way to the map in it. */
const places: PlaceTable = [
  [/^Microsoft\.Web\/sites(\/slots)? ?$/i, /^(cors|siteConfig)$/, 'properties, as siteConfig'],
  [/^Microsoft\.Web\/sites(\/slots)? properties$/i, /^cors$/, 'siteConfig'],
  [/^Microsoft\.Web\/sites(\/slots)?\/config ?$/i, /^cors$/, 'properties'],
  [/^Microsoft\.Web\/sites(\/slots)?\/config properties siteConfig$/i, /^cors$/, 'properties, without siteConfig'],
  [/^Microsoft\.Web\/sites(\/slots)?\/config-of-others properties$/i, /^cors$/, 'the configuration of the name "web"'],
  [/^Microsoft\.App\/containerApps ?$/i, /^cors(Policy)?$/, 'properties.configuration.ingress, as corsPolicy'],
  [/^Microsoft\.App\/containerApps properties$/i, /^cors(Policy)?$/, 'configuration.ingress, as corsPolicy'],
  [/^Microsoft\.App\/containerApps properties configuration$/i, /^cors(Policy)?$/, 'ingress, as corsPolicy'],
  [/^Microsoft\.App\/containerApps properties configuration ingress$/i, /^cors$/, 'ingress, as corsPolicy'],
  [
    /^Microsoft\.Storage\/storageAccounts( properties)? ?$/i,
    /^cors(Rules)?$/,
    'a resource of the type blobServices, as properties.cors.corsRules',
  ],
  [/^Microsoft\.Storage\/storageAccounts\/\w+Services ?$/i, /^cors(Rules)?$/, 'properties, as cors.corsRules'],
  [/^Microsoft\.Storage\/storageAccounts\/\w+Services properties$/i, /^corsRules$/, 'properties, as cors.corsRules'],
];
const ways = [
  [],
  ['properties'],
  ['properties', 'siteConfig'],
  ['properties', 'configuration'],
  ['properties', 'configuration', 'ingress'],
] as const;

export function misplacedSettings(template: ResourceTemplate): Fact[] {
  return template.maps.flatMap((map) => {
    const type = typeOf(map);
    return type === undefined
      ? []
      : ways.flatMap((way) =>
          misplacedIn(places, `${type} ${way.join(' ')}`, entriesOf(template.at(map, ...way)), isStrict(type)),
        );
  });
}

/** The type in full, also of a resource inside its site. Of the configurations of a site one is that of its settings. */
function typeOf(map: TreeMap): string | undefined {
  const written = textOf(valueAt(map, 'type'));
  if (written === undefined) return undefined;
  const type = /^config$/i.test(written) ? 'Microsoft.Web/sites/config' : written.replace(/@.*$/, '');
  const name = textOf(valueAt(map, 'name'));
  return /\/config$/i.test(type) && isOtherConfiguration(name) ? `${type}-of-others` : type;
}

/** `appsettings`, `shop/logs`: a name that is written, and another one than that of the settings. */
export function isOtherConfiguration(name: string | undefined): boolean {
  return /(^|\/)(appsettings|logs|authsettings(V2)?|connectionstrings|metadata|slotConfigNames)$/i.test(name ?? '');
}

/** The provider takes no properties that it does not know; others leave them out. */
function isStrict(type: string): boolean {
  return /^Microsoft\.App\//i.test(type);
}
