/** What programs of the CDK write past its own classes: headers of integrations and of errors, and properties of the template. */
import type { Expression, Node, Program } from '../../../syntax/programs/program.ts';
import type { TreeEntry, TreeMap, TreeNode } from '../../../syntax/trees/tree.ts';
import type { Policy } from '../../../policy/policy.ts';
import { mappedResponse } from './apigateway-openapi.ts';
import { functionUrlPolicy, httpApiPolicy, templateNames } from './aws-cors-services.ts';
import type { ProgramTree } from '../../../models/services/program-tree.ts';
import { readS3Rule, templateS3Names } from './s3-rules.ts';
import { entriesWithKey } from '../../../models/libraries/object-keys.ts';
import { entryOf, mapsOf, textOf } from '../../../edits/tree-edits.ts';

/** Evaluates an expression of the program as a node of its tree. */
export type NodeOf = (expression: Expression) => TreeNode;

/** `responseParameters` of an integration, and `responseHeaders` of an error of the gateway. */
export function responsePolicies(program: Program, tree: ProgramTree, nodeOf: NodeOf): Policy[] {
  return entriesWithKey(program, 'responseParameters|responseHeaders').flatMap(({ object, entry }) => {
    const map = nodeOf(entry.value);
    if (map.kind !== 'map') return [];
    if (entry.key === 'responseHeaders') return errorHeaders(map, tree);
    const status = object.entries.find((other) => other.key === 'statusCode')?.value;
    const isPreflight = methodAround(object) === 'OPTIONS';
    const prefix = 'method.response.header.';
    return mappedResponse(
      tree.document,
      'cdk-pulumi',
      map,
      prefix,
      'an integration',
      isPreflight,
      isPreflight && status ? asNumber(nodeOf(status)) : undefined,
    );
  });
}

/** Its keys are names of headers alone. */
function errorHeaders(map: TreeMap, tree: ProgramTree): Policy[] {
  const prefix = 'gatewayresponse.header.';
  const entries = map.entries
    .filter(({ value }) => /^'.*'$/s.test(textOf(value) ?? ''))
    .map((entry) => ({ ...entry, key: prefix + entry.key }));
  return mappedResponse(tree.document, 'cdk-pulumi', { ...map, entries, shared: true }, prefix, 'an error', false);
}

function asNumber(node: TreeNode): TreeNode {
  return node.kind === 'scalar' && /^\d+$/.test(String(node.value)) ? { ...node, value: Number(node.value) } : node;
}

/** The method of `addMethod('OPTIONS', new MockIntegration({ … }))` around an expression. */
export function methodAround(expression: Expression): string | undefined {
  for (let around: Node | undefined = expression.parent; around; around = around.parent) {
    if (around.kind !== 'call' || around.callee.kind !== 'member') continue;
    if (!/^(addMethod|add_method)$/.test(around.callee.property)) continue;
    const first = around.arguments[0]?.value;
    return first?.kind === 'string' ? first.value.toUpperCase() : undefined;
  }
  return undefined;
}

/** `cfn.addPropertyOverride('CorsConfiguration.AllowOrigins', [ … ])`: what is written to one resource is one map of settings. */
export function overridePolicies(program: Program, tree: ProgramTree, nodeOf: NodeOf): Policy[] {
  const resources = new Map<string, TreeEntry[]>();
  for (const { index } of program.text.matchAll(/\b(?:addPropertyOverride|addOverride)\b/g)) {
    const member = program.expressionAt(index);
    const call = member?.parent;
    if (member?.kind !== 'member' || call?.kind !== 'call') continue;
    const [path, value] = call.arguments.map((argument) => argument.value);
    const [, group, inner] =
      /^(?:Properties\.)?(CorsConfiguration|Cors)(?:\.(\w+))?$/.exec(path?.kind === 'string' ? path.value : '') ?? [];
    if (group === undefined || path === undefined || value === undefined) continue;
    const node = nodeOf(value);
    const key = `${member.object.text} ${group}`;
    const entry: TreeEntry = { key: inner ?? group, keyRange: path.range, value: node, range: call.range };
    const entries = inner === undefined ? (node.kind === 'map' ? node.entries : []) : [entry];
    resources.set(key, [...(resources.get(key) ?? []), ...entries]);
  }
  return [...resources].flatMap(([key, entries]) => settingsOf(key, entries, tree));
}

function settingsOf(key: string, entries: readonly TreeEntry[], tree: ProgramTree): Policy[] {
  const [first] = entries;
  if (first === undefined) return [];
  const { document, reference } = tree;
  const map: TreeMap = { kind: 'map', range: first.range, shared: true, open: true, entries };
  const rules = entryOf(map, 'CorsRules');
  if (rules)
    return mapsOf(rules.value).map((rule) => readS3Rule(rule, document, templateS3Names, 'cdk-pulumi', reference));
  const input = {
    document,
    framework: 'cdk-pulumi',
    entry: { key: 'CorsConfiguration', keyRange: first.keyRange, value: map, range: first.range },
    names: templateNames,
    scope: key.slice(0, key.lastIndexOf(' ')).split('.').at(-1)!.slice(0, 40),
    openByDefault: false,
    rejectsUnknown: true,
    reference: (node: TreeNode) => reference(node),
  };
  return [key.endsWith(' Cors') ? functionUrlPolicy(input) : httpApiPolicy(input)];
}
