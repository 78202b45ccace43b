/**
 * `<mvc:cors>` in the XML of Spring MVC. What a mapping leaves out counts as open: every origin, every header, and the
 * methods GET, HEAD and POST.
 *
 * https://docs.spring.io/spring-framework/reference/web/webmvc-cors.html#mvc-cors-global-xml
 */
import type { TreeDocument, TreeEntry, TreeMap } from '../../syntax/trees/tree.ts';
import type { Fact, Policy, PolicyEdits } from '../../policy/policy.ts';
import type { CorsService } from '../../models/services/cors-service.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import { defineFramework } from '../../models/framework.ts';
import type { FrameworkContext } from '../../models/framework.ts';
import { isBefore, mavenVersion } from './maven-versions.ts';
import { springCors, springRefusal } from '../../models/services/spring-cors.ts';
import { entryOf, textOf, unknownKeys } from '../../edits/tree-edits.ts';
import { attribute, childrenOf, elementsBelow, elementsOf, entryFor } from '../../edits/xml-elements.ts';
import { escaped } from '../../edits/xml-writer.ts';

const namespace = 'http://www.springframework.org/schema/mvc';

export const framework = defineFramework({
  id: 'spring-xml',
  title: 'Spring MVC XML',
  documentation: 'https://docs.spring.io/spring-framework/reference/web/webmvc-cors.html#mvc-cors-global-xml',
  reads: '`<mvc:cors>` in the XML of a Spring MVC application',
  mentions: ['springframework.org/schema/mvc'],
  shape: 'tree',
  formats: ['xml'],
  read(document, context) {
    const elements = elementsBelow(document.root, 'cors').filter((element) => isOfSpring(element, document));
    return { policies: elements.flatMap((element) => readElement(element, document, context)), facts: [] };
  },
});

const names = [
  'path',
  'allowed-origins',
  'allowed-origin-patterns',
  'allowed-methods',
  'allowed-headers',
  'exposed-headers',
  'allow-credentials',
  'allow-private-network',
  'max-age',
];
const foreign: Readonly<Record<string, string>> = {
  origins: 'allowed-origins',
  alloworigins: 'allowed-origins',
  allowedorigin: 'allowed-origins',
  alloworigin: 'allowed-origins',
  alloworiginpatterns: 'allowed-origin-patterns',
  methods: 'allowed-methods',
  allowmethods: 'allowed-methods',
  headers: 'allowed-headers',
  allowheaders: 'allowed-headers',
  exposeheaders: 'exposed-headers',
  allowedcredentials: 'allow-credentials',
  credentials: 'allow-credentials',
  supportcredentials: 'allow-credentials',
};

const service: CorsService = {
  ...springCors,
  framework: 'spring-xml',
  title: 'Spring MVC',
  defaults: { methods: ['GET', 'HEAD', 'POST'], headers: 'requested', maxAge: '1800' },
  textValues: true,
  onlyTrue: true,
  vary: 'always',
};
/** Cookies and `*` went together, and whoever asked was named; a slash at the end was compared, too. */
const before53: Pick<CorsService, 'origin'> = {
  origin: (text) => (text === '*' ? 'any' : { exactly: text.toLowerCase(), ignoreCase: true }),
};

/** The prefix is the author's own choice. */
function isOfSpring(element: TreeMap, { root }: TreeDocument): boolean {
  const [, prefix] = /^(?:([^:]+):)?/.exec(entryFor(element)?.key ?? '') ?? [];
  const declared = prefix === undefined ? 'xmlns' : `xmlns:${prefix}`;
  return [element, ...childrenOf(root).map(({ value }) => value)].some(
    (place) => attribute(place, declared) === namespace,
  );
}

function readElement(element: TreeMap, document: TreeDocument, context: FrameworkContext): Policy[] {
  const version = mavenVersion(context, /^org\.springframework:spring-/);
  return elementsOf(element, 'mapping').map((mapping) => readMapping(mapping, document, version));
}

function readMapping(mapping: TreeMap, document: TreeDocument, version: readonly number[] | undefined): Policy {
  const written = (name: string): TreeEntry | undefined => entryOf(mapping, `@${name}`);
  const [origins, patterns, credentials] = [
    written('allowed-origins'),
    written('allowed-origin-patterns'),
    written('allow-credentials'),
  ];
  const nothingWritten = origins === undefined && patterns === undefined;
  const open = origins ? (textOf(origins.value) ?? '').split(',').some((text) => text.trim() === '*') : nothingWritten;
  const old = version !== undefined && isBefore(version, [5, 3]);
  const withCookies = textOf(credentials?.value)?.trim() === 'true';
  const misspelt = unknownAttributes(mapping, document);
  const policy = servicePolicy({
    service: old ? { ...service, ...before53, open: withCookies ? 'reflect' : 'literal' } : service,
    document,
    scope: attribute(mapping, 'path') ?? '/**',
    facts: misspelt,
    keys: {
      map: undefined,
      originsKey: 'allowed-origins',
      origins,
      patterns,
      credentials,
      methods: written('allowed-methods'),
      allowedHeaders: written('allowed-headers'),
      exposedHeaders: written('exposed-headers'),
      maxAge: written('max-age'),
      ...(nothingWritten && { openWithout: nameEntry(mapping) }),
    },
    ...(misspelt.length > 0 && { failsWith: 500 }),
    ...(open && withCookies && !old && { refusesToStart: springRefusal, failsWith: 500 }),
  });
  return nothingWritten ? { ...policy, edits: { ...policy.edits, allowOnly: originsBehindName(mapping) } } : policy;
}

/** The schema takes no other attributes, and the application does not start with them. */
function unknownAttributes(mapping: TreeMap, document: TreeDocument): Fact[] {
  const attributes: TreeMap = {
    ...mapping,
    entries: mapping.entries
      .filter(({ key }) => key.startsWith('@'))
      .map((entry) => ({ ...entry, key: entry.key.slice(1) })),
  };
  return unknownKeys(document, attributes, names, foreign, () => false, true);
}

/** The name of the element, which stands for what a mapping leaves out. */
function nameEntry(mapping: TreeMap): TreeEntry {
  const start = mapping.range.start + '<'.length;
  const range = { start, end: start + (entryFor(mapping)?.key.length ?? 0) };
  return { key: 'mapping', keyRange: range, value: { kind: 'scalar', range, contentRange: range, value: '' }, range };
}

function originsBehindName(mapping: TreeMap): NonNullable<PolicyEdits['allowOnly']> {
  const { end } = nameEntry(mapping).range;
  return (allowed, placeholder) => [
    {
      range: { start: end, end },
      newText: ` allowed-origins="${escaped(allowed.join(','), '"')}"`,
      placeholder,
    },
  ];
}
