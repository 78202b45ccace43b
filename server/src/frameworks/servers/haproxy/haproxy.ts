/** HAProxy: header rules of responses and of its own answers, with ACLs, variables and captures, from frontend to backend. */
import type { Directive, DirectiveDocument } from '../../../syntax/directives/directives.ts';
import type { Edit } from '../../../syntax/range.ts';
import type { Fact, Policy } from '../../../policy/policy.ts';
import { defineFramework } from '../../../models/framework.ts';
import { oneByOne } from '../../../models/in-steps.ts';
import type { HaproxyFlow, HaproxyStatement } from './haproxy-flow.ts';
import { flowOf } from './haproxy-flow.ts';
import { linesBefore, linesAfter, removeLine, TestEdits } from '../../../models/servers/server-header-edits.ts';
import type { RequestStatement } from '../../../models/servers/request-headers.ts';
import { headersOnTheWayIn, writtenOnRequests } from '../../../models/servers/request-headers.ts';
import { isWritten, misspelt, preflightWithoutHeaders } from '../../../models/servers/server-header-facts.ts';
import type { HeaderStatement, HeaderWriter } from '../../../models/servers/header-statements.ts';
import { failingPreflights } from '../../../models/servers/refused-preflights.ts';
import { isCorsResponseHeader } from '../../../models/cors-header-names.ts';
import { serverPolicy } from '../../../models/servers/server-headers.ts';

interface Way {
  readonly scope: string;
  readonly sections: readonly Directive[];
}

export const framework = defineFramework({
  id: 'haproxy',
  title: 'HAProxy',
  documentation: 'https://docs.haproxy.org/2.8/configuration.html#4.2-http-response',
  reads:
    '`http-response`, `http-after-response`, `http-request return`, `acl`, `set-var`, captures; frontends with their backends',
  mentions: ['access-control-', 'access-controll'],
  shape: 'directives',
  formats: ['haproxy'],
  *read(document) {
    const tests = new TestEdits();
    const writer = createWriter(document, tests);
    const all = new Map<number, HaproxyStatement>();
    const policies = yield* oneByOne(waysOf(document.directives), ({ scope, sections }): Policy[] => {
      const flow = flowOf(
        sections.map(({ block }) => block ?? []),
        tests,
      );
      for (const statement of flow.statements) all.set(statement.nameRange.start, statement);
      const policy = serverPolicy(
        {
          framework: 'haproxy',
          title: 'HAProxy',
          scope,
          statements: flow.statements,
          statuses: flow.statuses,
          facts: preflightFacts(flow, scope),
        },
        writer,
      );
      return policy ? [policy] : [];
    });
    return {
      policies,
      facts: [
        ...misspelt([...all.values()], ({ nameRange }, name) => [{ range: nameRange, newText: name }]),
        ...headersOnTheWayIn(writtenOnRequests(document.directives, onRequest), (name) =>
          isWritten(all.values(), name),
        ),
        ...readTooLate([...all.values()]),
      ],
    };
  },
});

function preflightFacts({ statements, answers, refusals }: HaproxyFlow, scope: string): Fact[] {
  const known = preflightWithoutHeaders(statements, answers, scope);
  return known.length > 0 ? known : failingPreflights(scope, statements, refusals);
}

