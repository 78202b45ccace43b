/** Values of a CloudFormation template: what a parameter falls back to, and the quotes that API Gateway wants around header values. */
import type { TreeDocument, TreeEntry, TreeNode } from '../../../syntax/trees/tree.ts';
import type { FilledIn } from '../../../models/services/cors-service.ts';
import type { Fact } from '../../../policy/policy.ts';
import { always } from '../../../policy/request-test.ts';
import type { StaticHeader } from '../../../models/static/static-headers.ts';
import {
  entriesOf,
  entryOf,
  isString,
  removeEntry,
  renameKey,
  replaceValue,
  textOf,
  valueAt,
} from '../../../edits/tree-edits.ts';

/** `{"Ref": "Name"}` and `{"Fn::Sub": "${Name}"}` of a parameter with a default; undefined for everything else. */
export function parameterOf(document: TreeDocument, node: TreeNode): FilledIn | undefined {
  const substituted = textOf(valueAt(node, 'Fn::Sub')) ?? '';
  const name = textOf(valueAt(node, 'Ref')) ?? /^'?\$\{(\w+)\}'?$/.exec(substituted)?.[1];
  if (name === undefined) return undefined;
  const usual = valueAt(document.root, 'Parameters', name, 'Default');
  // The quotes that API Gateway wants stand around the reference or in the default.
  const fallback = textOf(usual)?.replace(/^'(.*)'$/, '$1');
  const isOneText = fallback === textOf(usual) && !isList(document, name);
  return usual === undefined || fallback === undefined
    ? undefined
    : { name, fallback, ...(isOneText && { texts: [usual] }) };
}

/** `CommaDelimitedList`: the default holds several texts. */
function isList(document: TreeDocument, name: string): boolean {
  return /List/.test(textOf(valueAt(document.root, 'Parameters', name, 'Type')) ?? '');
}

/** Text between the single quotes that a constant needs in API Gateway; undefined for other texts. */
export function constantOf(node: TreeNode): string | undefined {
  return isString(node) ? /^'(.*)'$/s.exec(node.value)?.[1] : undefined;
}

/** One header whose value is a constant in single quotes, or a boolean. */
export function constantHeader(
  document: TreeDocument,
  entry: TreeEntry,
  name: string,
  rename: (name: string) => string,
): StaticHeader {
  const { value } = entry;
  const text =
    constantOf(value) ??
    (value.kind === 'scalar' && typeof value.value === 'boolean' ? String(value.value) : undefined);
  const parameter = text === undefined ? parameterOf(document, value) : undefined;
  return {
    name,
    nameRange: entry.keyRange,
    value,
    when: always,
    sent: text === undefined || text.includes('${') ? { kind: 'unknown' } : { kind: 'text', text: text.trim() },
    ...(parameter?.fallback === '*' && { openUntilSet: parameter.name }),
    rename: (other) => renameKey(document, entry.keyRange, rename(other)),
    remove: () => removeEntry(document, entry),
    write: (other, placeholder) =>
      replaceValue(
        document,
        value,
        value.kind === 'scalar' && typeof value.value === 'boolean' ? other === 'true' : `'${other}'`,
        placeholder,
      ),
  };
}

/** `"method.response.header.Access-Control-Allow-Origin": "'*'"`; a boolean there only declares that the header exists. */
export function mappedHeaders(
  document: TreeDocument,
  map: TreeNode | undefined,
  prefix: 'method.response.header.' | 'gatewayresponse.header.',
): StaticHeader[] {
  return entriesOf(map).flatMap((entry): StaticHeader[] => {
    if (
      !entry.key.toLowerCase().startsWith(prefix) ||
      (entry.value.kind === 'scalar' && typeof entry.value.value === 'boolean')
    )
      return [];
    return [constantHeader(document, entry, entry.key.slice(prefix.length), (name) => prefix + name)];
  });
}

/** A header that is a text without the quotes: neither a constant nor one of the expressions that API Gateway knows. */
export function unquotedOrigin(document: TreeDocument, headers: readonly StaticHeader[]): Fact[] {
  return headers.flatMap(({ name, value }): Fact[] => {
    if (name.toLowerCase() !== 'access-control-allow-origin' || !isString(value)) return [];
    const text = value.value.trim();
    if (!/^(\*|https?:\/\/[^\s'"$]+)$/.test(text)) return [];
    return [
      {
        kind: 'joined-origin',
        text,
        range: value.range,
        why: 'API Gateway takes a text without single quotes for an expression, and does not know this one',
        replacement: `'${text}'`,
        replace: () => replaceValue(document, value, `'${text}'`),
      },
    ];
  });
}

/** True for a map of `Resources` in which something has a type of AWS. */
export function isTemplate(node: TreeNode | undefined): boolean {
  return entriesOf(valueAt(node, 'Resources')).some(({ value }) =>
    /^AWS::/.test(textOf(entryOf(value, 'Type')?.value) ?? ''),
  );
}
