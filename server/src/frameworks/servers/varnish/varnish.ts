/** Varnish: what VCL sets on responses, from vcl_recv to vcl_deliver and vcl_synth. */
import type { Directive, DirectiveDocument } from '../../../syntax/directives/directives.ts';
import type { Fact, Policy } from '../../../policy/policy.ts';
import { defineFramework } from '../../../models/framework.ts';
import { deeper, indentationAt, lineEnd } from '../../../edits/program-edits.ts';
import { linesBefore, removeLine, TestEdits } from '../../../models/servers/server-header-edits.ts';
import type { RequestStatement } from '../../../models/servers/request-headers.ts';
import { headersOnTheWayIn, writtenOnRequests } from '../../../models/servers/request-headers.ts';
import { isWritten, misspelt, preflightWithoutHeaders } from '../../../models/servers/server-header-facts.ts';
import type { HeaderStatement, HeaderWriter } from '../../../models/servers/header-statements.ts';
import { failingPreflights } from '../../../models/servers/refused-preflights.ts';
import { serverPolicy } from '../../../models/servers/server-headers.ts';
import type { VarnishFlow, VarnishStatement } from './varnish-flow.ts';
import { flowOf, placesOf } from './varnish-flow.ts';

export const framework = defineFramework({
  id: 'varnish',
  title: 'Varnish',
  documentation: 'https://varnish-cache.org/docs/7.1/reference/vcl-var.html',
  reads: '`set` and `unset` of response headers, `if` chains, own header variables, `synth`, `call`, `header.append`',
  mentions: ['access-control-', 'access-controll'],
  shape: 'directives',
  formats: ['vcl'],
  read(document) {
    const tests = new TestEdits();
    const writer = createWriter(document, tests);
    const all = new Map<number, VarnishStatement>();
    const policies = placesOf(document.directives).flatMap((place): Policy[] => {
      const flow = flowOf(document.directives, place, tests);
      for (const statement of flow.statements) all.set(statement.nameRange.start, statement);
      const scope = place ?? 'every path';
      const policy = serverPolicy(
        {
          framework: 'varnish',
          title: 'Varnish',
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
        ...headersOnTheWayIn(
          writtenOnRequests(document.directives, (directive) => onRequest(directive, document)),
          (name) => isWritten(all.values(), name),
        ),
      ],
    };
  },
});

function preflightFacts({ statements, answers }: VarnishFlow, scope: string): Fact[] {
  const known = preflightWithoutHeaders(statements, answers, scope);
  const refusals = answers
    .filter(({ status }) => status >= 300)
    .map(({ when, status, range }) => ({ when, range, why: `a preflight is answered with ${status} here` }));
  return known.length > 0 ? known : failingPreflights(scope, statements, refusals);
}

/** `set req.http.Name = …` that nothing in the file reads again: one that is read is a variable. */
function onRequest({ name, args }: Directive, { text }: DirectiveDocument): RequestStatement[] {
  const [target] = args;
  const [, message, header] = /^(b?e?req)\.http\.([\w-]+)$/.exec(target?.text ?? '') ?? [];
  if (name !== 'set' || !target || header === undefined) return [];
  const mentions = text.toLowerCase().split(new RegExp(`\\b(?:be)?req\\.http\\.${header.toLowerCase()}\\b`)).length - 1;
  if (mentions > 1) return [];
  const { start, end } = target.contentRange;
  const word = { ...target, text: header, contentRange: { start: end - header.length, end } };
  return start < end ? [{ header: word, by: `${message}.http`, instead: 'resp.http in vcl_deliver' }] : [];
}

function createWriter({ text }: DirectiveDocument, tests: TestEdits): HeaderWriter {
  const newline = lineEnd(text);
  const own = (statement: HeaderStatement): VarnishStatement => statement as VarnishStatement;
  return {
    ofTest: (test) => tests.of(test),
    word: (value) => `"${value}"`,
    answerOf: (statement) => own(statement).subroutine,
    remove: (statement) => removeLine(text, own(statement).directive.range),
    vary(statement) {
      const { directive, message } = own(statement);
      const vary = `${message}.http.Vary`;
      return linesBefore(text, outermost(directive).range, [`set ${vary} = regsub(${vary} + ", Origin", "^, ", "");`]);
    },
    allowlist(statement, origins, placeholder) {
      const { directive, message } = own(statement);
      const origin = message === 'resp' ? 'req.http.Origin' : 'bereq.http.Origin';
      const indentation = indentationAt(text, directive.range.start);
      const inner = deeper(text, indentation);
      const test = origins.map((one) => `${origin} == "${one}"`).join(' || ');
      const written = text.slice(directive.range.start, statement.valueRange.start);
      return [
        {
          range: directive.range,
          newText: `if (${test}) {${newline}${inner}${written}${origin};${newline}${indentation}}`,
          ...(placeholder !== undefined && { placeholder }),
        },
      ];
    },
  };
}

/** The statement of the subroutine itself that holds this one: Vary has to be sent whatever the conditions say. */
function outermost(directive: Directive): Directive {
  const chain = [directive];
  for (let outer = directive.parent; outer && outer.name !== 'sub'; outer = outer.parent) chain.push(outer);
  const last = chain.at(-1)!;
  if (!/^els/.test(last.name)) return last;
  // A branch has to stay behind its `if`.
  const siblings = last.parent?.block ?? [];
  return siblings.slice(0, siblings.indexOf(last)).findLast(({ name }) => name === 'if') ?? last;
}
