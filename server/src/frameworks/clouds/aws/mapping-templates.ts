/** Response templates of API Gateway that choose an origin, in the forms that the CDK and the Serverless Framework write. */
import type { TreeNode } from '../../../syntax/trees/tree.ts';
import type { OriginEntry } from '../../../policy/policy.ts';
import { never, originEquals, originMatches, some, unknown } from '../../../policy/request-test.ts';
import type { StaticHeader } from '../../../models/static/static-headers.ts';
import { entriesOf, textOf } from '../../../edits/tree-edits.ts';

/** `#if($origin == "…" || …) #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)` */
const override =
  /#if\s*\(([^\n]*)\)\s*#set\s*\(\s*\$context\.responseOverride\.header\.Access-Control-Allow-Origin\s*=\s*\$origin\s*\)/gi;

/** The header that the templates of a response set for some origins, over the one that the response has. */
export function chosenOrigins(templates: TreeNode | undefined): StaticHeader[] {
  return entriesOf(templates)
    .slice(0, 1)
    .flatMap(({ keyRange, value }): StaticHeader[] => {
      const compared = [...(textOf(value) ?? '').matchAll(override)].flatMap(([, condition]) =>
        condition!.split('||').map((test) => originTest(test.trim(), value)),
      );
      if (compared.length === 0) return [];
      return [
        {
          name: 'Access-Control-Allow-Origin',
          nameRange: keyRange,
          value,
          when: some(compared.map(({ accepts }) => accepts)),
          sent: { kind: 'request-origin' },
          compared,
          rename: () => [],
          remove: () => [],
        },
      ];
    });
}

function originTest(test: string, { range }: TreeNode): OriginEntry {
  const same = /^\$origin\s*==\s*"([^"]*)"$/.exec(test)?.[1];
  // Velocity puts a variable there.
  if (same !== undefined)
    return {
      range,
      kind: 'text',
      text: same,
      accepts: same.includes('$') ? never : originEquals(same, range),
      matching: 'exact',
    };
  const source = /^\$origin\.matches\("([^"]*)"\)$/.exec(test)?.[1];
  if (source === undefined) return { range, kind: 'unknown', accepts: unknown() };
  const pattern = { source, flags: '', dialect: 'java', mode: 'full' } as const;
  return { range, kind: 'pattern', text: source, pattern, accepts: originMatches(pattern, range), matching: 'regex' };
}
