/**
 * CORS of Internet Information Services in `web.config`: headers that are added to every answer or written by
 * URL Rewrite, and the CORS module.
 *
 * A `<location>` has the headers of the whole site and its own; `<remove>` and `<clear>` take away what came before.
 * https://learn.microsoft.com/iis/configuration/system.webserver/httpprotocol/customheaders/
 */
import type { Edit } from '../../../syntax/range.ts';
import type { TreeDocument, TreeMap } from '../../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../../policy/policy.ts';
import { always } from '../../../policy/request-test.ts';
import { isAssetPath } from '../../../models/static/asset-paths.ts';
import { defineFramework } from '../../../models/framework.ts';
import { corsModulePolicies } from './iis-cors-module.ts';
import type { StaticHeader } from '../../../models/static/static-headers.ts';
import { staticHeadersPolicy } from '../../../models/static/static-headers.ts';
import { entryOf, removeItem, replaceValue } from '../../../edits/tree-edits.ts';
import { attribute, childrenOf, elementAt, elementsBelow, elementsOf } from '../../../edits/xml-elements.ts';
import { rewrittenHeaders } from './iis-rewrite.ts';
import { appendElement, escaped } from '../../../edits/xml-writer.ts';

export const framework = defineFramework({
  id: 'iis',
  title: 'IIS',
  documentation: 'https://learn.microsoft.com/iis/extensions/cors-module/cors-module-configuration-reference',
  reads:
    '`web.config`: `customHeaders` of `httpProtocol`, `outboundRules` of URL Rewrite, `cors` of the IIS CORS module, ' +
    'also inside `location`',
  mentions: ['system.webserver'],
  shape: 'tree',
  formats: ['xml'],
  read(document, { path }) {
    const development = /(^|\/)web\.(debug|dev|development|local)\.config$/i.test(path);
    const sections = sectionsOf(document);
    const everywhere = sections.filter(({ scope }) => scope === undefined);
    return {
      policies: sections.flatMap((section) => readSection(section, everywhere, document, development)),
      facts: [],
    };
  },
});

/** One `<system.webServer>`; `scope` is the path of the `<location>` around it, undefined where it is the whole site. */
interface Section {
  readonly element: TreeMap;
  readonly scope: string | undefined;
}

function sectionsOf({ root }: TreeDocument): Section[] {
  return elementsBelow(root, 'configuration').flatMap((configuration) => [
    ...elementsOf(configuration, 'system.webServer').map((element) => ({ element, scope: undefined })),
    ...elementsOf(configuration, 'location').flatMap((location) => {
      const path = attribute(location, 'path') ?? '';
      return elementsOf(location, 'system.webServer').map((element) => ({
        element,
        scope: path === '' || path === '.' ? undefined : path,
      }));
    }),
  ]);
}

function readSection(
  section: Section,
  everywhere: readonly Section[],
  document: TreeDocument,
  development: boolean,
): Policy[] {
  const scope = section.scope === undefined ? 'the site' : `/${section.scope.replace(/^\//, '')}`;
  const purpose = development
    ? 'development'
    : section.scope !== undefined && isAssetPath(scope)
      ? 'static'
      : 'application';
  return [
    ...headerPolicies(section, everywhere, document, scope, purpose),
    ...elementsOf(section.element, 'cors').flatMap((cors) => corsModulePolicies(cors, document, scope, purpose)),
  ];
}

function headerPolicies(
  section: Section,
  everywhere: readonly Section[],
  document: TreeDocument,
  scope: string,
  purpose: Policy['purpose'],
): Policy[] {
  const container = headersElement(section.element);
  const rewritten = rewrittenHeaders(section.element, document);
  if (!container && rewritten.length === 0) return [];
  const outer = section.scope === undefined ? [] : everywhere;
  const inherited = outer
    .flatMap(({ element }) => headersElement(element) ?? [])
    .reduce<Collection>((before, element) => collect(before, element, document), nothing);
  const outerRewritten = outer.flatMap(({ element }) => rewrittenHeaders(element, document));
  const { headers: added, twice } = container
    ? collect({ ...inherited, twice: undefined }, container, document)
    : { headers: inherited.headers, twice: undefined };
  const headers = [...added, ...outerRewritten, ...rewritten];
  const refusal = twice && refusalOf(twice);
  const policy = staticHeadersPolicy({
    framework: 'iis',
    title: 'IIS',
    document,
    scope,
    purpose,
    preflightStatus: null,
    own: headers.filter((header) => !inherited.headers.includes(header) && !outerRewritten.includes(header)),
    applied: headers,
    ...adderBehind(elementsOf(container, 'add').at(-1), document),
    ...(refusal !== undefined && { refusesToStart: refusal }),
  });
  if (!policy) return [];
  const refused = refusedVerb(section, everywhere, policy, headers);
  const duplicate = twice ? [duplicateFact(twice, inherited.headers)] : [];
  return [{ ...policy, facts: [...policy.facts, ...duplicate, ...refused] }];
}

