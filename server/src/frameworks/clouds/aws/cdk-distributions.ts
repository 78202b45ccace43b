/** Behaviours of CloudFront in programs of the CDK that allow no OPTIONS, beside a policy about requests that ask first. */
import type { Expression, Program } from '../../../syntax/programs/program.ts';
import type { TreeNode } from '../../../syntax/trees/tree.ts';
import type { Fact } from '../../../policy/policy.ts';
import type { Evaluator } from '../../../values/evaluator.ts';
import { entriesWithKey } from '../../../models/libraries/object-keys.ts';
import { refusedOptions } from './cloudfront-preflights.ts';
import type { AllowedByPolicy } from './cloudfront-preflights.ts';
import { entryOf, valueAt } from '../../../edits/tree-edits.ts';

/** `nodeOf` evaluates an expression of the program as a node of its tree. */
export function distributionFacts(
  program: Program,
  evaluator: Evaluator,
  nodeOf: (expression: Expression) => TreeNode,
): Fact[] {
  return entriesWithKey(program, 'responseHeadersPolicy').flatMap(({ object, entry }) => {
    const methods = object.entries.find(({ key }) => key === 'allowedMethods');
    if (methods === undefined) return [];
    const { keyRange, range, value } = methods;
    return refusedOptions(
      { key: 'allowedMethods', keyRange, value: nodeOf(value), range },
      policyOf(entry.value, evaluator, nodeOf),
    );
  });
}

/** What `new ResponseHeadersPolicy(scope, id, { corsBehavior })` allows, or a policy that CloudFront has by a name that says it. */
function policyOf(
  expression: Expression,
  evaluator: Evaluator,
  nodeOf: (expression: Expression) => TreeNode,
): AllowedByPolicy | string | undefined {
  if (/\bResponseHeadersPolicy\.CORS_\w*WITH_PREFLIGHT/.test(expression.text)) return managedWithPreflight;
  const made = evaluator.evaluate(expression).expression;
  const settings = made?.kind === 'call' ? made.arguments.at(-1)?.value : undefined;
  const entry = settings && entryOf(nodeOf(settings), 'corsBehavior');
  return (
    entry && {
      methods: valueAt(entry.value, 'accessControlAllowMethods'),
      headers: valueAt(entry.value, 'accessControlAllowHeaders'),
      range: entry.keyRange,
    }
  );
}

const managedWithPreflight = '5cc3b908-e619-4b99-88e5-2cf7f45965bd';
