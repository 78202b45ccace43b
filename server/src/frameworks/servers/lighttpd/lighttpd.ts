/** lighttpd: header lists of mod_setenv, in conditions on the Origin, the method, the host and the path. */
import type { Directive, DirectiveDocument } from '../../../syntax/directives/directives.ts';
import type { Fact, Policy } from '../../../policy/policy.ts';
import { always, not, some } from '../../../policy/request-test.ts';
import { defineFramework } from '../../../models/framework.ts';
import { oneByOne } from '../../../models/in-steps.ts';
import type { HeaderPair, InForce, Replaced } from './lighttpd-contexts.ts';
import { inForce, listKeys, placesOf } from './lighttpd-contexts.ts';
import { deeper, indentationAt, lineEnd } from '../../../edits/program-edits.ts';
import { linesAfter, removeLine, TestEdits } from '../../../models/servers/server-header-edits.ts';
import { headerTitle, misspelt } from '../../../models/servers/server-header-facts.ts';
import type { HeaderStatement, HeaderWriter } from '../../../models/servers/header-statements.ts';
import { failingPreflights } from '../../../models/servers/refused-preflights.ts';
import { serverPolicy } from '../../../models/servers/server-headers.ts';
import type { SentValue } from '../../../models/servers/server-values.ts';

interface LighttpdStatement extends HeaderStatement {
  readonly pair: HeaderPair;
}

export const framework = defineFramework({
  id: 'lighttpd',
  title: 'lighttpd',
  documentation: 'https://redmine.lighttpd.net/projects/lighttpd/wiki/Mod_setenv',
  reads:
    '`setenv.add-response-header` and `setenv.set-response-header`, in conditions on the Origin, the method, host and path',
  mentions: ['access-control-', 'access-controll'],
  shape: 'directives',
  formats: ['lighttpd'],
  *read(document) {
    const tests = new TestEdits();
    const writer = createWriter(document, tests);
    const all = new Map<number, LighttpdStatement>();
    const replaced = new Map<Directive, Replaced>();
    const policies = yield* oneByOne(placesOf(document.directives), (place): Policy[] => {
      const found = inForce(document.directives, place, tests);
      for (const one of found.replaced) replaced.set(one.directive, one);
      const statements = statementsOf(found);
      for (const statement of statements) all.set(statement.nameRange.start, statement);
      const policy = serverPolicy(
        {
          framework: 'lighttpd',
          title: 'lighttpd',
          scope: place ?? 'every path',
          statements,
          statuses: [{ when: always, status: null }],
          facts: failingPreflights(place ?? 'every path', statements, []),
        },
        writer,
      );
      return policy ? [policy] : [];
    });
    return {
      policies,
      facts: [
        ...lostLists([...replaced.values()]),
        ...misspelt([...all.values()], ({ nameRange }, name) => [{ range: nameRange, newText: name }]),
      ],
    };
  },
});

/** What is added comes before what is set. */
function statementsOf({ lists }: InForce): LighttpdStatement[] {
  return listKeys.flatMap((key) => {
    const found = new Map<HeaderPair, { pair: HeaderPair; tests: ReturnType<typeof not>[] }>();
    for (const { when, pairs } of lists.get(key)!) {
      for (const pair of pairs) found.set(pair, { pair, tests: [...(found.get(pair)?.tests ?? []), when] });
    }
    return [...found.values()].map(({ pair, tests }): LighttpdStatement => {
      const when = some(tests);
      // Captures of a condition are not filled in: what stands there is sent.
      const value: SentValue = pair.literal
        ? { kind: 'text', text: pair.value.text }
        : pair.held !== undefined
          ? { kind: 'text', text: pair.held }
          : { kind: 'unknown' };
      const statement: { -readonly [K in keyof LighttpdStatement]: LighttpdStatement[K] } = {
        pair,
        name: pair.name.text.toLowerCase(),
        written: pair.name.text,
        nameRange: pair.name.contentRange,
        operation: key === 'setenv.set-response-header' ? 'set' : 'append',
        text: pair.value.text,
        dynamic: !pair.literal,
        valueRange: pair.value.range,
        contentRange: pair.value.contentRange,
        range: { start: pair.name.range.start, end: pair.value.range.end },
        when,
        outcomes: [],
      };
      if (when.kind !== 'never') statement.outcomes = [{ when, value, place: { range: pair.value.range, statement } }];
      return statement;
    });
  });
}

/** A list with `=` inside a condition drops the outer one. */
function lostLists(replaced: readonly Replaced[]): Fact[] {
  return replaced.flatMap(({ directive, lost, kept }): Fact[] => {
    const isOrigin = ({ name }: HeaderPair): boolean => name.text.toLowerCase() === 'access-control-allow-origin';
    const dropped = lost.filter(({ name }) => name.text.toLowerCase().startsWith('access-control-'));
    const operator = directive.args[0];
    if (!dropped.some(isOrigin) || kept.some(isOrigin) || !operator) return [];
    return [
      {
        kind: 'lost-header',
        headers: dropped.map(({ name }) => headerTitle(name.text.toLowerCase())),
        range: { start: directive.nameRange.start, end: directive.args.at(-1)!.range.end },
        from: dropped[0]!.name.range,
        why: 'nested',
        repeat: () => [{ range: operator.range, newText: '+=' }],
      },
    ];
  });
}

function createWriter({ text }: DirectiveDocument, tests: TestEdits): HeaderWriter {
  const newline = lineEnd(text);
  const pairOf = (statement: HeaderStatement): HeaderPair => (statement as LighttpdStatement).pair;
  const word = (value: string): string => `"${value.replaceAll('"', '\\"')}"`;
  return {
    ofTest: (test) => tests.of(test),
    word,
    remove(statement) {
      const { alone, directive, removal } = pairOf(statement);
      return alone
        ? removeLine(text, { start: directive.nameRange.start, end: directive.args.at(-1)!.range.end })
        : [{ range: removal, newText: '' }];
    },
    vary(statement) {
      const first = pairOf(statement).directive.args.find(({ quote }) => quote !== '')!.range.start;
      const indentation = indentationAt(text, first);
      const ownLine = text.slice(text.lastIndexOf('\n', first - 1) + 1, first).trim() === '';
      return [
        { range: { start: first, end: first }, newText: `"Vary" => "Origin",${ownLine ? newline + indentation : ' '}` },
      ];
    },
    // Nothing of the request can be sent back: each origin gets a condition of its own.
    allowlist(statement, origins, placeholder) {
      const { alone, directive, key, removal, name } = pairOf(statement);
      const { start } = directive.nameRange;
      const indentation = indentationAt(text, start);
      const inner = deeper(text, indentation).slice(indentation.length);
      const lines = origins.flatMap((origin) => [
        `$REQUEST_HEADER["Origin"] == "${origin}" {`,
        `${inner}${key} += ("${name.text}" => "${origin}")`,
        '}',
      ]);
      const added = linesAfter(text, { start, end: directive.args.at(-1)!.range.end }, lines);
      return [
        { range: alone ? statement.range : removal, newText: '' },
        ...added.map((edit) => ({ ...edit, ...(placeholder !== undefined && { placeholder }) })),
      ];
    },
  };
}
