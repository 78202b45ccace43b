/** Apache httpd: `Header` with SetEnvIf, RewriteRule, `<If>` and expressions, in every section and in `.htaccess`. */
import type { Directive } from '../../../syntax/directives/directives.ts';
import type { Fact, Policy } from '../../../policy/policy.ts';
import { always, optionsMethod } from '../../../policy/request-test.ts';
import { readExpression } from './apache-expressions.ts';
import type { ApacheStatement, ApacheWriter } from './apache-headers.ts';
import { createWriter, headerRules, readHeader } from './apache-headers.ts';
import { asksForUser, refusalsOf } from './apache-guards.ts';
import { behindNoModule, joinedGroups, programMayAnswer, sentNever } from './apache-lost.ts';
import { forwardingOf } from './apache-proxy.ts';
import type { Placed, Section } from './apache-sections.ts';
import { readSections, scopeOf } from './apache-sections.ts';
import { readEnvironment } from './apache-variables.ts';
import type { Environment } from './apache-variables.ts';
import { both } from '../../../models/servers/server-conditions.ts';
import { defineFramework } from '../../../models/framework.ts';
import type { InSteps } from '../../../models/in-steps.ts';
import { TestEdits } from '../../../models/servers/server-header-edits.ts';
import type { RequestStatement } from '../../../models/servers/request-headers.ts';
import { headersOnTheWayIn, writtenOnRequests } from '../../../models/servers/request-headers.ts';
import { failingPreflights } from '../../../models/servers/refused-preflights.ts';
import { headerTitle, isWritten, misspelt, overlaps } from '../../../models/servers/server-header-facts.ts';
import { isCorsHeader, serverPolicy } from '../../../models/servers/server-headers.ts';

/**
 * A section has no more sections around it that decide on headers, in a file that httpd starts with. In a half-typed one each that is
 * not closed yet holds all that follow, with the headers of those around it.
 */
const mostAround = 8;

export const framework = defineFramework({
  id: 'apache',
  title: 'Apache httpd',
  documentation: 'https://httpd.apache.org/docs/2.4/mod/mod_headers.html',
  reads: '`Header` (both tables), `SetEnvIf`, `RewriteCond`/`RewriteRule`, `<If>`, `expr=`, every section, `.htaccess`',
  mentions: ['access-control-', 'access-controll'],
  shape: 'directives',
  formats: ['apache'],
  *read(document, context) {
    const tests = new TestEdits();
    const writer = createWriter(document, tests);
    const root = readSections(document.directives, (section) => conditionOf(section, tests));
    const all: ApacheStatement[] = [];
    const policies: Policy[] = [];
    const visit = function* (section: Section, outer: readonly Placed[], around: number): InSteps<void> {
      const placed = [...outer, ...section.own];
      const environment = { ...readEnvironment(placed, tests), ofPrograms: programMayAnswer(placed, context.path) };
      const statements = placed.flatMap((one) => readHeader(one, environment, tests) ?? []);
      all.push(...statements.filter(({ directive }) => section.own.some((one) => one.directive === directive)));
      const policy = decidesHere(section, statements)
        ? policyOf(section, statements, placed, environment, writer, context.path)
        : undefined;
      const forwards = policy && forwardingOf(statements, placed, document.text);
      if (policy) policies.push({ ...policy, ...(forwards && { forwards }) });
      yield;
      const within = around + (policy ? 1 : 0);
      if (within > mostAround) return;
      for (const inner of section.inner) yield* visit(inner, placed, within);
    };
    yield* visit(root, [], 0);
    return {
      policies,
      facts: [
        ...misspelt(all, ({ nameRange }, name) => [{ range: nameRange, newText: name }]),
        ...behindNoModule(document.directives),
        ...headersOnTheWayIn(writtenOnRequests(document.directives, onRequest), (name) => isWritten(all, name)),
      ],
    };
  },
});

/** `RequestHeader [early] set Name value`. */
function onRequest({ name, args }: Directive): RequestStatement[] {
  if (name.toLowerCase() !== 'requestheader') return [];
  const [action, header] = args[0]?.text.toLowerCase() === 'early' ? args.slice(1) : args;
  return header && /^(set|add|append|merge|setifempty)$/i.test(action!.text)
    ? [{ header, by: 'RequestHeader', instead: 'Header always set' }]
    : [];
}

/** A section that changes nothing answers as the one around it. */
function decidesHere(section: Section, statements: readonly ApacheStatement[]): boolean {
  const changes = section.own.some(
    ({ directive: { name, args } }) =>
      (name.toLowerCase() === 'header' &&
        args.some(({ text }) => isCorsHeader(text.toLowerCase().replace(/:$/, '')))) ||
      name.toLowerCase() === 'rewriterule',
  );
  return changes || (asksForUser(section) && statements.some(meansUsers));
}

