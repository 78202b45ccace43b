/** What an nginx file shows beside its headers: headers that are lost, doubled, misspelt, or hold several origins. */
import type { Fact } from '../../../policy/policy.ts';
import { all, never } from '../../../policy/request-test.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import type { Block } from './nginx-blocks.ts';
import { childBlocks, scopeOf, statementRange } from './nginx-blocks.ts';
import { both } from '../../../models/servers/server-conditions.ts';
import type { NginxEdits } from './nginx-edits.ts';
import { isNamed } from './nginx-flow.ts';
import type { Flow } from './nginx-flow.ts';
import { preflightNeedsPassword, withoutColon } from './nginx-lost.ts';
import { isLua } from './nginx-lua.ts';
import { droppedLines, effectiveLines, ownLines } from './nginx-headers.ts';
import type { SentLine } from './nginx-sent-lines.ts';
import { preflightsThatFail } from '../../../models/servers/refused-preflights.ts';
import { areSentTogether, headerTitle, meantHeader, originsIn } from '../../../models/servers/server-header-facts.ts';

interface PolicyParts {
  readonly block: Block;
  readonly sent: readonly SentLine[];
  readonly flow: Flow;
}

/** Facts of what one block sends. */
export function policyFacts({ block, sent, flow }: PolicyParts, edits: NginxEdits): Fact[] {
  return [
    ...severalOrigins(sent, edits),
    ...doubled(sent, edits),
    ...lostOnErrors(block, sent, flow, edits),
    ...preflightFacts(block, sent, flow, edits),
  ];
}

/** Why no preflight succeeds; the first reason that is found is enough. */
function preflightFacts(block: Block, sent: readonly SentLine[], flow: Flow, edits: NginxEdits): Fact[] {
  const known = [...preflightOutside(block, sent, flow), ...preflightNeedsPassword(block, sent, flow)];
  // A block that drops the headers is told where it stands.
  const drops = childBlocks(block).some((child) => child.kind === 'if' && lostByNesting(child, edits).length > 0);
  if (known.length > 0 || drops) return known;
  const lines = sent.filter(({ line }) => line.how !== 'clear' && line.item.path === undefined);
  return preflightsThatFail({
    scope: scopeOf(block),
    headers: lines.map(({ line: { name, range }, when }) => ({ name, range, when })),
    refusals: flow.refusals.filter(({ range }) => range.path === undefined),
  });
}

/** Facts of the text as such, each once. */
export function blockFacts(block: Block, edits: NginxEdits): Fact[] {
  return [...misspelt(block, edits), ...lostByNesting(block, edits), ...withoutColon(block)];
}

function misspelt(block: Block, edits: NginxEdits): Fact[] {
  return ownLines(block).flatMap((line): Fact[] => {
    if (line.how === 'clear' || line.item.path !== undefined) return [];
    const written = line.item.directive.name === 'add_header' ? line.item.directive.args[0]!.text : line.name;
    const suggestion = meantHeader(line.name);
    return suggestion === undefined
      ? []
      : [
          {
            kind: 'misspelt-header',
            name: written,
            suggestion,
            range: line.nameRange,
            ...(!isLua(line.item.directive) && { rename: () => edits.rename(line, suggestion) }),
          },
        ];
  });
}

/** An own `add_header` drops the outer ones; a block with its own Access-Control-Allow-Origin has said what it wants. */
function lostByNesting(block: Block, edits: NginxEdits): Fact[] {
  const dropped = droppedLines(block);
  if (!dropped.some((line) => line.name === 'access-control-allow-origin')) return [];
  const kept = effectiveLines(block);
  if (kept.some((line) => line.name === 'access-control-allow-origin')) return [];
  const lost = dropped.filter(
    (line) => line.name.startsWith('access-control-') && !kept.some((other) => other.name === line.name),
  );
  const cause = block.items.find((item) => item.directive.name === 'add_header');
  if (cause?.path !== undefined || cause === undefined) return [];
  const names = [...new Set(lost.map((line) => headerTitle(line.name)))];
  const repeated = dropped.filter(
    (line) =>
      (line.name.startsWith('access-control-') || line.name === 'vary') &&
      !kept.some((other) => other.name === line.name),
  );
  return [
    {
      kind: 'lost-header',
      headers: names,
      range: statementRange(cause),
      from: lost[0]!.range,
      why: 'nested',
      statement: 'add_header',
      repeat: () => edits.repeat(repeated, cause),
    },
  ];
}

