/** The policy of one nginx block: its header rules by the paths through the rewrite phase, settings and edits. */
import type { SourceRange } from '../syntax/range.ts';
import type { HeaderRule, HeaderValue, NameEntry, Policy, Setting, Settings } from '../policy/policy.ts';
import type { RequestTest } from '../policy/request-test.ts';
import { always, originPresent, some } from '../policy/request-test.ts';
import type { Block } from './nginx-blocks.ts';
import { scopeOf, statementRange } from './nginx-blocks.ts';
import { both, except } from './nginx-conditions.ts';
import type { NginxEdits } from './nginx-edits.ts';
import type { AllowedOrigin } from './nginx-entries.ts';
import { originEntries } from './nginx-entries.ts';
import type { Flow } from './nginx-flow.ts';
import { flowOf } from './nginx-flow.ts';
import type { HeaderLine } from './nginx-headers.ts';
import { effectiveLines } from './nginx-headers.ts';
import { policyFacts } from './nginx-facts.ts';
import type { NginxValue, Variables } from './nginx-variables.ts';
import { evaluate } from './nginx-variables.ts';
import { isAssetPath } from './asset-paths.ts';

/** A header line, with when it is sent and what it then holds. */
export interface SentLine { readonly line: HeaderLine; readonly when: RequestTest; readonly outcomes: readonly AllowedOrigin[] }

export function isCorsHeader(name: string): boolean {
  return name.startsWith('access-control-') || name === 'vary';
}

/** Undefined where the block sends no CORS header. */
export function readPolicy(block: Block, variables: Variables, edits: NginxEdits): Policy | undefined {
  const flow = flowOf(block, variables);
  const sent = sentLines(flow);
  const lines = [...new Set(sent.map(({ line }) => line))];
  const allowOrigin = sent.filter(({ line }) => line.name === 'access-control-allow-origin' && line.how !== 'clear');
  if (!lines.some((line) => line.name.startsWith('access-control-allow-') && line.how !== 'clear')) return undefined;
  // What the server refuses itself lets nobody in.
  const refused = some(flow.statuses.filter(({ status }) => status !== null && status >= 400).map(({ when }) => when));
  const origins = originEntries(allowOrigin.flatMap(({ outcomes }) => outcomes.map((outcome) => ({ ...outcome, when: except(outcome.when, refused) }))).filter(({ when }) => when.kind !== 'never'), edits);
  const range = rangeOf(allowOrigin[0]?.line ?? lines[0]!);
  return {
    framework: 'nginx',
    title: 'nginx',
    range,
    scope: scopeOf(block),
    purpose: isStatic(block) ? 'static' : 'application',
    settings: settingsOf(lines, sent, origins, range),
    headers: sent.flatMap(rulesOf),
    statuses: flow.statuses,
    facts: policyFacts({ block, sent, flow }, edits),
    edits: edits.ofPolicy(lines, origins),
  };
}

/**
 * The policy of a file that only declares maps: the header stands in another file. A map from $http_origin back to
 * $http_origin whose name says what it is for is such a choice.
 */
export function readMapPolicy(name: string, variables: Variables, edits: NginxEdits): Policy | undefined {
  const map = variables.maps.get(name);
  if (!map || map.source !== '$http_origin' || map.item.path !== undefined || !/cors|origin|acao/.test(name)) return undefined;
  const word = map.item.directive.args[1]!;
  const range = statementRange(map.item);
  const outcomes = evaluate(word.text, { item: map.item, word, range: word.range }, variables);
  if (!outcomes.some(({ value }) => value.kind === 'origin')) return undefined;
  const line = { name: 'access-control-allow-origin', operation: 'append' as const, range };
  const headers = outcomes.filter(({ value }) => !(value.kind === 'text' && value.text === '')).map((outcome): HeaderRule => ({ ...line, value: headerValue(outcome.value), when: outcome.value.kind === 'origin' ? both(outcome.when, originPresent) : outcome.when }));
  const origins = originEntries(outcomes, edits);
  return {
    framework: 'nginx', title: 'nginx', range, scope: `wherever ${word.text} is sent`, purpose: 'application',
    settings: { origins: { value: origins, range, written: true }, credentials: { value: 'unknown', range, written: false } },
    headers: [...headers, { name: 'vary', operation: 'append', value: { kind: 'unknown' }, when: always, range }],
    statuses: [{ when: always, status: null }], facts: [], edits: { ...edits.ofPolicy([], origins), addVaryOrigin: undefined },
  };
}

/** The include directive, where the header itself stands in another file. */
function rangeOf({ range, item }: HeaderLine): SourceRange {
  return item.includedBy === undefined ? range : { start: item.includedBy.range.start, end: item.includedBy.range.end };
}

