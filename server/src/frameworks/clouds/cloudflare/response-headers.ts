/** Headers that a ruleset of Cloudflare sets on answers: `http_response_headers_transform`, in both forms of its provider. */
import type { SourceRange } from '../../../syntax/range.ts';
import type { TreeDocument, TreeEntry, TreeMap, TreeNode } from '../../../syntax/trees/tree.ts';
import type { Policy } from '../../../policy/policy.ts';
import { always, unknown } from '../../../policy/request-test.ts';
import type { StaticHeader } from '../../../models/static/static-headers.ts';
import { purposeOf, staticHeadersPolicy } from '../../../models/static/static-headers.ts';
import type { Terraform } from '../../../models/services/terraform-resources.ts';
import {
  entriesOf,
  entryOf,
  entryText,
  isTrue,
  removeEntry,
  renameKey,
  replaceValue,
  textOf,
  valueAt,
} from '../../../edits/tree-edits.ts';

/** Each rule with the headers of those that are for the same requests. */
export function readRuleset(body: TreeMap, scope: string, terraform: Terraform, document: TreeDocument): Policy[] {
  if (textOf(entryOf(body, 'phase')?.value) !== 'http_response_headers_transform') return [];
  const rules = terraform
    .blocks(body, 'rules')
    .filter(({ map }) => entryOf(map, 'enabled') === undefined || isTrue(valueAt(map, 'enabled')))
    .map(({ map }) => ({
      expression: textOf(valueAt(map, 'expression')) ?? '',
      headers: headersOf(map, terraform, document),
    }));
  return rules.flatMap(({ expression, headers }, index) => {
    const applied = rules
      .slice(0, index + 1)
      .filter((rule) => rule.expression === expression || rule.expression === 'true')
      .flatMap((rule) => rule.headers);
    const policy = staticHeadersPolicy({
      framework: 'terraform-cloudflare',
      title: 'Cloudflare',
      document,
      own: headers,
      applied,
      scope: expression === 'true' || expression === '' ? scope : `${scope}, ${expression}`,
      purpose: purposeOf(/path eq "([^"]*)"|path contains "([^"]*)"/.exec(expression)?.[1] ?? ''),
      // The host behind it answers them.
      preflightStatus: null,
    });
    return policy ? [policy] : [];
  });
}

function headersOf(rule: TreeMap, terraform: Terraform, document: TreeDocument): StaticHeader[] {
  // What asks for the origin lets in whom it names, which is not read.
  const looksAtOrigin = /origin/i.test(textOf(valueAt(rule, 'expression'))?.replace(/^.*origin_response.*$/, '') ?? '');
  const when = looksAtOrigin ? unknown() : always;
  return terraform.blocks(rule, 'action_parameters').flatMap(({ map }) =>
    [...blocksNamed(map, terraform), ...entriesNamed(map)].flatMap(({ name, nameRange, settings, rename, remove }) => {
      const operation = textOf(valueAt(settings, 'operation'));
      const written = entryOf(settings, 'value') ?? entryOf(settings, 'expression');
      if (written === undefined || operation === 'remove') return [];
      return [
        {
          name,
          nameRange,
          value: written.value,
          when,
          rename: (other: string) => rename(other, document),
          remove: () => remove(document),
          ...(written.key === 'expression' && computed(written, document)),
        },
      ];
    }),
  );
}

/** A header with where its name stands. */
interface NamedSettings {
  readonly name: string;
  readonly nameRange: SourceRange;
  readonly settings: TreeMap;
  readonly rename: (other: string, document: TreeDocument) => ReturnType<typeof renameKey>;
  readonly remove: (document: TreeDocument) => ReturnType<typeof removeEntry>;
}

/** `headers { name = "…" }` of version 4. */
function blocksNamed(map: TreeMap, terraform: Terraform): NamedSettings[] {
  return terraform.blocks(map, 'headers').flatMap(({ entry, map: settings }) => {
    const named = entryOf(settings, 'name')?.value;
    const name = textOf(named);
    return named === undefined || name === undefined
      ? []
      : [
          {
            name,
            nameRange: named.range,
            settings,
            rename: (other: string, document: TreeDocument) => replaceValue(document, named, other),
            remove: (document: TreeDocument) => removeEntry(document, entry),
          },
        ];
  });
}

/** `headers = { "…" = { … } }` of version 5. */
function entriesNamed(map: TreeMap): NamedSettings[] {
  return entriesOf(valueAt(map, 'headers')).flatMap((entry) =>
    entry.value.kind === 'map' && entryOf(entry.value, 'operation')
      ? [
          {
            name: entry.key,
            nameRange: entry.keyRange,
            settings: entry.value,
            rename: (other: string, document: TreeDocument) => renameKey(document, entry.keyRange, other),
            remove: (document: TreeDocument) => removeEntry(document, entry),
          },
        ]
      : [],
  );
}

/** `http.request.headers["origin"][0]` is whatever origin asks. */
function computed(entry: TreeEntry, document: TreeDocument): Pick<StaticHeader, 'sent' | 'write'> {
  return {
    sent: isOrigin(entry.value) ? { kind: 'request-origin' } : { kind: 'unknown' },
    write: (text, placeholder) => [{ range: entry.range, newText: entryText(document, 'value', text), placeholder }],
  };
}

function isOrigin(node: TreeNode): boolean {
  return /^\s*http\.request\.headers\[\\?["']origin\\?["']\]\s*\[0\]\s*$/.test(textOf(node) ?? '');
}
