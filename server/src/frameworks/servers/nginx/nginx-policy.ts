/** The policy of one nginx block: its header rules by the paths through the rewrite phase, settings and edits. */
import type { SourceRange } from '../../../syntax/range.ts';
import type { HeaderRule, Policy } from '../../../policy/policy.ts';
import { always, originPresent, some } from '../../../policy/request-test.ts';
import type { Block } from './nginx-blocks.ts';
import { scopeOf, statementRange } from './nginx-blocks.ts';
import { both, except } from '../../../models/servers/server-conditions.ts';
import type { NginxEdits } from './nginx-edits.ts';
import type { AllowedOrigin } from '../../../models/servers/server-origin-entries.ts';
import { originEntries } from '../../../models/servers/server-origin-entries.ts';
import { flowOf } from './nginx-flow.ts';
import type { HeaderLine } from './nginx-headers.ts';
import { policyFacts } from './nginx-facts.ts';
import type { SentLine } from './nginx-sent-lines.ts';
import { sentLines } from './nginx-sent-lines.ts';
import type { Place } from './nginx-outcomes.ts';
import type { Variables } from './nginx-variables.ts';
import { evaluate } from './nginx-variables.ts';
import { isAssetPath } from '../../../models/static/asset-paths.ts';
import { headerValue } from '../../../models/servers/server-headers.ts';
import type { WrittenHeader } from '../../../models/servers/server-header-settings.ts';
import { settingsOf } from '../../../models/servers/server-header-settings.ts';
import { withoutEdits } from '../../../models/libraries/without-edits.ts';
import { isLua } from './nginx-lua.ts';

/** Undefined where the block sends no CORS header. */
export function readPolicy(block: Block, variables: Variables, edits: NginxEdits): Policy | undefined {
  const flow = flowOf(block, variables);
  const sent = sentLines(flow);
  const lines = [...new Set(sent.map(({ line }) => line))];
  const allowOrigin = sent.filter(({ line }) => line.name === 'access-control-allow-origin' && line.how !== 'clear');
  if (!lines.some((line) => line.name.startsWith('access-control-allow-') && line.how !== 'clear')) return undefined;
  // What the server refuses itself lets nobody in.
  const refused = some(flow.statuses.filter(({ status }) => status !== null && status >= 400).map(({ when }) => when));
  const origins = originEntries(
    allowOrigin
      .flatMap(({ outcomes }) => outcomes.map((outcome) => ({ ...outcome, when: except(outcome.when, refused) })))
      .filter(({ when }) => when.kind !== 'never'),
    edits,
  );
  const range = rangeOf(allowOrigin[0]?.line ?? lines[0]!);
  const policy: Policy = {
    framework: 'nginx',
    title: 'nginx',
    range,
    scope: scopeOf(block),
    purpose: isStatic(block) ? 'static' : 'application',
    settings: settingsOf(
      lines.filter(({ how }) => how !== 'clear').map((line) => writtenHeader(line, sent)),
      origins,
      range,
    ),
    headers: sent.flatMap(rulesOf),
    statuses: flow.statuses,
    facts: policyFacts({ block, sent, flow }, edits),
    edits: edits.ofPolicy(lines, origins),
  };
  return lines.some(({ item }) => isLua(item.directive)) ? withoutEdits(policy) : policy;
}

/**
 * The policy of a file that only declares maps: the header stands in another file. A map from $http_origin back to
 * $http_origin whose name says what it is for is such a choice.
 */
export function readMapPolicy(name: string, variables: Variables, edits: NginxEdits): Policy | undefined {
  const map = variables.maps.get(name);
  if (!map || map.source !== '$http_origin' || map.item.path !== undefined || !/cors|origin|acao/.test(name))
    return undefined;
  const word = map.item.directive.args[1]!;
  const range = statementRange(map.item);
  const outcomes = evaluate(word.text, { item: map.item, word, range: word.range }, variables);
  if (!outcomes.some(({ value }) => value.kind === 'origin')) return undefined;
  const line = { name: 'access-control-allow-origin', operation: 'append' as const, range };
  const headers = outcomes
    .filter(({ value }) => !(value.kind === 'text' && value.text === ''))
    .map((outcome): HeaderRule => ({
      ...line,
      value: headerValue(outcome.value),
      when: outcome.value.kind === 'origin' ? both(outcome.when, originPresent) : outcome.when,
    }));
  const origins = originEntries(outcomes, edits);
  return {
    framework: 'nginx',
    title: 'nginx',
    range,
    scope: `wherever ${word.text} is sent`,
    purpose: 'application',
    settings: {
      origins: { value: origins, range, written: true },
      credentials: { value: 'unknown', range, written: false },
    },
    headers: [...headers, { name: 'vary', operation: 'append', value: { kind: 'unknown' }, when: always, range }],
    statuses: [{ when: always, status: null }],
    facts: [],
    edits: { ...edits.ofPolicy([], origins), addVaryOrigin: undefined },
  };
}

/** The include directive, where the header itself stands in another file. */
function rangeOf({ range, item }: HeaderLine): SourceRange {
  return item.includedBy === undefined ? range : { start: item.includedBy.range.start, end: item.includedBy.range.end };
}

function rulesOf({ line, when, outcomes }: SentLine): HeaderRule[] {
  const base = { name: line.name, range: line.range, ...(!line.always && { statuses: 'success' as const }) };
  if (line.how === 'clear') return [{ ...base, operation: 'remove', value: { kind: 'text', text: '' }, when }];
  const operation = line.how === 'set' ? 'set' : 'append';
  return byValue(outcomes).flatMap((outcome): HeaderRule[] => {
    const { value } = outcome;
    if (value.kind === 'text' && value.text === '')
      return line.how === 'set' ? [{ ...base, operation: 'remove', value, when: outcome.when }] : [];
    const present = value.kind === 'origin' ? both(outcome.when, originPresent) : outcome.when;
    return [{ ...base, operation, value: headerValue(value), when: present }];
  });
}

/** A line is sent once, however many members of a map would give it the same value. */
function byValue(outcomes: readonly AllowedOrigin<Place>[]): AllowedOrigin<Place>[] {
  const found = new Map<string, AllowedOrigin<Place>[]>();
  for (const outcome of outcomes) {
    const key = JSON.stringify(outcome.value);
    const same = found.get(key);
    if (same) same.push(outcome);
    else found.set(key, [outcome]);
  }
  return [...found.values()].map((same) =>
    same.length === 1 ? same[0]! : { ...same[0]!, when: some(same.map(({ when }) => when)) },
  );
}

/** One line, with what it holds on every path that reaches it. */
function writtenHeader(line: HeaderLine, sent: readonly SentLine[]): WrittenHeader {
  return {
    ...line,
    dynamic: line.text.includes('$'),
    outcomes: sent.filter((one) => one.line === line).flatMap(({ outcomes }) => outcomes),
  };
}

/** Fonts, images and the like, which are meant for everybody. */
function isStatic(block: Block): boolean {
  const words =
    block.kind === 'location' || block.kind === 'if'
      ? (block.directive?.args.map(({ text }) => text).join(' ') ?? '')
      : '';
  return isAssetPath(words);
}
