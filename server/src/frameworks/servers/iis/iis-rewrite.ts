/**
 * Outbound rules of IIS URL Rewrite that write a response header: `RESPONSE_Access_Control_Allow_Origin` is that header.
 *
 * https://learn.microsoft.com/iis/extensions/url-rewrite-module/modifying-http-response-headers
 */
import type { TreeDocument, TreeMap } from '../../../syntax/trees/tree.ts';
import type { HeaderValue, OriginEntry } from '../../../policy/policy.ts';
import { always, originMatches, some, unknown } from '../../../policy/request-test.ts';
import type { StaticHeader } from '../../../models/static/static-headers.ts';
import { entryOf, removeItem, replaceValue } from '../../../edits/tree-edits.ts';
import { attribute, elementAt, elementsOf } from '../../../edits/xml-elements.ts';

/** In the order in which they run, after `customHeaders`. */
export function rewrittenHeaders(section: TreeMap, document: TreeDocument): StaticHeader[] {
  return elementsOf(elementAt(section, 'rewrite', 'outboundRules'), 'rule').flatMap((rule): StaticHeader[] => {
    const variable = entryOf(elementAt(rule, 'match'), '@serverVariable')?.value;
    const value = entryOf(elementAt(rule, 'action'), '@value')?.value;
    if (
      attribute(rule, 'enabled')?.toLowerCase() === 'false' ||
      variable?.kind !== 'scalar' ||
      value?.kind !== 'scalar'
    )
      return [];
    const name = /^RESPONSE_(.+)$/i.exec(String(variable.value))?.[1]?.replaceAll('_', '-');
    if (name === undefined) return [];
    const every = isForEverybody(rule);
    const compared = every ? undefined : comparedOrigins(rule, String(value.value), document);
    const sent = every || compared ? sentFor(String(value.value)) : { kind: 'unknown' as const };
    return [
      {
        name,
        nameRange: variable.contentRange,
        value,
        when: every ? always : compared ? some(compared.map(({ accepts }) => accepts)) : unknown(),
        ...(sent && { sent }),
        ...(compared && sent?.kind === 'request-origin' && { compared }),
        rename: (other) => replaceValue(document, variable, `RESPONSE_${other.replaceAll('-', '_')}`),
        remove: () => removeItem(document, rule),
      },
    ];
  });
}

/**
 * The patterns that the conditions compare the origin with, where they look at nothing else. They are searched for anywhere in it and
 * without its case, unless an attribute says otherwise; `{C:0}` is what the pattern has found.
 */
function comparedOrigins(rule: TreeMap, text: string, document: TreeDocument): OriginEntry[] | undefined {
  const conditions = elementAt(rule, 'conditions');
  const tests = elementsOf(conditions, 'add');
  const anyOf = attribute(conditions ?? rule, 'logicalGrouping')?.toLowerCase() === 'matchany';
  const isPlain =
    attribute(rule, 'preCondition') === undefined &&
    fitsEverything(attribute(elementAt(rule, 'match'), 'pattern')) &&
    (attribute(rule, 'patternSyntax') ?? 'ECMAScript') === 'ECMAScript';
  if (!isPlain || tests.length === 0 || (tests.length > 1 && !anyOf)) return undefined;
  const entries = tests.flatMap((test): OriginEntry[] => {
    const node = entryOf(test, '@pattern')?.value;
    const source = attribute(test, 'pattern');
    const readsOrigin = attribute(test, 'input')?.toUpperCase() === '{HTTP_ORIGIN}';
    if (!readsOrigin || attribute(test, 'negate') === 'true' || node?.kind !== 'scalar' || source === undefined)
      return [];
    if (/\{C:0\}/i.test(text) && !/^\^.*\$$/s.test(source)) return [];
    const flags = attribute(test, 'ignoreCase')?.toLowerCase() === 'false' ? '' : 'i';
    const pattern = { source, flags, dialect: 'javascript', mode: 'search' } as const;
    const accepts = originMatches(pattern, node.contentRange);
    const replacePattern = (other: string) => replaceValue(document, node, other);
    return [
      {
        range: node.range,
        kind: 'pattern',
        text: source,
        pattern,
        accepts,
        matching: 'regex',
        edits: { replacePattern },
      },
    ];
  });
  return entries.length === tests.length ? entries : undefined;
}

/** Nothing narrows the rule down: patterns that fit every text, of the header or of the origin that asks. */
function isForEverybody(rule: TreeMap): boolean {
  const conditions = elementAt(rule, 'conditions');
  const tests = elementsOf(conditions, 'add');
  const origins = tests.every(
    (test) =>
      attribute(test, 'input')?.toUpperCase() === '{HTTP_ORIGIN}' &&
      attribute(test, 'negate') !== 'true' &&
      fitsEverything(attribute(test, 'pattern')),
  );
  return (
    attribute(rule, 'preCondition') === undefined &&
    fitsEverything(attribute(elementAt(rule, 'match'), 'pattern')) &&
    attribute(elementAt(rule, 'match'), 'negate') !== 'true' &&
    origins
  );
}

function fitsEverything(pattern: string | undefined): boolean {
  return pattern !== undefined && /^\^?\(?\.[*+]\)?\$?$/.test(pattern);
}

/** The server variable, or all that the pattern of a condition has found in it. */
function sentFor(text: string): HeaderValue | undefined {
  if (/^\{(HTTP_ORIGIN|C:0)\}$/i.test(text)) return { kind: 'request-origin' };
  return text.includes('{') ? { kind: 'unknown' } : undefined;
}
