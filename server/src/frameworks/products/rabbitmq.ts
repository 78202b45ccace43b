/** `management.cors` of `rabbitmq.conf`: who may read the management interface, always with credentials. */
import type { TreeDocument, TreeEntry, TreeList, TreeMap } from '../../syntax/trees/tree.ts';
import type { Edit } from '../../syntax/range.ts';
import type { Policy } from '../../policy/policy.ts';
import type { CorsService } from '../../models/services/cors-service.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import { defineFramework } from '../../models/framework.ts';
import { isString } from '../../edits/tree-edits.ts';
import { lineEnd } from '../../edits/program-edits.ts';

export const framework = defineFramework({
  id: 'rabbitmq',
  title: 'RabbitMQ',
  documentation: 'https://www.rabbitmq.com/docs/management#cors',
  reads: '`management.cors.allow_origins` of `rabbitmq.conf`, also where Kubernetes holds its text',
  mentions: ['management.cors.'],
  shape: 'tree',
  formats: ['properties'],
  read(document) {
    return { policies: document.roots.flatMap((root) => readRoot(root as TreeMap, document)), facts: [] };
  },
});

const originKey = /^management\.cors\.allow_origins\.(\w+)$/;

/** As written in the sources of RabbitMQ 3.8 to 4.1: `*` is answered by the caller's own origin, and with credentials. */
const service: CorsService = {
  framework: 'rabbitmq',
  title: 'RabbitMQ',
  origin: (text) => (text === '*' ? 'any' : text === 'null' ? 'nobody' : 'exact'),
  open: 'reflect',
  credentials: 'setting',
  credentialsDefault: true,
  anyHeader: 'reflect',
  strictPreflight: false,
  preflightStatus: { allowed: null, refused: null },
  vary: 'always',
  defaults: { methods: 'unknown', headers: 'requested', maxAge: '1800' },
  textValues: true,
};

function readRoot(root: TreeMap, document: TreeDocument): Policy[] {
  const named = root.entries.filter(({ key }) => originKey.test(key));
  const [first] = named;
  if (first === undefined) return [];
  const policy = servicePolicy({
    service,
    document,
    scope: 'the management interface',
    keys: {
      map: root,
      origins: listOf(named),
      originsKey: first.key,
      methods: undefined,
      allowedHeaders: undefined,
      exposedHeaders: undefined,
      maxAge: root.entries.findLast(({ key }) => key === 'management.cors.max_age'),
    },
  });
  return [
    {
      ...policy,
      edits: { ...policy.edits, allowOnly: (origins, placeholder) => allowOnly(named, document, origins, placeholder) },
    },
  ];
}

/** Each origin has a line, and a setting, of its own. */
function listOf(named: readonly TreeEntry[]): TreeEntry {
  const [first] = named;
  const range = { start: first!.value.range.start, end: named.at(-1)!.value.range.end };
  const list: TreeList = { kind: 'list', range, items: named.map(({ value }) => value) };
  return { key: first!.key, keyRange: first!.keyRange, value: list, range: { ...range, start: first!.range.start } };
}

/** The first line that lets everybody in becomes that of the first origin; the others follow it under numbers that are free. */
function allowOnly(
  named: readonly TreeEntry[],
  { text }: TreeDocument,
  [first, ...others]: readonly string[],
  placeholder?: string,
): Edit[] {
  const open = named.filter(({ value }) => isString(value) && value.value === '*');
  if (first === undefined || open.length !== 1) return [];
  const numbers = named.map(({ key }) => Number(originKey.exec(key)![1]));
  const highest = Math.max(...numbers.filter(Number.isInteger), 0);
  const lines = others.map((origin, index) => `management.cors.allow_origins.${highest + 1 + index} = ${origin}`);
  return [{ range: open[0]!.value.range, newText: [first, ...lines].join(lineEnd(text)), placeholder }];
}