function lostOnErrors(block: Block, sent: readonly SentLine[], flow: Flow, edits: NginxEdits): Fact[] {
  const found: Fact[] = [];
  for (const { line, when } of sent) {
    if (
      line.name !== 'access-control-allow-origin' ||
      line.always ||
      line.how !== 'add' ||
      line.item.path !== undefined
    )
      continue;
    // What is answered at once, with a success, is no error.
    const rest = flow.statuses
      .filter(({ status }) => status !== null && status < 400)
      .reduce((left, { when: answered }) => both(left, { kind: 'not', test: answered }), all([when]));
    if (isNever(rest) || answersAtOnce(line.block)) continue;
    const lines = sent
      .filter(
        (one) => one.when === when && !one.line.always && one.line.how === 'add' && one.line.item.path === undefined,
      )
      .map((one) => one.line);
    const names = [...new Set(lines.filter((one) => one.name !== 'vary').map((one) => headerTitle(one.name)))];
    found.push({
      kind: 'lost-header',
      headers: names,
      range: line.range,
      why: 'errors',
      repeat: () => edits.addAlways(lines),
    });
  }
  return found.filter(
    (fact, index) => found.findIndex((other) => 'range' in other && other.range.start === fact.range.start) === index,
  );
}

/** The server answers OPTIONS before the location is chosen, or hands it on to another, and so without the location's headers. */
function preflightOutside(block: Block, sent: readonly SentLine[], flow: Flow): Fact[] {
  const outside = flow.configurations.find(
    (one) =>
      one.block !== block &&
      (one.block.kind === 'server' || isNamed(one.block)) &&
      one.when.kind === 'method' &&
      one.when.name === 'OPTIONS',
  );
  const line = sent.find(
    (one) => one.line.name === 'access-control-allow-origin' && one.line.item.path === undefined,
  )?.line;
  if (!outside || !line || effectiveLines(outside.block).some((one) => one.name === 'access-control-allow-origin'))
    return [];
  const answers = outside.block.items.find(
    (item) => item.directive.name === 'if' && item.directive.block?.some(({ name }) => name === 'return'),
  );
  return [
    {
      kind: 'unhandled-preflight',
      range: line.range,
      needs: `${scopeOf(block)} with PUT, DELETE or a JSON body`,
      why: isNamed(outside.block)
        ? `OPTIONS is handed on to ${scopeOf(outside.block)}, which sends none of its headers`
        : 'the server answers OPTIONS itself, before the location is chosen, and sends none of its headers',
      ...(answers && { related: statementRange(answers) }),
    },
  ];
}

function isNever(test: ReturnType<typeof all>): boolean {
  return test.kind === never.kind || (test.kind === 'not' && test.test.kind === 'always');
}

function answersAtOnce(block: Block): boolean {
  const code = block.items.find((item) => item.directive.name === 'return')?.directive.args[0]?.text ?? '';
  return /^[23]\d\d$/.test(code);
}

function severalOrigins(sent: readonly SentLine[], edits: NginxEdits): Fact[] {
  return sent
    .filter(({ line }) => line.name === 'access-control-allow-origin')
    .flatMap(({ outcomes }) =>
      outcomes.flatMap(({ value, place }): Fact[] => {
        const origins = value.kind === 'text' ? originsIn(value.text) : [];
        return origins.length > 1
          ? [{ kind: 'multiple-origins', origins, range: place.range, toList: () => edits.toList(place, origins) }]
          : [];
      }),
    );
}

/** Two lines that reach the same response. */
function doubled(sent: readonly SentLine[], edits: NginxEdits): Fact[] {
  const lines = sent.filter(
    ({ line, outcomes }) =>
      line.name === 'access-control-allow-origin' &&
      line.how !== 'clear' &&
      outcomes.some(({ value }) => !(value.kind === 'text' && value.text === '')),
  );
  for (const [index, second] of lines.entries()) {
    if (second.line.how !== 'add') continue;
    const first = lines
      .slice(0, index)
      .find((earlier) => earlier.configuration === second.configuration && overlaps(earlier, second));
    if (!first || second.line.item.path !== undefined) continue;
    const [before, after] =
      first.line.range.start < second.line.range.start ? [first.line, second.line] : [second.line, first.line];
    const why =
      before.how === 'set' || after.how === 'set'
        ? `add_header adds a line to the one of ${isLua(first.line.item.directive) ? 'the Lua code' : 'more_set_headers'}`
        : before.block === after.block
          ? 'each add_header adds a line of its own'
          : 'add_header_inherit adds the outer lines to those of the block';
    return [
      {
        kind: 'duplicate-header',
        header: 'Access-Control-Allow-Origin',
        range: after.range,
        other: before.range,
        why,
        ...(!isLua(after.item.directive) && { fix: () => edits.removeLine(after) }),
      },
    ];
  }
  return [];
}

/** Certain only where one of them is always sent, or both under the same condition. */
function overlaps(first: SentLine, second: SentLine): boolean {
  const sentWhen = ({ outcomes }: SentLine): RequestTest[] =>
    outcomes
      .filter(({ value }) => !(value.kind === 'text' && value.text === '') && value.kind !== 'unknown')
      .map(({ when }) => when);
  return areSentTogether(sentWhen(first), sentWhen(second), first.when);
}
