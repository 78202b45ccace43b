/**
 * Headers that a load balancer of Google puts on answers: lines of a backend, and `response_headers_to_add` of a URL map.
 *
 * https://cloud.google.com/load-balancing/docs/https/custom-headers
 */
import type { TreeDocument, TreeMap, TreeNode } from '../../../syntax/trees/tree.ts';
import type { HeaderValue, Policy } from '../../../policy/policy.ts';
import { always } from '../../../policy/request-test.ts';
import type { StaticHeader } from '../../../models/static/static-headers.ts';
import { headersOfList } from '../../../models/static/static-headers.ts';
import { policyOfHeaders } from '../../../models/static/proxied-headers.ts';
import { entriesBelow } from '../../../models/services/request-headers.ts';
import { appendItem, isString, removeItem, textNodesOf, textOf } from '../../../edits/tree-edits.ts';

interface HeadersInput {
  readonly framework: string;
  readonly document: TreeDocument;
  readonly scope: string;
}

const title = 'the load balancer';

/** `custom_response_headers = ["Access-Control-Allow-Origin: *"]`. */
export function backendHeadersPolicies(list: TreeNode | undefined, input: HeadersInput): Policy[] {
  const { document } = input;
  const own = textNodesOf(list).flatMap((line) => headerOfLine(line, document));
  const add = (name: string, value: string) =>
    list?.kind === 'list' ? appendItem(document, list, `${name}: ${value}`) : [];
  // A part of a text has no quotes of its own.
  const plain: TreeDocument = { ...document, format: 'headers-file' };
  return [policyOfHeaders(own, add, { ...input, title, document: plain }) ?? []].flat();
}

/** Blocks of one `header_action`, each with a `header_name` and a `header_value`. */
export function actionHeadersPolicies(body: TreeMap, input: HeadersInput): Policy[] {
  const { document } = input;
  return entriesBelow(body, 'header_action').flatMap(({ value: action }) => {
    const blocks = entriesBelow(action, 'response_headers_to_add').map(({ value }) => value);
    const own = blocks.flatMap((block) => {
      const list: TreeNode = { kind: 'list', range: block.range, items: [block] };
      const maps = block.kind === 'list' ? block : list;
      return headersOfList(document, maps, 'header_name', 'header_value').map(withCaller);
    });
    return policyOfHeaders(own, () => [], { ...input, title }) ?? [];
  });
}

function headerOfLine(line: TreeNode, document: TreeDocument): StaticHeader[] {
  if (!isString(line)) return [];
  const { start, end } = line.contentRange;
  const colon = line.value.indexOf(':');
  // Where escapes shift the letters, no part of the text has a place of its own.
  if (colon < 0 || end - start !== line.value.length) return [];
  const text = line.value.slice(colon + 1);
  const at = start + colon + 1 + (text.length - text.trimStart().length);
  const range = { ...line.contentRange, start: at, end: at + text.trim().length };
  const nameRange = { ...line.contentRange, end: start + colon };
  return [
    withCaller({
      name: line.value.slice(0, colon).trim(),
      nameRange,
      value: { ...line, value: text.trim(), range, contentRange: range },
      when: always,
      rename: (name) => [{ range: nameRange, newText: name }],
      remove: () => removeItem(document, line),
      write: (newText, placeholder) => [{ range, newText, placeholder }],
    }),
  ];
}

/** `{origin_request_header}` is whatever origin asks. */
function withCaller(header: StaticHeader): StaticHeader {
  const text = textOf(header.value) ?? '';
  if (!/\{\w+\}/.test(text)) return header;
  const sent: HeaderValue = text === '{origin_request_header}' ? { kind: 'request-origin' } : { kind: 'unknown' };
  return { ...header, sent };
}