/** Request filtering that takes no OPTIONS answers each preflight with 404, whatever headers are sent. */
function refusedVerb(
  { element }: Section,
  everywhere: readonly Section[],
  { range, scope }: Policy,
  headers: readonly StaticHeader[],
): Fact[] {
  const isMeant = headers.some(({ name }) => /^access-control-allow-(methods|headers)$/i.test(name));
  const verbs = [element, ...everywhere.map((one) => one.element)]
    .map((one) => elementAt(one, 'security', 'requestFiltering', 'verbs'))
    .find((one) => one !== undefined);
  const options = elementsOf(verbs, 'add').find((verb) => attribute(verb, 'verb')?.toUpperCase() === 'OPTIONS');
  if (!isMeant || options === undefined || attribute(options, 'allowed')?.toLowerCase() !== 'false') return [];
  return [
    {
      kind: 'unhandled-preflight',
      range,
      needs: `${scope} with PUT, DELETE or a JSON body`,
      why: 'the request filtering of IIS answers OPTIONS with 404',
      instead: 'Take OPTIONS out of the verbs that are not allowed',
      related: options.range,
      relatedMessage: 'This answers first.',
    },
  ];
}

/** A header more, written as the last `<add>` is. */
function adderBehind(
  last: TreeMap | undefined,
  document: TreeDocument,
): { add?: (name: string, value: string) => Edit[] } {
  if (!last) return {};
  const end = document.text.slice(0, last.range.end).endsWith(' />') ? ' />' : '/>';
  return {
    add: (name, value) =>
      appendElement(document, last.range, `<add name="${escaped(name, '"')}" value="${escaped(value, '"')}"${end}`),
  };
}

/** IIS's own words. */
function refusalOf({ again }: Twice): string {
  return `Cannot add duplicate collection entry of type 'add' with unique key attribute 'name' set to '${again.name}'.`;
}

function duplicateFact(twice: Twice, inherited: readonly StaticHeader[]): Fact {
  return {
    kind: 'duplicate-header',
    header: twice.again.name,
    range: twice.again.value.range,
    other: twice.first.value.range,
    why: 'no "remove" of that name stands before the second "add"',
    refusal: refusalOf(twice),
    // What another place adds has to stay there.
    ...(!inherited.includes(twice.first) && { fix: twice.again.remove }),
  };
}

function headersElement(section: TreeMap): TreeMap | undefined {
  return elementAt(section, 'httpProtocol', 'customHeaders');
}

/** A name that is added while it is there. */
interface Twice {
  readonly first: StaticHeader;
  readonly again: StaticHeader;
}
interface Collection {
  readonly headers: readonly StaticHeader[];
  /** IIS then answers with an error only. */
  readonly twice: Twice | undefined;
}
const nothing: Collection = { headers: [], twice: undefined };

/** The headers after `<add>`, `<remove>` and `<clear>` in their order. */
function collect(before: Collection, container: TreeMap, document: TreeDocument): Collection {
  return childrenOf(container).reduce<Collection>(({ headers, twice }, { key, value: element }) => {
    if (key === 'clear') return { headers: [], twice };
    const name = attribute(element, 'name')?.toLowerCase();
    if (name === undefined) return { headers, twice };
    const others = headers.filter((header) => header.name.toLowerCase() !== name);
    // A transformation says what becomes of another file's element.
    if (key === 'remove' || /^Remove/.test(attribute(element, 'xdt:Transform') ?? ''))
      return { headers: others, twice };
    const header = key === 'add' ? headerOf(element, document) : undefined;
    if (!header) return { headers, twice };
    const first = headers.find((each) => !others.includes(each));
    return {
      headers: [...headers, header],
      twice: twice ?? (first && /^access-control-/.test(name) ? { first, again: header } : undefined),
    };
  }, before);
}

function headerOf(element: TreeMap, document: TreeDocument): StaticHeader | undefined {
  const name = entryOf(element, '@name')?.value;
  const value = entryOf(element, '@value')?.value;
  if (name?.kind !== 'scalar' || value === undefined) return undefined;
  return {
    name: String(name.value).trim(),
    nameRange: name.contentRange,
    value,
    when: always,
    rename: (other) => replaceValue(document, name, other),
    remove: () => removeItem(document, element),
  };
}
