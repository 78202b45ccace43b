/** Caddy: `header` with its matchers, `map`, `route`, `handle`, snippets and `header_down` of a Caddyfile. */
import type { Directive } from '../../../syntax/directives/directives.ts';
import type { Fact, HeaderRule, Policy } from '../../../policy/policy.ts';
import type { CaddyStatement, CaddyWriter } from './caddy-edits.ts';
import { createWriter } from './caddy-edits.ts';
import type { HeaderField } from './caddy-fields.ts';
import { onRequest } from './caddy-fields.ts';
import type { CaddyFlow } from './caddy-flow.ts';
import { flowOf, requestClasses } from './caddy-flow.ts';
import type { MatcherEditor, RequestClass } from './caddy-matchers.ts';
import { forwardingOf } from './caddy-proxy.ts';
import type { Caddyfile, Site } from './caddy-sites.ts';
import { readSites } from './caddy-sites.ts';
import { valuesOf } from './caddy-values.ts';
import { defineFramework } from '../../../models/framework.ts';
import { lineEnd } from '../../../edits/program-edits.ts';
import { both } from '../../../models/servers/server-conditions.ts';
import { TestEdits } from '../../../models/servers/server-header-edits.ts';
import { headersOnTheWayIn, writtenOnRequests } from '../../../models/servers/request-headers.ts';
import {
  headerTitle,
  isWritten,
  misspelt,
  preflightWithoutHeaders,
} from '../../../models/servers/server-header-facts.ts';
import { failingPreflights } from '../../../models/servers/refused-preflights.ts';
import { serverPolicy } from '../../../models/servers/server-headers.ts';

const corsNames = [
  'allow-origin',
  'allow-credentials',
  'allow-methods',
  'allow-headers',
  'expose-headers',
  'max-age',
  'allow-private-network',
].map((name) => `access-control-${name}`);
const operations: Readonly<Record<HeaderField['sign'], HeaderRule['operation']>> = {
  '': 'set',
  '+': 'append',
  '-': 'remove',
  '?': 'default',
};

export const framework = defineFramework({
  id: 'caddy',
  title: 'Caddy',
  documentation: 'https://caddyserver.com/docs/caddyfile/directives/header',
  reads:
    '`header` with every matcher, expressions, `map`, `handle`, `route`, `header_down`, snippets and imports of a Caddyfile',
  mentions: ['access-control-', 'access-controll'],
  shape: 'directives',
  formats: ['caddyfile'],
  *read(document, context) {
    const tests = new TestEdits();
    const writer = createWriter(document, tests);
    const file = readSites(document, context);
    const editor: MatcherEditor = {
      tests,
      text: document.text,
      newline: lineEnd(document.text),
      isOwn: (directive) => !file.foreign.has(directive),
    };
    const policies: Policy[] = [];
    const all = new Map<number, CaddyStatement>();
    for (const site of file.sites) {
      for (const requests of requestClasses(site.directives, editor)) {
        const flow = flowOf(site.directives, requests, editor);
        const statements = flow.fields.flatMap((field) => statementsOf(field, flow, file));
        for (const statement of statements) all.set(statement.nameRange.start, statement);
        const policy = policyOf(site, requests, statements, flow, writer);
        const forwards = policy && forwardingOf(site.directives, statements, document.text);
        if (policy) policies.push({ ...policy, ...(forwards && { forwards }) });
        yield;
      }
    }
    return {
      policies,
      facts: [
        ...misspelt([...all.values()], ({ nameRange }, name) => [{ range: nameRange, newText: name }]),
        ...ofProxiesAlone(document.directives),
        ...headersOnTheWayIn(writtenOnRequests(document.directives, onRequest), (name) =>
          isWritten(all.values(), name),
        ),
      ],
    };
  },
});

function policyOf(
  site: Site,
  requests: RequestClass,
  statements: readonly CaddyStatement[],
  flow: CaddyFlow,
  writer: CaddyWriter,
): Policy | undefined {
  const scope = [site.name, requests.host, requests.path].filter((part) => part !== undefined).join(' ');
  const sent = statements.filter(({ source }) => !source.replacement);
  return serverPolicy(
    {
      framework: 'caddy',
      title: 'Caddy',
      scope,
      statements,
      headers: sent.flatMap((statement) => rulesInOrder(statement)),
      statuses: flow.statuses,
      facts: [...replacedWords(statements, scope, writer), ...preflightFacts(statements, flow, scope)],
    },
    writer,
  );
}

function preflightFacts(statements: readonly CaddyStatement[], flow: CaddyFlow, scope: string): Fact[] {
  const answers = flow.answers.map(({ directive, ...answer }) => ({ ...answer, range: directive.range }));
  const known = preflightWithoutHeaders(statements, answers, scope);
  return known.length > 0 ? known : failingPreflights(scope, statements, flow.refusals);
}