/** `http-response set-header … %[req.hdr(Origin)]`: the headers of the request are gone by then, and HAProxy does not start. */
function readTooLate(statements: readonly HaproxyStatement[]): Fact[] {
  return statements
    .filter(
      ({ rule, text, name }) =>
        rule !== 'answer' && isCorsResponseHeader(name) && /%\[\s*req\.f?hdr\(/.test(text ?? ''),
    )
    .map((statement) => ({
      kind: 'lost-header',
      headers: [statement.written],
      range: statement.valueRange,
      why: 'unset',
      explanation:
        'The request is gone when the answer comes, so that req.hdr means nothing here, and HAProxy does not start.',
      instead:
        'Keep it with "http-request set-var(txn.origin) req.hdr(Origin)", and send %[var(txn.origin)] where you trust it.',
    }));
}

/** `http-request set-header` and `add-header`. */
function onRequest({ name, args, parent }: Directive): RequestStatement[] {
  const [action, header] = args;
  if (name !== 'http-request' || !/^(set|add)-header$/.test(action?.text ?? '') || !header) return [];
  // A rule for answers may read there what the request has kept.
  const isKept = parent?.block?.some(({ args: words }) =>
    words.some(({ text }) => text.toLowerCase().includes(`hdr(${header.text.toLowerCase()}`)),
  );
  return isKept ? [] : [{ header, by: `http-request ${action!.text}`, instead: 'http-response set-header' }];
}

/** Every frontend with each backend that sets headers itself; and backends that nothing in the file leads to. */
function waysOf(roots: readonly Directive[]): Way[] {
  const proxies = roots.filter(({ name, block }) => block && /^(frontend|listen|backend)$/.test(name));
  const scopeOf = ({ name, args }: Directive): string =>
    [name, args[0]?.text].filter((part) => part !== undefined).join(' ');
  const backends = new Map(
    proxies.filter(({ name }) => name !== 'frontend').map((backend) => [backend.args[0]?.text, backend]),
  );
  const reached = new Set<Directive>();
  const ways = proxies
    .filter(({ name }) => name !== 'backend')
    .flatMap((entry): Way[] => {
      const targets = [
        ...new Set(
          (entry.block ?? [])
            .filter(({ name }) => /^(default|use)_backend$/.test(name))
            .flatMap(({ args }) => backends.get(args[0]?.text) ?? []),
        ),
      ];
      for (const target of targets) reached.add(target);
      const own = targets.filter(mentionsCors);
      const rest = targets.find((target) => !own.includes(target));
      return [
        ...(own.length === 0 || rest ? [{ scope: scopeOf(entry), sections: [entry, ...(rest ? [rest] : [])] }] : []),
        ...own.map((target) => ({ scope: scopeOf(target), sections: [entry, target] })),
      ];
    });
  const alone = proxies
    .filter((proxy) => proxy.name === 'backend' && !reached.has(proxy))
    .map((proxy) => ({ scope: scopeOf(proxy), sections: [proxy] }));
  return [...ways, ...alone];
}

function mentionsCors({ block }: Directive): boolean {
  return (block ?? []).some(({ args }) => args.some(({ text }) => /^access-control-/i.test(text)));
}

function createWriter({ text }: DirectiveDocument, tests: TestEdits): HeaderWriter {
  const own = (statement: HeaderStatement): HaproxyStatement => statement as HaproxyStatement;
  return {
    ofTest: (test) => tests.of(test),
    word: (value) => (/^[^\s"'#\\]+$/.test(value) ? value : `"${value.replaceAll(/["\\]/g, '\\$&')}"`),
    answerOf: (statement) => (own(statement).rule === 'answer' ? own(statement).directive : undefined),
    remove(statement) {
      const { rule, directive, range } = own(statement);
      if (rule !== 'answer') return removeLine(text, directive.range);
      const blanks = /[ \t]*$/.exec(text.slice(0, range.start))![0].length;
      return [{ range: { start: range.start - blanks, end: range.end }, newText: '' }];
    },
    vary(statement) {
      const { rule, directive, range } = own(statement);
      return rule === 'answer'
        ? [{ range: { start: range.end, end: range.end }, newText: ' hdr Vary Origin' }]
        : linesAfter(text, directive.range, [`${rule} add-header Vary Origin`]);
    },
    allowlist: (statement, origins, placeholder) => allowlistEdits(own(statement), origins, placeholder, text),
  };
}

/** Keeps the origin of the request in a variable, since the request is gone when the response is handled. */
function allowlistEdits(
  { rule, directive, condition, valueRange }: HaproxyStatement,
  origins: readonly string[],
  placeholder: string | undefined,
  text: string,
): Edit[] {
  const takesCondition = condition.length === 0 && rule !== 'answer';
  const variable = `txn.${freeName(takesCondition ? 'request_origin' : 'cors_origin', text)}`;
  const sample = `%[var(${variable})]`;
  const value = { range: valueRange, newText: rule === 'answer' ? `"${sample}"` : sample };
  const before = firstRule(directive).range;
  const list = origins.join(' ');
  // A condition of its own is kept, and what is not allowed is left empty.
  if (!takesCondition) {
    const kept = `http-request set-var(${variable}) req.hdr(Origin) if { req.hdr(Origin) -m str ${list} }`;
    return [...linesBefore(text, before, [kept], placeholder), value];
  }
  const acl = freeName('cors_allowed', text);
  const lines = [`http-request set-var(${variable}) req.hdr(Origin)`, `acl ${acl} var(${variable}) -m str ${list}`];
  return [
    ...linesBefore(text, before, lines, placeholder),
    value,
    { range: { start: directive.range.end, end: directive.range.end }, newText: ` if ${acl}` },
  ];
}

function freeName(name: string, text: string): string {
  return text.includes(name) ? freeName(`${name}_2`, text) : name;
}

/** A variable has to be set before a rule answers. */
function firstRule(directive: Directive): Directive {
  return (
    directive.parent?.block?.find(
      ({ name, range }) => name === 'http-request' && range.start < directive.range.start,
    ) ?? directive
  );
}
