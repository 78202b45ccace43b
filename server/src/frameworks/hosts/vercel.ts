/** Headers of `vercel.json`, and of `serve.json`, which has the same form: every block that fits is applied, later ones win. */
import type { TreeDocument, TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Pattern, RequestTest } from '../../policy/request-test.ts';
import { all, always, originMatches, originPresent } from '../../policy/request-test.ts';
import { defineFramework } from '../../models/framework.ts';
import { covers } from './source-patterns.ts';
import type { StaticHeader } from '../../models/static/static-headers.ts';
import {
  addPair,
  headersOfList,
  headersOfMap,
  purposeOf,
  staticHeadersPolicy,
} from '../../models/static/static-headers.ts';
import { entryOf, isTrue, mapsOf, textOf, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'vercel',
  title: 'Vercel',
  documentation: 'https://vercel.com/docs/project-configuration#headers',
  reads: '`headers` (with `has` on Origin) and legacy `routes` of `vercel.json`; `serve.json`',
  mentions: ['access-'],
  shape: 'tree',
  formats: ['json'],
  read(document) {
    const title = /(^|\/)serve\.json$/.test(document.path) ? 'serve.json' : 'vercel.json';
    const headers = readBlocks(headerBlocks(document), title, document, () => true);
    const routes = readBlocks(routeBlocks(document), title, document, (block) =>
      isTrue(valueAt(block.map, 'continue')),
    );
    return { policies: [...headers, ...routes], facts: [] };
  },
});

interface Block {
  readonly map: TreeMap;
  readonly source: string;
  readonly headers: readonly StaticHeader[];
  readonly list: TreeNode | undefined;
  readonly conditional: boolean;
}

/** `headers: [{ source, headers: [{ key, value }] }]` */
function headerBlocks(document: TreeDocument): Block[] {
  return mapsOf(valueAt(document.root, 'headers')).flatMap((map): Block[] => {
    const source = textOf(valueAt(map, 'source'));
    const list = valueAt(map, 'headers');
    if (source === undefined || list?.kind !== 'list') return [];
    const condition = originCondition(valueAt(map, 'has'));
    const headers = headersOfList(document, list).map((header): StaticHeader => ({
      ...header,
      when: condition.test,
      ...captured(header, condition),
    }));
    return [
      {
        map,
        source,
        headers,
        list,
        conditional: entryOf(map, 'has') !== undefined || entryOf(map, 'missing') !== undefined,
      },
    ];
  });
}

/** `routes: [{ src, headers: { name: value } }]`; also written by other tools, which have other keys beside. */
function routeBlocks(document: TreeDocument): Block[] {
  const { root, path } = document;
  if (!/(^|\/)(vercel|now)\.json$/.test(path) && entryOf(root, 'builds') === undefined) return [];
  return mapsOf(valueAt(root, 'routes')).flatMap((map): Block[] => {
    const source = textOf(valueAt(map, 'src'));
    const headers = valueAt(map, 'headers');
    return source === undefined || headers?.kind !== 'map'
      ? []
      : [
          {
            map,
            source,
            headers: headersOfMap(document, headers),
            list: undefined,
            conditional: entryOf(map, 'has') !== undefined || entryOf(map, 'methods') !== undefined,
          },
        ];
  });
}

function readBlocks(
  blocks: readonly Block[],
  title: string,
  document: TreeDocument,
  goesOn: (block: Block) => boolean,
): Policy[] {
  return blocks.flatMap((block, index) => {
    const before = blocks
      .slice(0, index)
      .filter((other) => goesOn(other) && !other.conditional && covers(other.source, block.source));
    const after = goesOn(block)
      ? blocks.slice(index + 1).filter((other) => !other.conditional && covers(other.source, block.source))
      : [];
    const policy = staticHeadersPolicy({
      framework: 'vercel',
      title,
      document,
      own: block.headers,
      applied: [...before, block, ...after].flatMap(({ headers }) => headers),
      scope: block.source,
      purpose: purposeOf(block.source),
      preflightStatus: null,
      ...(block.list && { add: (name, value) => addPair(document, block.list!, name, value) }),
    });
    return policy ? [policy] : [];
  });
}

interface OriginCondition {
  readonly test: RequestTest;
  /** Names of groups that hold the whole origin. */
  readonly groups: ReadonlyMap<string, NonNullable<StaticHeader['asked']>>;
}

/** `has: [{ type: 'header', key: 'origin', value: pattern }]`; the pattern has to fit the whole header. */
function originCondition(has: TreeNode | undefined): OriginCondition {
  const checks = mapsOf(has).filter(
    (map) => textOf(valueAt(map, 'type')) === 'header' && textOf(valueAt(map, 'key'))?.toLowerCase() === 'origin',
  );
  const groups = new Map<string, NonNullable<StaticHeader['asked']>>();
  const tests = checks.map((map): RequestTest => {
    const value = entryOf(map, 'value')?.value;
    const source = textOf(value);
    if (value === undefined || source === undefined) return originPresent;
    const pattern: Pattern = { source, flags: '', dialect: 'javascript', mode: 'full' };
    const group = /^\(\?<(\w+)>.*\)$/.exec(source);
    if (group) groups.set(group[1]!, { group: group[1]!, pattern, node: value });
    return originMatches(pattern, value.range);
  });
  return { test: all([always, ...tests]), groups };
}

/** `:origin` in a value stands for the group of that name. */
function captured({ value }: StaticHeader, { groups }: OriginCondition): Pick<StaticHeader, 'sent' | 'asked'> {
  const text = textOf(value);
  if (text === undefined || !/^[:$]\w+$/.test(text)) return {};
  const asked = groups.get(text.slice(1));
  return asked ? { sent: { kind: 'request-origin' }, asked } : { sent: { kind: 'unknown' } };
}
