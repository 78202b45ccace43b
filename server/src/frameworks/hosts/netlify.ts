/** Headers of `netlify.toml`: every block that fits is applied, later ones replace earlier ones, lists are joined by commas. */
import type { TreeDocument, TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import { defineFramework } from '../../models/framework.ts';
import { oneByOne } from '../../models/in-steps.ts';
import { functionHeaders, isForFunctions } from './netlify-functions.ts';
import { covers } from './source-patterns.ts';
import type { StaticHeader } from '../../models/static/static-headers.ts';
import { headersOfMap, purposeOf, staticHeadersPolicy } from '../../models/static/static-headers.ts';
import { entriesOf, insertKey, isString, mapsOf, textOf, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'netlify',
  title: 'Netlify',
  documentation: 'https://docs.netlify.com/routing/headers/#syntax-for-the-netlify-configuration-file',
  reads: '`[[headers]]` of `netlify.toml`',
  mentions: ['access-'],
  shape: 'tree',
  formats: ['toml'],
  *read(document) {
    const written = mapsOf(valueAt(document.root, 'headers')).flatMap((map) => readBlock(map, document));
    const blocks = written.filter((block) => !isForFunctions(block));
    return {
      policies: yield* oneByOne(blocks, (block) => readPolicy(block, blocks, document)),
      facts: functionHeaders(written),
    };
  },
});

interface Block {
  readonly source: string;
  readonly values: TreeMap;
  readonly headers: readonly StaticHeader[];
  readonly refusal: string | undefined;
}

function readBlock(map: TreeMap, document: TreeDocument): Block[] {
  const source = textOf(valueAt(map, 'for'))?.trim();
  const values = valueAt(map, 'values');
  if (source === undefined || values?.kind !== 'map') return [];
  return [
    {
      source,
      values,
      headers: headersOfMap(document, values).map((header) => ({ ...header, ...joined(header.value) })),
      refusal: refusalOf(values),
    },
  ];
}

function readPolicy(block: Block, blocks: readonly Block[], document: TreeDocument): Policy[] {
  const applied = blocks.filter(
    (other) => other === block || (other.refusal === undefined && covers(other.source, block.source)),
  );
  const policy = staticHeadersPolicy({
    framework: 'netlify',
    title: 'Netlify',
    document,
    own: block.headers,
    applied: applied.flatMap(({ headers }) => headers),
    scope: block.source,
    purpose: purposeOf(block.source),
    add: (name, value) => insertKey(document, block.values, name, value),
    preflightStatus: null,
    ...(block.refusal !== undefined && { refusesToStart: block.refusal }),
  });
  return policy ? [policy] : [];
}

/** A list, and the lines of a long text, are sent with commas between them. */
function joined(value: TreeNode): Pick<StaticHeader, 'sent' | 'write'> {
  const members =
    value.kind === 'list'
      ? value.items.map((item) => textOf(item)?.trim())
      : textOf(value)
          ?.trim()
          .split(/\s*,\s*/);
  if (members === undefined || members.some((member) => member === undefined || member.includes('$'))) return {};
  const text = members.join(', ');
  return value.kind === 'list' || text !== textOf(value) ? { sent: { kind: 'text', text } } : {};
}

/** One value that is no text, and the block is left out as a whole. */
function refusalOf(values: TreeMap): string | undefined {
  const wrong = entriesOf(values).find(
    ({ value }) => !(value.kind === 'list' ? value.items.every(isString) : isString(value)),
  );
  return wrong && `Header "${wrong.key}" value must be a string.`;
}
