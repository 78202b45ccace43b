/** Distributions that refuse OPTIONS although a response headers policy answers preflights. */
import type { SourceRange } from '../../../syntax/range.ts';
import type { TreeEntry, TreeNode } from '../../../syntax/trees/tree.ts';
import type { Fact } from '../../../policy/policy.ts';
import { isPlaceholder, textNodesOf } from '../../../edits/tree-edits.ts';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html */
const managedWithPreflight = new Set(['5cc3b908-e619-4b99-88e5-2cf7f45965bd', 'eaab4381-ed33-4a86-88ca-d9558dc6cd63']);

/** What a policy lets requests have. */
export interface AllowedByPolicy {
  readonly methods: TreeNode | undefined;
  readonly headers: TreeNode | undefined;
  readonly range: SourceRange;
}

/** The methods of a behaviour whose policy, by its identifier or as it is written, is about requests that ask first. */
export function refusedOptions(methods: TreeEntry | undefined, policy: AllowedByPolicy | string | undefined): Fact[] {
  const listed = textNodesOf(methods?.value).map(({ value }) => value);
  if (methods === undefined || listed.length === 0 || listed.includes('OPTIONS') || listed.some(isPlaceholder))
    return [];
  if (policy === undefined || (typeof policy === 'string' ? !managedWithPreflight.has(policy) : !asksFirst(policy)))
    return [];
  return [
    {
      kind: 'unhandled-preflight',
      range: methods.keyRange,
      needs: 'this distribution with what the policy allows',
      why: 'CloudFront answers a method that it does not allow with 403, and OPTIONS is not among them',
      instead: 'Allow OPTIONS too',
      ...(typeof policy === 'object' && { related: policy.range, relatedMessage: 'This is what is to be allowed.' }),
    },
  ];
}

/** Methods or headers that a page may only send after a preflight. */
function asksFirst({ methods, headers }: AllowedByPolicy): boolean {
  const texts = (node: TreeNode | undefined) => textNodesOf(node).map(({ value }) => value);
  return (
    texts(methods).some((method) => /^(PUT|PATCH|DELETE)$/.test(method)) ||
    texts(headers).some((name) => /^(authorization|x-[\w-]+)$/i.test(name))
  );
}
