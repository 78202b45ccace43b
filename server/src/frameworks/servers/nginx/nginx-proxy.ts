/** Where nginx sends the requests of a block, for the headers that the application behind it sends too. */
import type { Edit, SourceRange } from '../../../syntax/range.ts';
import type { DirectiveDocument } from '../../../syntax/directives/directives.ts';
import type { Forwarding } from '../../../policy/policy.ts';
import type { Block, Item } from './nginx-blocks.ts';
import { childBlocks, itemsNamed, statementRange } from './nginx-blocks.ts';
import { hasOwnAdds } from './nginx-headers.ts';
import { serviceOf } from '../../../models/servers/forwarding.ts';
import { indentationAt, lineEnd } from '../../../edits/program-edits.ts';

/** The service that answers the block's requests; undefined where its name is not written, or its own header is taken away. */
export function forwardingOf(block: Block, document: DirectiveDocument): Forwarding | undefined {
  const found = proxyPassOf(block);
  if (found === undefined || found.item.path !== undefined || hidesHeader(found.block)) return undefined;
  const { directive } = found.item;
  const target = serviceOf(directive.args[0]?.text ?? '');
  const host = target && (upstreamHost(target, document) ?? target);
  if (host === undefined) return undefined;
  return { host, range: statementRange(found.item), hide: () => hideHeaders(directive.range, document.text) };
}

/** Takes away the application's own headers. */
function hideHeaders({ start, end }: SourceRange, text: string): Edit[] {
  const lines = ['Origin', 'Credentials'].map((name) => `proxy_hide_header Access-Control-Allow-${name};`);
  const before = lineEnd(text) + indentationAt(text, start);
  return [{ range: { start: end, end }, newText: lines.map((line) => before + line).join('') }];
}

/** Its own, or that of a location inside that inherits its headers. */
function proxyPassOf(block: Block): { readonly item: Item; readonly block: Block } | undefined {
  const [item] = itemsNamed(block, 'proxy_pass');
  if (item) return { item, block };
  return childBlocks(block)
    .filter((child) => child.kind === 'location' && !hasOwnAdds(child))
    .map(proxyPassOf)
    .find((found) => found !== undefined);
}

/** Directives of the inner block replace those of the outer one, so that any of them may be the one in force. */
function hidesHeader(block: Block): boolean {
  const own = itemsNamed(block, 'proxy_hide_header').some(
    ({ directive }) => directive.args[0]?.text.toLowerCase() === 'access-control-allow-origin',
  );
  return own || (block.parent !== undefined && hidesHeader(block.parent));
}

/** The one server of an `upstream` of this name; undefined where there is no such block or several servers. */
function upstreamHost(name: string, { directives }: DirectiveDocument): string | undefined {
  const all = [
    ...directives,
    ...directives.filter((directive) => directive.name === 'http').flatMap((http) => http.block ?? []),
  ];
  const servers =
    all
      .find((directive) => directive.name === 'upstream' && directive.args[0]?.text === name)
      ?.block?.filter((directive) => directive.name === 'server') ?? [];
  return servers.length === 1 ? /^([A-Za-z][\w-]*)(?::\d+)?$/.exec(servers[0]!.args[0]?.text ?? '')?.[1] : undefined;
}
