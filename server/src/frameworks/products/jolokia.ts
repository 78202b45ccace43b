/** `<cors>` of Jolokia's `jolokia-access.xml`: whoever is let in is named, and may send cookies. */
import type { TreeDocument, TreeMap } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import { defineFramework } from '../../models/framework.ts';
import type { CorsService } from '../../models/services/cors-service.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import { wildcardPattern } from '../../models/services/wildcard-pattern.ts';
import { elementsOf, entryFor, listEntry, textNode } from '../../edits/xml-elements.ts';

export const framework = defineFramework({
  id: 'jolokia',
  title: 'Jolokia',
  documentation: 'https://jolokia.org/reference/html/manual/security.html',
  reads: '`allow-origin` of `<cors>` in `jolokia-access.xml`',
  mentions: ['allow-origin'],
  shape: 'tree',
  formats: ['xml'],
  read(document) {
    const policies = elementsOf(document.root, 'restrict')
      .flatMap((restrict) => elementsOf(restrict, 'cors'))
      .flatMap((cors) => readCors(cors, document));
    return { policies, facts: [] };
  },
});

/** As written in the sources of Jolokia 1.7 and 2.1: a star in an origin stands for any text. */
const service: CorsService = {
  framework: 'jolokia',
  title: 'Jolokia',
  origin: (text) => (text === '*' ? 'any' : text.includes('*') ? wildcardPattern(text) : 'exact'),
  open: 'reflect',
  credentials: 'setting',
  credentialsDefault: true,
  anyHeader: 'reflect',
  strictPreflight: false,
  preflightStatus: { allowed: 200, refused: 200 },
  vary: 'unknown',
  defaults: { methods: 'unknown', headers: 'requested' },
};

function readCors(cors: TreeMap, document: TreeDocument): Policy[] {
  const members = elementsOf(cors, 'allow-origin').flatMap((element) => textNode(element) ?? []);
  const container = entryFor(cors);
  // Without any everybody is let in, as everybody knows who reads its manual; nothing is written that could be told.
  if (container === undefined || members.length === 0) return [];
  return [
    servicePolicy({
      service,
      document,
      scope: 'the agent',
      keys: {
        map: cors,
        originsKey: 'allow-origin',
        origins: listEntry(container, members),
        methods: undefined,
        allowedHeaders: undefined,
        exposedHeaders: undefined,
        maxAge: undefined,
      },
    }),
  ];
}
