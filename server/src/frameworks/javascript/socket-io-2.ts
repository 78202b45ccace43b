/** socket.io 2: the `origins` option and `io.origins(…)`, which by default let everybody in with cookies. */
import type { Call, Program } from '../../syntax/programs/program.ts';
import type { Edit, SourceRange } from '../../syntax/range.ts';
import type { HeaderRule, OriginEntry, Policy } from '../../policy/policy.ts';
import type { OriginTest, RequestTest } from '../../policy/request-test.ts';
import {
  all,
  always,
  never,
  not,
  optionsMethod,
  originEquals,
  originPresent,
  some,
  unknown,
} from '../../policy/request-test.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Dict, Value } from '../../values/value.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { methodCalls } from '../../models/libraries/imported-calls.ts';
import type { ProgramText } from '../../models/libraries/origin-entries.ts';
import { entriesOfCheck, programText, textEdits } from '../../models/libraries/origin-entries.ts';
import { insertEntry, originList } from '../../edits/program-edits.ts';

/** Whether the file itself shows that it is written for version 2: later versions have no such method. */
export function callsOrigins(program: Program): boolean {
  return program.text.has(/\b(io|sockets?)\.origins\s*\(/);
}

/** One policy a server, as observed of socket.io 2.5.1; `servers` are the calls that make them. */
export function readVersion2(
  servers: readonly Call[],
  version: string | undefined,
  program: Program,
  context: ProgramContext,
): Policy[] {
  const text = programText(program, context);
  const setters = methodCalls(program, 'origins').filter((call) => call.arguments.length === 1);
  return servers.map((server) => {
    const options = server.arguments
      .map((argument) => context.evaluator.evaluate(argument.value))
      .find((value): value is Dict => value.kind === 'dict');
    const set = servers.length === 1 ? setters.at(-1)?.arguments[0] : undefined;
    const value = set ? context.evaluator.evaluate(set.value) : dictEntry(options, 'origins')?.value;
    const own = options?.entries.some(({ key }) => key === 'allowRequest') ?? false;
    const entries =
      own || (options?.open && value === undefined)
        ? [undecided(server.range)]
        : entriesOf(value, server.range, context, text);
    const answersPreflights = options?.entries.some(({ key }) => key === 'handlePreflightRequest') ?? false;
    return policyOf(server, options, value, entries, answersPreflights, version, text);
  });
}

function policyOf(
  server: Call,
  options: Dict | undefined,
  value: Value | undefined,
  entries: readonly OriginEntry[],
  answersPreflights: boolean,
  version: string | undefined,
  text: ProgramText,
): Policy {
  const accepted = some(entries.map(({ accepts }) => accepts));
  const range = value?.range ?? server.range;
  return {
    framework: 'socket-io',
    title: version === undefined ? 'socket.io 2' : `socket.io ${version}`,
    ...(version !== undefined && { version }),
    range: server.range,
    scope: 'the polling transport, and the handshake of WebSockets',
    purpose: 'application',
    settings: {
      origins: { value: entries, range, written: value !== undefined },
      credentials: { value: true, range: server.range, written: false },
    },
    headers: headersOf(accepted, answersPreflights, range),
    statuses: [
      { when: optionsMethod, status: answersPreflights ? null : 400 },
      { when: not(accepted), status: 403 },
    ],
    facts: [],
    fixedVary: true,
    edits: {
      allowOnly: (origins, placeholder) => listEdits(origins.map(withPort), placeholder, server, options, value, text),
    },
  };
}

/** What a handler of preflights sends is not known. */
function headersOf(accepted: RequestTest, answersPreflights: boolean, range: SourceRange): HeaderRule[] {
  // Errors, and with them all preflights, are answered without a look at the list.
  const answered = some([optionsMethod, accepted]);
  const caller = all([originPresent, answered]);
  const rule = (name: string, value: HeaderRule['value'], when: RequestTest): HeaderRule => ({
    name,
    operation: 'set',
    value,
    when,
    range,
  });
  const handled = answersPreflights ? ['origin', 'credentials', 'methods', 'headers'] : [];
  return [
    rule('access-control-allow-origin', { kind: 'request-origin' }, caller),
    rule('access-control-allow-credentials', { kind: 'text', text: 'true' }, caller),
    rule('access-control-allow-origin', { kind: 'text', text: '*' }, all([not(originPresent), answered])),
    ...handled.map((name) => rule(`access-control-allow-${name}`, { kind: 'unknown' }, optionsMethod)),
  ];
}

/** Origins are compared with their port, the default one too. */
function withPort(origin: string): string {
  return /:\d+$/.test(origin) ? origin : `${origin}:${origin.startsWith('http:') ? 80 : 443}`;
}

function listEdits(
  origins: readonly string[],
  placeholder: string | undefined,
  server: Call,
  options: Dict | undefined,
  value: Value | undefined,
  text: ProgramText,
): Edit[] {
  const list = originList(origins, text.quote);
  const named = placeholder === undefined ? undefined : origins[0];
  if (value) return [{ range: value.range, newText: list, placeholder: named }];
  const source = options && text.textOf(options.range);
  if (options && source !== undefined) return insertEntry(source, options.range, `origins: ${list}`, named);
  const last = server.arguments.at(-1);
  return last && server.arguments.length === 1
    ? [{ range: { start: last.range.end, end: last.range.end }, newText: `, { origins: ${list} }`, placeholder: named }]
    : [];
}

function entriesOf(
  value: Value | undefined,
  range: SourceRange,
  context: ProgramContext,
  text: ProgramText,
): OriginEntry[] {
  if (value === undefined || value.kind === 'nothing' || (value.kind === 'text' && value.text === ''))
    return [{ range: value?.range ?? range, kind: 'any', accepts: always, byDefault: true }];
  if (value.kind === 'text')
    return value.text.includes('*:*')
      ? [{ range: value.range, kind: 'any', text: value.text, accepts: always }]
      : textMembers(value.text, value.range);
  if (value.kind === 'list') {
    const star = value.items.find((item) => item.kind === 'text' && item.text === '*:*');
    if (star) return [{ range: star.range, kind: 'any', text: '*:*', accepts: always }];
    const entries = value.items.map((item): OriginEntry =>
      item.kind === 'text'
        ? { ...memberOf(item.text, item.range), edits: { remove: textEdits(item, text, true).remove } }
        : undecided(item.range),
    );
    return value.open ? [...entries, undecided(value.range)] : entries;
  }
  if (value.kind !== 'function') return [undecided(value.range)];
  const outcomes = context.evaluator
    .outcomes(value.function, ['origin', 'callback'])
    .filter(({ kind }) => kind === 'call');
  const yes = outcomes.map(({ when, values: [error, answer] }) => all([when, not(truth(error)), truth(answer)]));
  // The function is asked about "*" where there is no origin, or "null".
  const check = some(yes);
  return check.kind === 'always'
    ? [{ range: value.range, kind: 'reflect', accepts: always }]
    : entriesOfCheck(all([check, not(originEquals('null'))]), value.range, text);
}

function truth(value: Value | undefined): RequestTest {
  switch (value?.kind) {
    case undefined:
    case 'nothing':
      return never;
    case 'boolean':
      return value.value ? always : never;
    case 'predicate':
      return value.test;
    case 'text':
      return value.text === '' ? never : always;
    case 'one-of': {
      const before: RequestTest[] = [];
      return some(
        value.choices.map((choice) => {
          const here = all([...before.map(not), choice.when, truth(choice.value)]);
          before.push(choice.when);
          return here;
        }),
      );
    }
    default:
      return unknown();
  }
}

/** A text is searched for the caller's origin, so that parts of it get in too. */
function textMembers(text: string, range: SourceRange): OriginEntry[] {
  return [
    ...text
      .split(/[\s,]+/)
      .filter((member) => member !== '')
      .map((member) => memberOf(member, range)),
    undecided(range),
  ];
}

/** `https://host:443`, `host:443`, `host:*` or `*:443`; a member without a port is met by nobody. */
function memberOf(text: string, range: SourceRange): OriginEntry {
  const [, scheme, host, port] = /^(?:(https?):\/\/)?([^/:]+|\[[^\]]*\]):(\d+|\*)$/.exec(text) ?? [];
  const base = { range, text, matching: 'exact' as const };
  if (host === undefined || port === undefined) return { ...base, kind: 'unknown', accepts: never };
  if (scheme !== undefined) {
    const origin = port === (scheme === 'https' ? '443' : '80') ? `${scheme}://${host}` : `${scheme}://${host}:${port}`;
    return { ...base, kind: 'text', text: origin, accepts: port === '*' ? never : originEquals(origin, range) };
  }
  const part = (name: OriginTest['part'], wanted: string): RequestTest => ({
    kind: 'origin',
    part: name,
    operator: 'equals',
    text: wanted,
    ignoreCase: false,
  });
  const byDefault =
    port === '443'
      ? all([part('scheme', 'https'), part('port', '')])
      : port === '80'
        ? all([not(part('scheme', 'https')), part('port', '')])
        : never;
  const onPort = port === '*' ? always : some([part('port', port), byDefault]);
  const accepts = all([
    originPresent,
    not(originEquals('null')),
    host === '*' ? onPort : all([part('hostname', host), onPort]),
  ]);
  return { range, kind: 'predicate', accepts };
}

function undecided(range: SourceRange): OriginEntry {
  return { range, kind: 'unknown', accepts: unknown() };
}
