/**
 * CORS of Azure API Management: the `cors` policy, and headers that `set-header` writes into every answer.
 *
 * An origin is read as a URI, so that a slash at its end and a port that is the scheme's own make no difference.
 * https://learn.microsoft.com/azure/api-management/cors-policy
 */
import type { TreeDocument, TreeEntry, TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import type { Fact, HeaderValue, Policy } from '../../policy/policy.ts';
import { encloses } from '../../syntax/range.ts';
import { onRequest } from '../../models/services/request-headers.ts';
import { always } from '../../policy/request-test.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import type { CorsService, OriginMeaning } from '../../models/services/cors-service.ts';
import { defineFramework } from '../../models/framework.ts';
import type { StaticHeader } from '../../models/static/static-headers.ts';
import { staticHeadersPolicy } from '../../models/static/static-headers.ts';
import { entryOf, removeItem, replaceValue, textOf } from '../../edits/tree-edits.ts';
import {
  attribute,
  elementAt,
  elementsBelow,
  elementsOf,
  entryFor,
  listEntry,
  textNode,
} from '../../edits/xml-elements.ts';
import { appendElement } from '../../edits/xml-writer.ts';

export const framework = defineFramework({
  id: 'api-management',
  title: 'Azure API Management',
  documentation: 'https://learn.microsoft.com/azure/api-management/cors-policy',
  reads: '`cors` and `set-header` in policy files, and in the texts of Terraform and Bicep that hold one',
  mentions: ['allowed-origins', 'access-control-'],
  shape: 'tree',
  // In Bicep a policy is a text, which is read as a file by itself.
  formats: ['xml', 'bicep'],
  read(document) {
    const { root, format } = document;
    if (format !== 'xml') return { policies: [], facts: [] };
    const policies = elementsBelow(root, 'cors').flatMap((cors) => corsPolicy(cors, document));
    const answers = [...elementsBelow(root, 'outbound'), ...elementsBelow(root, 'return-response')];
    return {
      policies: [...policies, ...answers.flatMap((answer) => headersPolicy(answer, document))],
      facts: ['inbound', 'backend'].flatMap((section) =>
        elementsBelow(root, section).flatMap((element) => requestHeaders(element, section, document)),
      ),
    };
  },
});

function corsPolicy(cors: TreeMap, document: TreeDocument): Policy[] {
  const origins = listOf(cors, 'allowed-origins', 'origin');
  if (!origins) return [];
  const alone = origins.value.kind === 'list' && origins.value.items.length === 1;
  const methods = elementAt(cors, 'allowed-methods');
  // What is sent for "*" there is not documented.
  const exposed = listOf(cors, 'expose-headers', 'header');
  return [
    servicePolicy({
      service: { ...service, origin: (text) => meaningOf(text, alone) },
      document,
      scope: 'the API',
      keys: {
        map: cors,
        originsKey: 'allowed-origins',
        origins,
        credentials: withoutExpression(entryOf(cors, '@allow-credentials')),
        methods: listOf(cors, 'allowed-methods', 'method'),
        allowedHeaders: listOf(cors, 'allowed-headers', 'header'),
        exposedHeaders:
          exposed?.value.kind === 'list' && exposed.value.items.some((item) => textOf(item) === '*')
            ? undefined
            : exposed,
        maxAge: withoutExpression(entryOf(methods, '@preflight-result-max-age')),
      },
    }),
  ];
}

/** What is sent for `*` beside credentials is not documented. */
const service: Omit<CorsService, 'origin'> = {
  framework: 'api-management',
  title: 'Azure API Management',
  // The last is filled in by what deploys the policy.
  placeholder: /\{\{|^@[({]|\$\(|\$\{|#\{|^\{[\w.-]+\}$/,
  open: 'unknown-with-credentials',
  credentials: 'setting',
  // The portal's own policy has "*" for both beside credentials, and its keys get through.
  anyHeader: 'reflect',
  anyMethod: 'reflect',
  strictPreflight: false,
  preflightStatus: { allowed: null, refused: 200 },
  vary: 'unknown',
  defaults: { methods: ['GET', 'POST'], maxAge: '0' },
};

function listOf(cors: TreeMap, container: string, name: string): TreeEntry | undefined {
  const element = elementAt(cors, container);
  const members = elementsOf(element, name).flatMap((member) => textNode(member) ?? []);
  return element && members.length > 0 ? listEntry(entryFor(element)!, members) : undefined;
}

/** Code that runs for each request decides what stands there. */
function withoutExpression(entry: TreeEntry | undefined): TreeEntry | undefined {
  return entry && isExpression(entry.value) ? { ...entry, value: { ...entry.value, kind: 'list', items: [] } } : entry;
}

function isExpression(node: TreeNode | undefined): boolean {
  return node?.kind === 'scalar' && /^@[({]|\{\{/.test(String(node.value));
}

function meaningOf(text: string, alone: boolean): OriginMeaning {
  if (text === '*') return alone ? 'any' : 'unknown';
  if (text.includes('*') || text === 'null') return 'unknown';
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return 'exact';
  return url.pathname === '/' && url.search === '' && url.hash === ''
    ? { exactly: url.origin, ignoreCase: false }
    : 'unknown';
}

/** The headers that stand in `<outbound>` or in an answer itself; those under a condition are left out. */
function headersPolicy(answer: TreeMap, document: TreeDocument): Policy[] {
  const headers = elementsOf(answer, 'set-header').flatMap((element) => headerOf(element, document));
  const last = elementsOf(answer, 'set-header').at(-1);
  const policy = staticHeadersPolicy({
    framework: 'api-management',
    title: 'Azure API Management',
    document,
    own: headers,
    applied: headers,
    scope: 'the API',
    purpose: 'application',
    preflightStatus: null,
    ...(last && {
      add: (name: string, value: string) =>
        appendElement(
          document,
          last.range,
          `<set-header name="${name}" exists-action="append"><value>${value}</value></set-header>`,
        ),
    }),
  });
  return policy ? [policy] : [];
}

/** Outside of `<outbound>` a header is written on the request, except in an answer that is made there. */
function requestHeaders(section: TreeMap, name: string, document: TreeDocument): Fact[] {
  const answers = elementsBelow(section, 'return-response').map(({ range }) => range);
  return elementsBelow(section, 'set-header')
    .filter(({ range }) => !answers.some((answer) => encloses(answer, range)))
    .flatMap((element) => {
      const header = entryOf(element, '@name')?.value;
      return header?.kind !== 'scalar' || attribute(element, 'exists-action') === 'delete'
        ? []
        : onRequest(
            textOf(header),
            header.contentRange,
            { statement: `set-header in <${name}>`, instead: '<outbound>, or use the cors policy' },
            () => removeItem(document, element),
          );
    });
}

function headerOf(element: TreeMap, document: TreeDocument): StaticHeader[] {
  const name = entryOf(element, '@name')?.value;
  const values = elementsOf(element, 'value').flatMap((value) => textNode(value) ?? []);
  const [value] = values;
  const action = attribute(element, 'exists-action') ?? 'override';
  if (name?.kind !== 'scalar' || value === undefined || action === 'delete') return [];
  // What stands behind may have set the header before.
  const sent: HeaderValue | undefined =
    values.length > 1 || action !== 'override' ? { kind: 'unknown' } : sentFor(value.value);
  return [
    {
      name: String(name.value).trim(),
      nameRange: name.contentRange,
      value,
      when: always,
      ...(sent && { sent }),
      rename: (other) => replaceValue(document, name, other),
      remove: () => removeItem(document, element),
    },
  ];
}

/** A text is sent as it stands; of expressions the one that names the caller's origin is understood. */
function sentFor(text: string): HeaderValue | undefined {
  if (/^@\(\s*context\.Request\.Headers\.GetValueOrDefault\(\s*"Origin"\s*(,\s*"[^"]*"\s*)?\)\s*\)$/i.test(text))
    return { kind: 'request-origin' };
  return /^@[({]|\{\{/.test(text) ? { kind: 'unknown' } : undefined;
}