function sentLines({ configurations, variables }: Flow): SentLine[] {
  return configurations.flatMap(({ when, block }) => effectiveLines(block).filter((line) => isCorsHeader(line.name)).map((line) => {
    const place = { item: line.item, word: line.word, range: line.valueRange };
    const outcomes = evaluate(line.text, place, variables).map((outcome) => ({ ...outcome, when: both(when, outcome.when) })).filter((outcome) => outcome.when.kind !== 'never');
    return { line, when, outcomes };
  }));
}

function rulesOf({ line, when, outcomes }: SentLine): HeaderRule[] {
  const base = { name: line.name, range: line.range, ...(!line.always && { statuses: 'success' as const }) };
  if (line.how === 'clear') return [{ ...base, operation: 'remove', value: { kind: 'text', text: '' }, when }];
  const operation = line.how === 'set' ? 'set' : 'append';
  return outcomes.flatMap((outcome): HeaderRule[] => {
    const { value } = outcome;
    if (value.kind === 'text' && value.text === '') return line.how === 'set' ? [{ ...base, operation: 'remove', value, when: outcome.when }] : [];
    const present = value.kind === 'origin' ? both(outcome.when, originPresent) : outcome.when;
    return [{ ...base, operation, value: headerValue(value), when: present }];
  });
}

function headerValue(value: NginxValue): HeaderValue {
  switch (value.kind) {
    case 'text': return value;
    case 'origin': return { kind: 'request-origin' };
    case 'header': return { kind: 'request-header', name: value.name };
    default: return { kind: 'unknown' };
  }
}

function settingsOf(lines: readonly HeaderLine[], sent: readonly SentLine[], origins: Settings['origins']['value'], range: SourceRange): Settings {
  const last = (name: string): HeaderLine | undefined => lines.findLast((line) => line.name === name && line.how !== 'clear');
  const setting = <T>(value: T, line: HeaderLine | undefined): Setting<T> => (line ? { value, range: line.valueRange, keyRange: line.nameRange, written: true } : { value, range, written: false });
  const textsOf = (line: HeaderLine): (string | undefined)[] => sent.filter((one) => one.line === line).flatMap(({ outcomes }) => outcomes.map(({ value }) => (value.kind === 'text' ? value.text : undefined)));
  const credentials = last('access-control-allow-credentials');
  const texts = credentials ? textsOf(credentials) : [];
  const names = (line: HeaderLine | undefined) => line && setting(namesOf(line, textsOf(line), sent), line);
  const methods = names(last('access-control-allow-methods'));
  const allowedHeaders = names(last('access-control-allow-headers'));
  const exposedHeaders = names(last('access-control-expose-headers'));
  const maxAge = last('access-control-max-age');
  const privateNetwork = last('access-control-allow-private-network');
  return {
    origins: setting(origins, last('access-control-allow-origin')),
    credentials: setting<boolean | 'unknown'>(texts.includes('true') ? true : texts.includes(undefined) ? 'unknown' : false, credentials),
    ...(credentials && !credentials.text.includes('$') && { credentialsText: setting(credentials.text, credentials) }),
    ...(methods && { methods }),
    ...(allowedHeaders && { allowedHeaders }),
    ...(exposedHeaders && exposedHeaders.value !== null && { exposedHeaders: { ...exposedHeaders, value: exposedHeaders.value } }),
    ...(maxAge && !maxAge.text.includes('$') && { maxAge: setting(maxAge.text, maxAge) }),
    ...(privateNetwork?.text === 'true' && { privateNetwork: setting(true, privateNetwork) }),
  };
}

/** The names of a list; null where the request's own are sent back. */
function namesOf(line: HeaderLine, texts: readonly (string | undefined)[], sent: readonly SentLine[]): readonly NameEntry[] | null | 'unknown' {
  const reflects = sent.some((one) => one.line === line && one.outcomes.some(({ value }) => value.kind === 'header' && value.name.startsWith('access-control-request-')));
  if (reflects) return null;
  if (texts.includes(undefined) || line.text.includes('$')) return 'unknown';
  const { contentRange } = line;
  // A text with escapes is not as long as it is written.
  const exact = contentRange.end - contentRange.start === line.text.length;
  return [...line.text.matchAll(/[^\s,][^,]*/g)].map((match) => {
    const text = match[0].trim();
    const start = contentRange.start + match.index;
    const range = exact ? { ...contentRange, start, end: start + text.length } : line.valueRange;
    return { text, range, ...(exact && contentRange.path === undefined && { edits: { replaceText: (name: string) => [{ range, newText: name }] } }) };
  });
}

/** Fonts, images and the like, which are meant for everybody. */
function isStatic(block: Block): boolean {
  const words = block.kind === 'location' || block.kind === 'if' ? (block.directive?.args.map(({ text }) => text).join(' ') ?? '') : '';
  return isAssetPath(words);
}
