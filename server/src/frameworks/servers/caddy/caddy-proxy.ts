/** The application behind a site of Caddy, whose headers come on top of those that `header` has set. */
import { indentationAt, deeper, lineEnd } from '../../../edits/program-edits.ts';
import { serviceOf } from '../../../models/servers/forwarding.ts';
import type { Edit } from '../../../syntax/range.ts';
import type { Directive } from '../../../syntax/directives/directives.ts';
import type { Forwarding } from '../../../policy/policy.ts';
import type { CaddyStatement } from './caddy-edits.ts';

const header = 'access-control-allow-origin';

/**
 * What is set before the proxy answers stays beside what it hands on; what is deferred replaces it. Undefined where the site has several
 * proxies, or takes the application's own header away.
 */
export function forwardingOf(
  directives: readonly Directive[],
  statements: readonly CaddyStatement[],
  text: string,
): Forwarding | undefined {
  const proxies = directives.flatMap(proxiesIn);
  const [proxy] = proxies;
  const lines = statements.filter(({ name }) => name === header);
  const set = lines.find(({ source, operation }) => source.phase === 'at-once' && operation !== 'remove');
  if (proxy === undefined || proxies.length > 1 || set === undefined) return undefined;
  if (lines.some(({ source }) => source.phase === 'deferred') || changesAnswer(proxy)) return undefined;
  const upstreams = proxy.args.filter(({ text: word }) => !/^[@/*]/.test(word));
  const host = upstreams.length === 1 ? serviceOf(upstreams[0]!.text) : undefined;
  return host === undefined
    ? undefined
    : { host, range: proxy.nameRange, added: set.range, hide: () => (set.foreign ? [] : hideHeader(proxy, text)) };
}

function proxiesIn(directive: Directive): Directive[] {
  if (directive.name === 'reverse_proxy') return [directive];
  return /^(handle|handle_path|route)$/.test(directive.name) ? (directive.block ?? []).flatMap(proxiesIn) : [];
}

/** `header_down` on the header itself, or what answers in place of the application. */
function changesAnswer({ block = [] }: Directive): boolean {
  return block.some(
    ({ name, args }) =>
      (name === 'header_down' && args[0]?.text.toLowerCase().includes('access-control-')) ||
      name === 'handle_response' ||
      name === 'import',
  );
}

function hideHeader({ block, args, range }: Directive, text: string): Edit[] {
  const line = 'header_down -Access-Control-Allow-Origin';
  const own = lineEnd(text) + indentationAt(text, range.start);
  const inner = lineEnd(text) + deeper(text, indentationAt(text, range.start));
  const [first] = block ?? [];
  if (first) return [{ range: { start: first.range.start, end: first.range.start }, newText: line + inner }];
  const end = args.at(-1)!.range.end;
  return block === undefined ? [{ range: { start: end, end }, newText: ` {${inner}${line}${own}}` }] : [];
}