/** `header_down` among the fields of `header`: it is an option of reverse_proxy, and here the name of a header. */
function ofProxiesAlone(directives: readonly Directive[]): Fact[] {
  return directives.flatMap(({ name, block = [] }): Fact[] => {
    if (name !== 'header') return ofProxiesAlone(block);
    const lines = block.filter((line) => line.name === 'header_down');
    return lines.flatMap((line): Fact[] => {
      const [field] = line.args;
      if (!field || !/^access-control-/i.test(field.text)) return [];
      return [
        {
          kind: 'lost-header',
          headers: [headerTitle(field.text.toLowerCase())],
          range: { start: line.nameRange.start, end: field.range.end },
          why: 'unset',
          explanation: 'header_down is an option of reverse_proxy: in header it is the name of another header.',
          instead: 'Write the names of the headers alone.',
          repeat: () =>
            lines.flatMap(({ nameRange: { start }, args }) =>
              args[0] ? [{ range: { start, end: args[0].range.start }, newText: '' }] : [],
            ),
          repeatTitle: 'Write the names of the headers alone',
        },
      ];
    });
  });
}

/** `header Access-Control-Allow-Methods GET, POST` searches "GET," in the header and writes "POST" in its place. */
function replacedWords(statements: readonly CaddyStatement[], scope: string, writer: CaddyWriter): Fact[] {
  return statements
    .filter(({ source, name }) => source.replacement && /^access-control-allow-(methods|headers)$/.test(name))
    .map((statement): Fact => ({
      kind: 'unhandled-preflight',
      range: statement.valueRange,
      needs: `${scope} with such a method or header`,
      why: 'two words after the name are a text to search and its replacement, and no header is sent',
      handle: () => writer.quote(statement),
    }));
}

function rulesInOrder(statement: CaddyStatement): HeaderRule[] {
  const base = { name: statement.name, range: statement.range };
  if (statement.operation === 'remove')
    return [{ ...base, operation: 'remove', value: { kind: 'text', text: '' }, when: statement.when }];
  return statement.outcomes.flatMap(({ when, value }): HeaderRule[] =>
    when.kind === 'never'
      ? []
      : [
          {
            ...base,
            operation: statement.operation,
            when: value.kind === 'origin' ? both(when, { kind: 'origin-present' }) : when,
            value:
              value.kind === 'origin'
                ? { kind: 'request-origin' }
                : value.kind === 'header'
                  ? { kind: 'request-header', name: value.name }
                  : value.kind === 'text'
                    ? value
                    : { kind: 'unknown' },
          },
        ],
  );
}

function statementsOf(source: HeaderField, flow: CaddyFlow, file: Caddyfile): CaddyStatement[] {
  const written = source.field.text.toLowerCase();
  const names =
    source.sign === '-' && written.endsWith('*')
      ? corsNames.filter((name) => name.startsWith(written.slice(0, -1)))
      : [written];
  const value = source.value ?? source.field;
  if (source.sign !== '-' && !source.value) return [];
  // On what the application sends, a removal or a replacement leaves alone what Caddy has set.
  if (source.phase === 'upstream' && source.sign === '-') return [];
  const last = source.replacement ?? value;
  const valueRange = { start: value.range.start, end: last.range.end };
  const foreign = file.foreign.has(source.line);
  return names.map((name) => {
    const base = {
      source,
      foreign,
      inSnippet: file.snippets.has(source.directive),
      name,
      written: source.field.text,
      nameRange: source.field.contentRange,
      operation: source.phase === 'upstream' ? ('append' as const) : operations[source.sign],
      text: source.replacement ? `${value.text} ${last.text}` : value.text,
      dynamic: foreign || value.text.includes('{'),
      valueRange,
      contentRange: source.replacement ? valueRange : value.contentRange,
      range: {
        start: source.line === source.directive ? source.directive.nameRange.start : source.line.nameRange.start,
        end: Math.max(last.range.end, source.field.range.end),
      },
      when: source.when,
      ...(foreign && { editable: false as const }),
    };
    const statement: { -readonly [K in keyof CaddyStatement]: CaddyStatement[K] } = { ...base, outcomes: [] };
    if (!source.replacement && source.sign !== '-') {
      statement.outcomes = valuesOf(value, flow.maps, source.patterns, source.when).flatMap((outcome) => {
        const when = both(source.when, outcome.when);
        return when.kind === 'never'
          ? []
          : [{ when, value: outcome.value, place: { range: outcome.range ?? value.range, statement } }];
      });
    }
    return statement;
  });
}
