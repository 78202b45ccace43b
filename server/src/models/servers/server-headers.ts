/**
 * Header statements of a server whose configuration is directives, each on lines of its own, and the policy that they
 * make. A server's own file finds its statements and their conditions; this knows what they mean.
 */
import type { Edit } from '../../syntax/range.ts';
import type {
  Fact,
  HeaderRule,
  HeaderValue,
  OriginEntry,
  Policy,
  PolicyEdits,
  StatusRule,
} from '../../policy/policy.ts';
import { originPresent, some } from '../../policy/request-test.ts';
import { both, except } from './server-conditions.ts';
import type { HeaderStatement, HeaderWriter } from './header-statements.ts';
import { distinctEdits } from './server-header-edits.ts';
import { isMatchAll, originEntries } from './server-origin-entries.ts';
import type { ServerValue } from './server-values.ts';
import { duplicates, severalOrigins } from './server-header-facts.ts';
import { isAssetPath } from '../static/asset-paths.ts';
import { settingsOf } from './server-header-settings.ts';

/** What a server's own file found. */
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
  // What the server refuses itself lets nobody in.
  const refused = some(parts.statuses.filter(({ status }) => status !== null && status >= 400).map(({ when }) => when));
  const origins = originEntries(
    allowOrigin
      .flatMap(({ outcomes, intended }) => intended ?? outcomes)
      .map((outcome) => ({ ...outcome, when: except(outcome.when, refused) }))
      .filter(({ when }) => when.kind !== 'never'),
    {
      ofTest: (test) => writer.ofTest(test),
      ofValue: ({ statement }) =>
        statement.dynamic
          ? undefined
          : { replaceText: (text: string) => [{ range: statement.valueRange, newText: writer.word(text) }] },
    },
  );
  const { range } = allowOrigin[0] ?? writes[0]!;
  return {
    framework: parts.framework,
    title: parts.title,
    range,
    scope: parts.scope,
    purpose: isAssetPath(parts.scope) ? 'static' : 'application',
    settings: settingsOf(writes, origins, range, (value) => writer.word(value)),
    headers: parts.headers ?? statements.flatMap(rulesOf),
    statuses: parts.statuses,
    facts: [
      ...severalOrigins(allowOrigin, (statement, list) =>
        withVary(statement, writes, writer, writer.allowlist(statement, list)),
      ),
      ...duplicates(
        parts.statements.filter(({ name }) => name === 'access-control-allow-origin'),
        writer,
      ),
      ...(parts.facts ?? []),
    ],
    edits: editsOf(writes, origins, writer),
  };
}

/** The rules of one statement. */
export function rulesOf(statement: HeaderStatement): HeaderRule[] {
  const base = {
    name: statement.name,
    range: statement.range,
    ...(statement.statuses && { statuses: statement.statuses }),
  };
  if (statement.operation === 'remove')
    return [{ ...base, operation: 'remove', value: { kind: 'text', text: '' }, when: statement.when }];
  return statement.outcomes.flatMap(({ when, value }): HeaderRule[] => {
    const present = value.kind === 'origin' ? both(when, originPresent) : when;
    return present.kind === 'never'
      ? []
      : [{ ...base, operation: statement.operation, value: headerValue(value), when: present }];
  });
}

export function headerValue(value: ServerValue): HeaderValue {
  switch (value.kind) {
    case 'text':
      return value;
    case 'origin':
      return { kind: 'request-origin' };
    case 'header':
      return { kind: 'request-header', name: value.name };
    default:
      return { kind: 'unknown' };
  }
}

