/**
 * Header statements of a server whose configuration is directives, each on lines of its own, and the policy that they make. A server's own file finds its statements and their conditions; this knows what they mean.
 */
import type { Edit, SourceRange } from '../syntax/range.ts';
import type { EntryEdits, Fact, HeaderRule, HeaderValue, NameEntry, OriginEntry, Policy, PolicyEdits, Setting, Settings, StatusRule } from '../policy/policy.ts';
import type { OriginTest, RequestTest } from '../policy/request-test.ts';
import { originPresent } from '../policy/request-test.ts';
import { both } from './nginx-conditions.ts';
import type { AllowedOrigin, ValuePlace } from './nginx-entries.ts';
import { originEntries } from './nginx-entries.ts';
import type { NginxValue } from './nginx-variables.ts';
import { duplicates, severalOrigins } from './server-header-facts.ts';
import { isAssetPath } from './asset-paths.ts';

/** What a value holds: a text, the request's Origin, another header, or something that is not known. */
export type ServerValue = Exclude<NginxValue, { kind: 'method' }>;
export interface StatementPlace extends ValuePlace { readonly statement: HeaderStatement }
/** One thing that the header can hold, and when. */
export type Outcome = AllowedOrigin<StatementPlace>;

/** One header that one statement writes or removes. */
export interface HeaderStatement {
  /** Lower case, and as it is written. */
  readonly name: string;
  readonly written: string;
  readonly nameRange: SourceRange;
  readonly operation: HeaderRule['operation'];
  /** The value as written, without quotes. */
  readonly text: string;
  /** The value holds variables. */
  readonly dynamic: boolean;
  readonly valueRange: SourceRange;
  readonly contentRange: SourceRange;
  /** From its first to its last word. */
  readonly range: SourceRange;
  /** When it runs; `outcomes` are within it. */
  readonly when: RequestTest;
  readonly outcomes: readonly Outcome[];
  /** Those that somebody meant to send; all where it is absent. */
  readonly intended?: readonly Outcome[];
  readonly statuses?: HeaderRule['statuses'];
}

/** Edits in one server's own language. An empty list where no exact edit exists. */
export interface HeaderWriter {
  /** Sends the caller's origin when it is one of these, instead of what the statement sends. Leaves Vary to `vary`. */
  allowlist(statement: HeaderStatement, origins: readonly string[], placeholder?: string): Edit[];
  /** Adds `Vary: Origin` beside the statement. */
  vary(statement: HeaderStatement): Edit[];
  remove(statement: HeaderStatement): Edit[];
  /** The value as one word of this server. */
  word(text: string): string;
  ofTest(test: OriginTest): EntryEdits | undefined;
}

export interface ServerPolicyParts {
  readonly framework: string;
  readonly title: string;
  readonly scope: string;
  /** In the order in which they run. */
  readonly statements: readonly HeaderStatement[];
  /** What is sent, where the order of the statements does not tell; the statements' own rules otherwise. */
  readonly headers?: readonly HeaderRule[];
  readonly statuses: readonly StatusRule[];
  readonly facts?: readonly Fact[];
}

export function isCorsHeader(name: string): boolean {
  return name.startsWith('access-control-') || name === 'vary';
}

/** Undefined where no CORS header is sent. */
export function serverPolicy(parts: ServerPolicyParts, writer: HeaderWriter): Policy | undefined {
  const statements = parts.statements.filter(({ name }) => isCorsHeader(name));
  const writes = statements.filter(({ operation }) => operation !== 'remove');
  if (!writes.some(({ name }) => name.startsWith('access-control-allow-'))) return undefined;
  const allowOrigin = writes.filter(({ name }) => name === 'access-control-allow-origin');
  const origins = originEntries(allowOrigin.flatMap(({ outcomes, intended }) => intended ?? outcomes).filter(({ when }) => when.kind !== 'never'), {
    ofTest: (test) => writer.ofTest(test),
    ofValue: ({ statement }) => (statement.dynamic ? undefined : { replaceText: (text: string) => [{ range: statement.valueRange, newText: writer.word(text) }] }),
  });
  const { range } = allowOrigin[0] ?? writes[0]!;
  return {
    framework: parts.framework, title: parts.title, range, scope: parts.scope, purpose: isAssetPath(parts.scope) ? 'static' : 'application',
    settings: settingsOf(writes, origins, range, writer),
    headers: parts.headers ?? statements.flatMap(rulesOf),
    statuses: parts.statuses,
    facts: [...severalOrigins(allowOrigin, (statement, list) => withVary(statement, writes, writer, writer.allowlist(statement, list))), ...duplicates(parts.statements.filter(({ name }) => name === 'access-control-allow-origin'), writer), ...(parts.facts ?? [])],
    edits: editsOf(writes, origins, writer),
  };
}

/** The rules of one statement. */
export function rulesOf(statement: HeaderStatement): HeaderRule[] {
  const base = { name: statement.name, range: statement.range, ...(statement.statuses && { statuses: statement.statuses }) };
  if (statement.operation === 'remove') return [{ ...base, operation: 'remove', value: { kind: 'text', text: '' }, when: statement.when }];
  return statement.outcomes.flatMap(({ when, value }): HeaderRule[] => {
    const present = value.kind === 'origin' ? both(when, originPresent) : when;
    return present.kind === 'never' ? [] : [{ ...base, operation: statement.operation, value: headerValue(value), when: present }];
  });
}

export function headerValue(value: NginxValue): HeaderValue {
  switch (value.kind) {
    case 'text': return value;
    case 'origin': return { kind: 'request-origin' };
    case 'header': return { kind: 'request-header', name: value.name };
    default: return { kind: 'unknown' };
  }
}

