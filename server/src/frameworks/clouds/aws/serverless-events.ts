/** Events of the Serverless Framework in which CORS is not what it seems: keys in the wrong place, authorizers before a preflight. */
import type { TreeDocument, TreeEntry, TreeMap, TreeNode } from '../../../syntax/trees/tree.ts';
import type { Fact } from '../../../policy/policy.ts';
import { guardedRoute, unlistedHeader } from './authorizers.ts';
import { guardedOptions } from './cloudformation-authorizers.ts';
import { misplaced } from '../../../models/services/locked-out.ts';
import { resolveSelf } from './serverless-variables.ts';
import { entryOf, mapsOf, textOf, valueAt } from '../../../edits/tree-edits.ts';

/** Of all functions of a service together: one of them may have the route for OPTIONS that the others need. */
export function eventFacts(functions: readonly TreeMap[], document: TreeDocument): Fact[] {
  const events = functions.flatMap((map) => mapsOf(valueAt(map, 'events')));
  return [
    ...strayKeys(document),
    ...functions.flatMap((map) => at(map, 'cors', 'an http event, or url, of the function')),
    ...events.flatMap((event) => [
      // The keys of an event that has lost its indentation.
      ...(isEmpty(valueAt(event, 'http')) ? at(event, 'cors', 'http, indented under it') : []),
      ...at(valueAt(event, 'httpApi'), 'cors', 'provider.httpApi'),
      ...guardedEvent(valueAt(event, 'http'), document),
    ]),
    ...guardedRoutes(events, document),
  ];
}

function strayKeys({ root }: TreeDocument): Fact[] {
  const provider = valueAt(root, 'provider');
  const belongs = 'the http events, or into provider.httpApi';
  return [
    ...at(provider, 'cors', belongs),
    ...at(valueAt(provider, 'apiGateway'), 'cors', belongs),
    ...at(valueAt(provider, 'http'), 'cors', belongs),
  ];
}

function at(node: TreeNode | undefined, key: string, belongs: string): Fact[] {
  const entry = entryOf(node, key);
  return entry ? [misplaced(entry, belongs)] : [];
}

function isEmpty(node: TreeNode | undefined): boolean {
  return node?.kind === 'scalar' && (node.value === null || node.value === '');
}

/** A REST API: an OPTIONS of one's own behind an authorizer, and lists of headers without the one that it reads. */
function guardedEvent(http: TreeNode | undefined, document: TreeDocument): Fact[] {
  const authorizer = entryOf(http, 'authorizer');
  if (authorizer === undefined) return [];
  if (textOf(valueAt(http, 'method'))?.toUpperCase() === 'OPTIONS') return [guardedOptions(authorizer.range)];
  const cors = entryOf(http, 'cors');
  const headers = entryOf(cors && resolveSelf(document, cors.value), 'headers');
  const header = sourceHeader(authorizer);
  // Without the key the framework allows Authorization.
  return headers && header !== undefined
    ? unlistedHeader(
        { ...headers, value: resolveSelf(document, headers.value) },
        headers.keyRange,
        header,
        authorizer.range,
      )
    : [];
}

function sourceHeader({ value }: TreeEntry): string | undefined {
  if (textOf(valueAt(value, 'type'))?.toLowerCase() === 'request') return undefined;
  const source = textOf(valueAt(value, 'identitySource'));
  return source === undefined ? 'Authorization' : /^method\.request\.header\.([\w-]+)$/.exec(source)?.[1];
}

/** An HTTP API: routes for every method with an authorizer, where no other route takes OPTIONS. */
function guardedRoutes(events: readonly TreeMap[], document: TreeDocument): Fact[] {
  if (entryOf(valueAt(document.root, 'provider', 'httpApi'), 'cors') === undefined) return [];
  const routes = events.flatMap((event) => {
    const entry = entryOf(event, 'httpApi');
    return entry ? [{ entry, ...routeOf(entry.value) }] : [];
  });
  if (routes.some(({ method }) => method === 'OPTIONS')) return [];
  return routes.flatMap(({ entry, method, path }) => {
    const authorizer = entryOf(entry.value, 'authorizer');
    return authorizer && method === '*'
      ? [guardedRoute(entry.keyRange, authorizer.range, path === '*' ? '$default' : `ANY ${path}`)]
      : [];
  });
}

/** `'*'`, `'GET /items'`, or a map; any method is `*`. */
function routeOf(value: TreeNode): { readonly method: string; readonly path: string } {
  const [first = '*', second = '*'] = (textOf(value) ?? '').split(/\s+/);
  const method = textOf(valueAt(value, 'method')) ?? (value.kind === 'map' ? '*' : first);
  return {
    method: /^(\*|any)$/i.test(method) ? '*' : method.toUpperCase(),
    path: textOf(valueAt(value, 'path')) ?? second,
  };
}
