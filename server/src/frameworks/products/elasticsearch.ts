/** `http.cors` of Elasticsearch and OpenSearch, in their own file and in the node sets of the operator. */
import type { TreeDocument } from '../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import { switchedOff } from '../../models/services/locked-out.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import { elasticsearchCors } from './elasticsearch-service.ts';
import { defineFramework } from '../../models/framework.ts';
import { groupUnder, lastNames, propertySources, spellings } from '../../models/services/property-settings.ts';
import type { PropertySource } from '../../models/services/property-settings.ts';
import { insertKey, isTrue, mapsOf, textOf, unknownKeys, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'elasticsearch',
  title: 'Elasticsearch and OpenSearch',
  documentation:
    'https://www.elastic.co/docs/reference/elasticsearch/configuration-reference/networking-settings#http-settings',
  reads: '`http.cors` of `elasticsearch.yml`, `opensearch.yml` and of `nodeSets[].config`',
  mentions: ['http.cors', 'allow-origin'],
  shape: 'tree',
  formats: ['yaml'],
  read(document) {
    const nodeSets = document.roots
      .flatMap((root) => mapsOf(valueAt(root, 'spec', 'nodeSets')))
      .map((set) => valueAt(set, 'config'));
    const inside = propertySources({ ...document, roots: nodeSets.filter((node) => node !== undefined) });
    const sources = [...propertySources(document), ...inside];
    return {
      policies: sources.flatMap((source) => readSource(source, document)),
      facts: sources.flatMap((source) => neverSwitchedOn(source, document)),
    };
  },
});

const names = [
  'enabled',
  'allow-origin',
  'allow-credentials',
  'allow-methods',
  'allow-headers',
  'expose-headers',
  'max-age',
];
const foreign: Readonly<Record<string, string>> = {
  allowedorigins: 'allow-origin',
  alloworigins: 'allow-origin',
  origin: 'allow-origin',
  origins: 'allow-origin',
  allowedheaders: 'allow-headers',
  allowedmethods: 'allow-methods',
  credentials: 'allow-credentials',
};

function neverSwitchedOn(source: PropertySource, document: TreeDocument): Fact[] {
  const group = groupUnder(source, 'http.cors');
  const origins = group?.get('allow-origin');
  if (group === undefined || origins === undefined || group.get('enabled') || group.map.open) return [];
  return [
    switchedOff(origins, 'Elasticsearch', 'http.cors.enabled is true', () =>
      insertKey(document, group.map, `${group.keyPrefix}enabled`, true),
    ),
  ];
}

function readSource(source: PropertySource, document: TreeDocument): Policy[] {
  const group = groupUnder(source, 'http.cors');
  const enabled = group?.get('enabled')?.value;
  if (group === undefined || !(isTrue(enabled) || textOf(enabled) === 'true')) return [];
  const origins = group.get('allow-origin');
  const credentials = group.get('allow-credentials');
  const misspelt = unknownKeys(document, lastNames(group), names.flatMap(spellings), foreign, undefined, true);
  const title = /opensearch/i.test(document.path) ? 'OpenSearch' : 'Elasticsearch';
  return [
    servicePolicy({
      service: { ...elasticsearchCors(origins, credentials), title },
      document,
      scope: 'the REST interface',
      keys: {
        map: group.map,
        originsKey: `${group.keyPrefix}allow-origin`,
        origins,
        credentials,
        methods: group.get('allow-methods'),
        allowedHeaders: group.get('allow-headers'),
        exposedHeaders: group.get('expose-headers'),
        maxAge: group.get('max-age'),
      },
      facts: [
        ...misspelt,
        ...(origins === undefined && misspelt.length === 0
          ? [
              {
                kind: 'no-origin-configured' as const,
                range: group.get('enabled')!.keyRange,
                set: group.all.map(({ name }) => name.join('.')),
                why: 'Nobody is let in until http.cors.allow-origin is set.',
              },
            ]
          : []),
      ],
    }),
  ];
}