function settingsOf(writes: readonly HeaderStatement[], origins: readonly OriginEntry[], range: SourceRange, writer: HeaderWriter): Settings {
  const last = (name: string): HeaderStatement | undefined => writes.findLast((statement) => statement.name === name);
  const setting = <T>(value: T, statement: HeaderStatement | undefined): Setting<T> => (statement ? { value, range: statement.valueRange, keyRange: statement.nameRange, written: true } : { value, range, written: false });
  const credentials = last('access-control-allow-credentials');
  const names = (statement: HeaderStatement | undefined) => statement && setting(namesOf(statement, writer), statement);
  const methods = names(last('access-control-allow-methods'));
  const allowedHeaders = names(last('access-control-allow-headers'));
  const exposedHeaders = names(last('access-control-expose-headers'));
  const maxAge = last('access-control-max-age');
  const privateNetwork = last('access-control-allow-private-network');
  return {
    origins: setting(origins, last('access-control-allow-origin')),
    credentials: setting<boolean | 'unknown'>(credentials === undefined ? false : credentials.dynamic ? 'unknown' : credentials.text === 'true', credentials),
    ...(credentials && !credentials.dynamic && { credentialsText: setting(credentials.text, credentials) }),
    ...(methods && { methods }),
    ...(allowedHeaders && { allowedHeaders }),
    ...(exposedHeaders && exposedHeaders.value !== null && { exposedHeaders: { ...exposedHeaders, value: exposedHeaders.value } }),
    ...(maxAge && !maxAge.dynamic && { maxAge: setting(maxAge.text, maxAge) }),
    ...(privateNetwork?.text === 'true' && { privateNetwork: setting(true, privateNetwork) }),
  };
}

/** The names of a list; null where the request's own are sent back. */
function namesOf(statement: HeaderStatement, writer: HeaderWriter): readonly NameEntry[] | null | 'unknown' {
  if (statement.outcomes.some(({ value }) => value.kind === 'header' && value.name.startsWith('access-control-request-'))) return null;
  if (statement.dynamic) return 'unknown';
  const { contentRange, text, valueRange } = statement;
  const exact = contentRange.end - contentRange.start === text.length;
  return [...text.matchAll(/[^\s,][^,]*/g)].map((match, index, all) => {
    const name = match[0].trim();
    const start = contentRange.start + match.index;
    const range = exact ? { start, end: start + name.length } : valueRange;
    const rest = all.filter((_, other) => other !== index).map(([other]) => other.trim()).join(', ');
    return { text: name, range, ...(exact && { edits: {
      replaceText: (replacement: string) => [{ range, newText: replacement }],
      ...(rest !== '' && { remove: () => [{ range: valueRange, newText: writer.word(rest) }] }),
    } }) };
  });
}

function editsOf(writes: readonly HeaderStatement[], origins: readonly OriginEntry[], writer: HeaderWriter): PolicyEdits {
  const of = (name: string): HeaderStatement[] => writes.filter((statement) => statement.name === name);
  const [allowOrigin] = of('access-control-allow-origin');
  const credentials = of('access-control-allow-credentials');
  const setValue = (name: string, value: string): Edit[] => of(name).map((statement) => ({ range: statement.valueRange, newText: writer.word(value) }));
  const open = origins.filter((entry) => entry.kind === 'any' || entry.kind === 'reflect' || isMatchAll(entry));
  const statementOf = (entry: OriginEntry): HeaderStatement | undefined => of('access-control-allow-origin').find(({ outcomes }) => outcomes.some(({ place }) => place.range.start === entry.range.start));
  return {
    ...(open.length > 0 && {
      allowOnly: (allowed: readonly string[], placeholder?: string) => {
        const edits = open.map((entry) => {
          const statement = statementOf(entry);
          return statement ? writer.allowlist(statement, allowed, placeholder) : [...(entry.edits?.replaceByOrigins?.(allowed, placeholder) ?? [])];
        });
        // Closing one of two open ways would leave the finding.
        return edits.some((each) => each.length === 0) ? [] : distinct(withVary(statementOf(open[0]!) ?? allowOrigin!, writes, writer, edits.flat()));
      },
    }),
    ...(credentials.length > 0 && {
      dropCredentials: () => credentials.flatMap((statement) => writer.remove(statement)),
      repairCredentials: () => setValue('access-control-allow-credentials', 'true'),
    }),
    ...(allowOrigin && { addVaryOrigin: () => writer.vary(allowOrigin) }),
    setMaxAge: (seconds) => setValue('access-control-max-age', String(seconds)),
    setMethods: (names) => setValue('access-control-allow-methods', names.join(', ')),
    setAllowedHeaders: (names) => setValue('access-control-allow-headers', names.join(', ')),
  };
}

function withVary(statement: HeaderStatement, writes: readonly HeaderStatement[], writer: HeaderWriter, edits: readonly Edit[]): Edit[] {
  const varies = writes.some(({ name, text }) => name === 'vary' && /(^|[\s,])(origin|\*)([\s,]|$)/i.test(text));
  return edits.length === 0 || varies ? [...edits] : [...edits, ...writer.vary(statement)];
}

function distinct(edits: readonly Edit[]): Edit[] {
  return edits.filter((edit, index) => edits.findIndex((other) => other.range.start === edit.range.start && other.range.end === edit.range.end && other.newText === edit.newText) === index);
}

function isMatchAll(entry: OriginEntry): boolean {
  return entry.kind === 'pattern' && /^\^?\(?(https?\??|http\(s\)\?)?(:\\?\/\\?\/)?\(?(\.[*+]\??)?\)?\)?\$?$/.test(entry.text ?? 'x');
}