/** Pages of other sites are to come with the name of their user; where none are, a password keeps them out on purpose. */
function meansUsers({ name, text = '' }: ApacheStatement): boolean {
  return name === 'access-control-allow-headers'
    ? /\bauthorization\b/i.test(text)
    : name === 'access-control-allow-credentials' && /true/i.test(text);
}

/** `<If "…">`: its expression is one argument, quoted or not. */
function conditionOf(section: Directive, tests: TestEdits) {
  const [first] = section.args;
  if (!first || section.args.length > 1) return { when: { kind: 'unknown' as const }, readsOrigin: false };
  return readExpression(first, tests);
}

function policyOf(
  section: Section,
  statements: readonly ApacheStatement[],
  placed: readonly Placed[],
  environment: Environment,
  writer: ApacheWriter,
  path: string,
): Policy | undefined {
  const cors = statements.filter(({ name }) => isCorsHeader(name));
  const scope = scopeOf(section, path);
  return serverPolicy(
    {
      framework: 'apache',
      title: 'Apache',
      scope,
      statements: cors,
      headers: headerRules(cors, environment),
      statuses: [...environment.statuses, { when: always, status: 200 }],
      facts: [
        ...sentNever(cors, environment),
        ...joinedGroups(cors, placed),
        ...bothTables(cors, writer),
        ...preflightFacts(section, cors, placed, environment, scope, writer, path),
      ],
    },
    writer,
  );
}

function bothTables(statements: readonly ApacheStatement[], writer: ApacheWriter): Fact[] {
  const lines = statements.filter(
    ({ name, operation }) => name === 'access-control-allow-origin' && operation !== 'remove',
  );
  for (const second of lines.filter((line) => !line.always)) {
    const first = lines.find((line) => line.always && overlaps(line, second));
    const cleared = statements.some(
      (line) =>
        line.operation === 'remove' &&
        line.name === second.name &&
        line.always === second.always &&
        line.range.start > second.range.start,
    );
    if (!first || cleared) continue;
    const [before, after] = first.range.start < second.range.start ? [first, second] : [second, first];
    return [
      {
        kind: 'duplicate-header',
        header: 'Access-Control-Allow-Origin',
        range: after.range,
        other: before.range,
        why: '"Header" and "Header always" fill two tables, and Apache sends both',
        fix: () => writer.remove(second),
        fixTitle: 'Remove the line without "always"',
      },
    ];
  }
  return [];
}

/** What says why a preflight fails says enough. */
function preflightFacts(
  section: Section,
  statements: readonly ApacheStatement[],
  placed: readonly Placed[],
  environment: Environment,
  scope: string,
  writer: ApacheWriter,
  path: string,
): Fact[] {
  const known = notOnEveryAnswer(statements, placed, environment, scope, writer);
  if (known.some(({ kind }) => kind === 'unhandled-preflight')) return known;
  return [...known, ...failingPreflights(scope, statements, refusalsOf(section, placed, environment, path))];
}

/** What a proxied application sends is in the first table too: there the two mean different things, and nothing is claimed. */
function notOnEveryAnswer(
  statements: readonly ApacheStatement[],
  placed: readonly Placed[],
  environment: Environment,
  scope: string,
  writer: ApacheWriter,
): Fact[] {
  const proxied = placed.some(
    ({ directive: { name, args } }) =>
      /^(proxypass|wsgiscriptalias|passenger)/i.test(name) ||
      (/^(sethandler|addhandler)$/i.test(name) && /proxy:|php|cgi|wsgi/i.test(args[0]?.text ?? '')) ||
      (/^rewriterule$/i.test(name) && /[[,](P|proxy)[\],]/i.test(args[2]?.text ?? '')),
  );
  const weak = statements.filter((line) => !line.always && line.operation !== 'remove' && line.when.kind !== 'never');
  const line = weak.find(({ name }) => name === 'access-control-allow-origin');
  // A removal works on one of the two tables, so that moving the others to the second would undo it.
  if (!line || statements.some((other) => other.name === line.name && (other.operation === 'remove' || other.always)))
    return [];
  const toAlways = () => weak.flatMap((one) => writer.always(one));
  const preflight = environment.statuses.find(
    ({ when, status }) => status !== null && status < 300 && both(when, optionsMethod).kind !== 'never',
  );
  if (preflight) {
    const answers = placed.find(
      ({ directive: { name, args } }) => /^rewriterule$/i.test(name) && /R=2/i.test(args[2]?.text ?? ''),
    )?.directive;
    return [
      {
        kind: 'unhandled-preflight',
        range: line.range,
        needs: `${scope} with PUT, DELETE or a JSON body`,
        why: 'a RewriteRule answers OPTIONS itself, and such an answer carries only the headers of "Header always"',
        ...(answers && { related: answers.range }),
        handle: toAlways,
      },
    ];
  }
  if (proxied) return [];
  return [
    {
      kind: 'lost-header',
      headers: [...new Set(weak.filter(({ name }) => name !== 'vary').map(({ name }) => headerTitle(name)))],
      range: line.range,
      why: 'errors',
      repeat: toAlways,
    },
  ];
}
