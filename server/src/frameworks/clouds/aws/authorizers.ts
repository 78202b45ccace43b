/**
 * Authorizers that stand before the preflight, which never carries a token, and headers that an authorizer wants and
 * the preflight does not allow.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
import type { Edit, SourceRange } from '../../../syntax/range.ts';
import type { TreeEntry, TreeNode } from '../../../syntax/trees/tree.ts';
import type { Fact } from '../../../policy/policy.ts';
import { isPlaceholder, textNodesOf } from '../../../edits/tree-edits.ts';

/** The preflight itself has to pass the authorizer. `related` is where that is named. */
export function guardedPreflight(
  range: SourceRange,
  related: SourceRange | undefined,
  why: string,
  instead: string,
  handle?: () => readonly Edit[],
): Fact {
  return {
    kind: 'unhandled-preflight',
    range,
    needs: 'this API',
    why,
    instead,
    ...(related && { related }),
    ...(handle && { handle }),
  };
}

/** One route for every method takes the preflights, too, and asks them for a token. */
export function guardedRoute(range: SourceRange, related: SourceRange | undefined, route: string): Fact {
  return guardedPreflight(
    range,
    related,
    `the route ${route} takes OPTIONS too, and its authorizer refuses a preflight, which carries no token`,
    'Add a route for OPTIONS without an authorizer, or name the methods',
  );
}

/** The allowed headers, of which none is the one that the authorizer reads: requests with it are never made. */
export function unlistedHeader(
  allowed: TreeEntry | undefined,
  at: SourceRange,
  header: string,
  related: SourceRange | undefined,
): Fact[] {
  if (allowed && !namesHeaders(allowed.value)) return [];
  const names = allowed ? textNodesOf(allowed.value).flatMap(({ value }) => value.replaceAll("'", '').split(',')) : [];
  const isListed = names.some((name) => name.trim() === '*' || name.trim().toLowerCase() === header.toLowerCase());
  if (isListed) return [];
  return [
    {
      kind: 'unhandled-preflight',
      range: allowed?.keyRange ?? at,
      needs: `this API with ${header}`,
      why: `the authorizer reads ${header}, and the preflight does not allow that header`,
      instead: `Add ${header} to the allowed headers`,
      ...(related && { related, relatedMessage: `This wants ${header}.` }),
    },
  ];
}

/** The header that one of the identity sources names: `$request.header.Authorization`, `method.request.header.X`. */
export function identityHeader(sources: TreeNode | undefined): string | undefined {
  return textNodesOf(sources)
    .map(({ value }) => /^(?:\$|method\.)request\.header\.([\w-]+)$/.exec(value.trim())?.[1])
    .find((name) => name !== undefined);
}

/** A text or a list of texts, all written out. */
function namesHeaders(node: TreeNode): boolean {
  const texts = textNodesOf(node);
  return (
    (node.kind !== 'list' || texts.length === node.items.length) &&
    !texts.some(({ value }) => isPlaceholder(value)) &&
    node.kind !== 'map'
  );
}