function editsOf(
  writes: readonly HeaderStatement[],
  origins: readonly OriginEntry[],
  writer: HeaderWriter,
): PolicyEdits {
  const of = (name: string): HeaderStatement[] =>
    writes.filter((statement) => statement.name === name && statement.editable !== false);
  const allowOrigin = of('access-control-allow-origin');
  const credentials = of('access-control-allow-credentials');
  const setValue = (name: string, value: string): Edit[] =>
    of(name).map((statement) => ({ range: statement.valueRange, newText: writer.word(value) }));
  const open = origins.filter((entry) => /^(any|reflect|predicate)$/.test(entry.kind) || isMatchAll(entry));
  return {
    ...(open.length > 0 && {
      allowOnly: (allowed: readonly string[], placeholder?: string) =>
        closed(open, allowed, placeholder, { writes, allowOrigin, writer }),
    }),
    ...(credentials.length > 0 && {
      dropCredentials: () => credentials.flatMap((statement) => writer.remove(statement)),
      repairCredentials: () => setValue('access-control-allow-credentials', 'true'),
    }),
    ...(allowOrigin.length > 0 && {
      addVaryOrigin: () => {
        const replacing = writes.filter(({ name, operation }) => name === 'vary' && operation === 'set');
        if (replacing.length > 0) return intoVary(replacing, writer);
        const without = unvaried(allowOrigin, writes, writer);
        // One that is sent under a condition is not enough.
        return (without.length > 0 ? without : allowOrigin.slice(0, 1)).flatMap((statement) => writer.vary(statement));
      },
    }),
    setMaxAge: (seconds) => setValue('access-control-max-age', String(seconds)),
    setMethods: (names) => setValue('access-control-allow-methods', names.join(', ')),
    setAllowedHeaders: (names) => setValue('access-control-allow-headers', names.join(', ')),
  };
}

/** One more name in what is written as Vary: a statement beside it would be lost, or take its place. */
function intoVary(replacing: readonly HeaderStatement[], writer: HeaderWriter): Edit[] {
  if (replacing.some(({ editable, dynamic }) => editable === false || dynamic)) return [];
  return replacing
    .filter(({ text }) => !namesOrigin(text))
    .map(({ valueRange, text }) => ({
      range: valueRange,
      newText: writer.word(text === '' ? 'Origin' : `${text}, Origin`),
    }));
}

function namesOrigin(vary: string): boolean {
  return /(^|[\s,])(origin|\*)([\s,]|$)/i.test(vary);
}

/** Every open entry becomes the list; closing one of two open ways would leave the finding. */
function closed(
  open: readonly OriginEntry[],
  allowed: readonly string[],
  placeholder: string | undefined,
  {
    writes,
    allowOrigin,
    writer,
  }: {
    readonly writes: readonly HeaderStatement[];
    readonly allowOrigin: readonly HeaderStatement[];
    readonly writer: HeaderWriter;
  },
): Edit[] {
  const ways = open.map((entry) => ({ entry, statement: statementOf(entry, allowOrigin) }));
  const edits = ways.map(({ entry, statement }) =>
    statement
      ? writer.allowlist(statement, allowed, placeholder)
      : [...(entry.edits?.replaceByOrigins?.(allowed, placeholder) ?? [])],
  );
  if (edits.some((each) => each.length === 0)) return [];
  const changed = ways.map(({ statement }) => statement ?? allowOrigin[0]!);
  const vary = unvaried(changed, writes, writer).flatMap((statement) => writer.vary(statement));
  return distinctEdits([...edits.flat(), ...vary]);
}

/** The statement that sends what the entry is. */
function statementOf({ range }: OriginEntry, allowOrigin: readonly HeaderStatement[]): HeaderStatement | undefined {
  return allowOrigin.find(({ outcomes }) => outcomes.some(({ place }) => place.range.start === range.start));
}

function withVary(
  statement: HeaderStatement,
  writes: readonly HeaderStatement[],
  writer: HeaderWriter,
  edits: readonly Edit[],
): Edit[] {
  return edits.length === 0
    ? []
    : [...edits, ...unvaried([statement], writes, writer).flatMap((one) => writer.vary(one))];
}

/** One statement of each answer that sends no Vary yet. */
function unvaried(
  statements: readonly HeaderStatement[],
  writes: readonly HeaderStatement[],
  writer: HeaderWriter,
): HeaderStatement[] {
  const answerOf = (statement: HeaderStatement): unknown => writer.answerOf?.(statement);
  const varied = new Set(writes.filter(({ name, text }) => name === 'vary' && namesOrigin(text)).map(answerOf));
  return statements.filter(
    (statement, index) =>
      !varied.has(answerOf(statement)) &&
      statements.findIndex((other) => answerOf(other) === answerOf(statement)) === index,
  );
}
