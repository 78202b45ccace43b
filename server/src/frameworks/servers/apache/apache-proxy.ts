/** The application behind a section of Apache, whose headers stand in the other table than those of `Header always`. */
import { indentationAt, lineEnd } from '../../../edits/program-edits.ts';
import { serviceOf } from '../../../models/servers/forwarding.ts';
import type { Forwarding } from '../../../policy/policy.ts';
import type { ApacheStatement } from './apache-headers.ts';
import type { Placed } from './apache-sections.ts';

/** Undefined where no single application answers, or its header is replaced or taken away in its own table. */
export function forwardingOf(
  statements: readonly ApacheStatement[],
  placed: readonly Placed[],
  text: string,
): Forwarding | undefined {
  const lines = statements.filter(({ name }) => name === 'access-control-allow-origin');
  const added = lines.find(({ always, operation }) => always && operation !== 'remove');
  const proxies = placed.filter(({ directive: { name, args } }) => isProxy(name) && args.at(-1)?.text !== '!');
  const [proxy] = proxies;
  if (added === undefined || proxy === undefined || proxies.length > 1 || lines.some(({ always }) => !always))
    return undefined;
  const address = proxy.directive.args.find((word) => /^https?:/.test(word.text));
  const host = address && serviceOf(address.text);
  if (host === undefined) return undefined;
  const line = `${lineEnd(text)}${indentationAt(text, added.range.start)}Header unset Access-Control-Allow-Origin`;
  return {
    host,
    range: proxy.directive.nameRange,
    added: added.range,
    hide: () =>
      added.editable === false
        ? []
        : [{ range: { ...added.range, start: added.range.end, end: added.range.end }, newText: line }],
  };
}

function isProxy(name: string): boolean {
  return /^proxypass(match)?$/i.test(name);
}
