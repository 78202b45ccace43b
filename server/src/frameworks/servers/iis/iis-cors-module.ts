/**
 * `<cors>` of the IIS CORS module: every `<add>` is a policy of its own, and of those that fit an origin the most specific
 * one counts, also where it refuses.
 *
 * https://learn.microsoft.com/iis/extensions/cors-module/cors-module-configuration-reference
 */
import type { TreeDocument, TreeEntry, TreeMap } from '../../../syntax/trees/tree.ts';
import type { Policy } from '../../../policy/policy.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { all, always, not, originEquals, originMatches, some } from '../../../policy/request-test.ts';
import { servicePolicy } from '../../../models/services/service-policy.ts';
import { wildcardPattern } from '../../../models/services/wildcard-pattern.ts';
import type { CorsService, OriginMeaning } from '../../../models/services/cors-service.ts';
import { entryOf, isPlaceholder, removeItem } from '../../../edits/tree-edits.ts';
import { attribute, elementAt, elementsOf, entryFor, listEntry } from '../../../edits/xml-elements.ts';

interface Rule {
  readonly element: TreeMap;
  readonly text: string;
  readonly allowed: boolean;
}

/** The policies of one `<cors>` element; none while the module is switched off. */
export function corsModulePolicies(
  cors: TreeMap,
  document: TreeDocument,
  scope: string,
  purpose: Policy['purpose'],
): Policy[] {
  if (attribute(cors, 'enabled')?.toLowerCase() !== 'true') return [];
  const rules = elementsOf(cors, 'add').flatMap((element): Rule[] => {
    const text = attribute(element, 'origin');
    return text === undefined
      ? []
      : [{ element, text, allowed: attribute(element, 'allowed')?.toLowerCase() !== 'false' }];
  });
  const alone = rules.length === 1;
  const refuses = alone && attribute(cors, 'failUnlistedOrigins')?.toLowerCase() === 'true';
  return rules
    .filter(({ allowed }) => allowed)
    .map((rule) => {
      // Who is let in by another rule gets in all the same.
      const others = rules.filter(
        (other) => other !== rule && isMoreSpecific(other.text, rule.text) && (rule.text !== '*' || !other.allowed),
      );
      const policy = besideOthers(rule, rules, rulePolicy(rule, alone, refuses, document, scope, purpose), document);
      return others.length === 0 ? policy : without(some(others.map(({ text }) => fits(text))), policy);
    });
}

function rulePolicy(
  { element }: Rule,
  alone: boolean,
  refuses: boolean,
  document: TreeDocument,
  scope: string,
  purpose: Policy['purpose'],
): Policy {
  const origin = entryOf(element, '@origin')!;
  const everyHeader =
    attribute(elementAt(element, 'allowHeaders'), 'allowAllRequestedHeaders')?.toLowerCase() === 'true';
  const maxAge = entryOf(element, '@maxAge');
  const service: CorsService = {
    framework: 'iis',
    title: 'IIS CORS module',
    origin: meaningOf,
    // With "*" as its only rule the module sends that; else it names the origin that asks.
    open: alone ? 'literal' : 'reflect',
    vary: alone ? 'unknown' : 'sent',
    credentials: 'setting',
    anyHeader: 'literal',
    strictPreflight: false,
    preflightStatus: { allowed: null, refused: null },
    ...(refuses && { refusedStatus: 403 }),
    ...(everyHeader && { defaults: { headers: 'requested' as const } }),
  };
  return servicePolicy({
    service,
    document,
    scope,
    purpose,
    keys: {
      map: element,
      originsKey: '@origin',
      origins: { ...listEntry(entryFor(element)!, [origin.value]), keyRange: origin.keyRange },
      credentials: entryOf(element, '@allowCredentials'),
      methods: namesOf(element, 'allowMethods', 'method'),
      allowedHeaders: everyHeader ? undefined : namesOf(element, 'allowHeaders', 'header'),
      exposedHeaders: namesOf(element, 'exposeHeaders', 'header'),
      maxAge: attribute(element, 'maxAge') === '-1' ? undefined : maxAge,
    },
  });
}

/** No origin may have two rules, so that one which has its own needs none in place of a wildcard. */
function besideOthers(rule: Rule, rules: readonly Rule[], policy: Policy, document: TreeDocument): Policy {
  const named = rules
    .filter((other) => other !== rule && other.allowed && !other.text.includes('*'))
    .map(({ text }) => text);
  const { allowOnly } = policy.edits;
  if (named.length === 0 || !allowOnly) return policy;
  return {
    ...policy,
    edits: {
      ...policy.edits,
      allowOnly: (origins, placeholder) => {
        const missing = origins.filter((origin) => !named.includes(origin));
        return missing.length === 0 || placeholder !== undefined
          ? removeItem(document, rule.element)
          : allowOnly(missing);
      },
    },
  };
}

function namesOf(rule: TreeMap, container: string, name: string): TreeEntry | undefined {
  const element = elementAt(rule, container);
  const members = elementsOf(element, 'add').flatMap((member) => entryOf(member, `@${name}`)?.value ?? []);
  return element && members.length > 0 ? listEntry(entryFor(element)!, members) : undefined;
}

/** A star stands for a whole host, or for what precedes a domain; what it means elsewhere is not documented. */
function meaningOf(text: string): OriginMeaning {
  if (text === '*') return 'any';
  if (isPlaceholder(text)) return 'unknown';
  if (!text.includes('*')) return 'exact';
  return /^[a-z][a-z0-9+.-]*:\/\/\*(\.[^*]+|:\d+)?$/i.test(text) ? wildcardPattern(text) : 'unknown';
}

function fits(text: string): RequestTest {
  const meaning = meaningOf(text);
  if (meaning === 'any') return always;
  if (meaning === 'exact') return originEquals(text);
  return typeof meaning === 'object' && 'source' in meaning ? originMatches(meaning) : some([]);
}

/** An origin by its name before a wildcard, and of two wildcards the longer one. */
function isMoreSpecific(text: string, than: string): boolean {
  if (!than.includes('*')) return false;
  return !text.includes('*') || text.length > than.length;
}

/** Other rules answer these requests; "*" beside refusals is a check that refuses few. */
function without(others: RequestTest, policy: Policy): Policy {
  const rest = not(others);
  const { origins } = policy.settings;
  return {
    ...policy,
    settings: {
      ...policy.settings,
      origins: {
        ...origins,
        value: origins.value.map((entry) => ({
          ...entry,
          kind: entry.kind === 'any' ? 'predicate' : entry.kind,
          accepts: all([entry.accepts, rest]),
        })),
      },
    },
    headers: policy.headers.map((header) =>
      header.name === 'vary' ? header : { ...header, when: all([header.when, rest]) },
    ),
  };
}
