/** From the values that Access-Control-Allow-Origin takes to the entries of a policy. */
import type { SourceRange } from '../../syntax/range.ts';
import type { EntryEdits, OriginEntry } from '../../policy/policy.ts';
import type { OriginTest, RequestTest } from '../../policy/request-test.ts';
import { all, originEquals, unknown } from '../../policy/request-test.ts';
import type { ServerValue } from './server-values.ts';
import { isPlaceholder } from '../../edits/tree-edits.ts';

/** One thing that the header can hold, and when. */
export interface AllowedOrigin<P extends ValuePlace = ValuePlace> {
  readonly when: RequestTest;
  readonly value: ServerValue;
  readonly place: P;
}
export interface ValuePlace {
  readonly range: SourceRange;
}
/** The edits of the text that stands at a test's range or at a value's place. */
export interface EntryEditor<P extends ValuePlace = ValuePlace> {
  ofTest(test: OriginTest): EntryEdits | undefined;
  ofValue(place: P): EntryEdits | undefined;
}

const inputs = new Map(
  Object.entries({
    referer: 'the Referer header',
    host: 'the Host header',
    $host: 'the Host header',
    $server_name: 'the server name',
    $arg_origin: 'the query of the request',
  }),
);

/** Entries in the order of the header lines; each place once. */
export function originEntries<P extends ValuePlace>(
  allowed: readonly AllowedOrigin<P>[],
  editor: EntryEditor<P>,
): OriginEntry[] {
  const found = new Map<string, OriginEntry>();
  for (const entry of allowed.flatMap((one) => entriesOf(one, editor))) {
    const key = `${entry.kind} ${entry.range.path ?? ''} ${entry.range.start}`;
    const before = found.get(key);
    // The same text can apply to several kinds of requests.
    found.set(key, before ? { ...entry, accepts: { kind: 'some', tests: [before.accepts, entry.accepts] } } : entry);
  }
  return [...found.values()];
}

function entriesOf<P extends ValuePlace>(
  { when, value, place }: AllowedOrigin<P>,
  editor: EntryEditor<P>,
): OriginEntry[] {
  const { range } = place;
  const edits = editor.ofValue(place);
  switch (value.kind) {
    case 'text':
      if (value.text === '') return [];
      if (value.text === '*') {
        // Sent to some only, it lets in exactly those.
        const tests = positiveTests(when, true);
        if (tests.length > 0) return tests.map((test) => testEntry(test, editor));
        return [{ range, kind: 'any', text: '*', accepts: when, ...(edits && { edits }) }];
      }
      if (isPlaceholder(value.text)) return [{ range, kind: 'unknown', accepts: unknown() }];
      return [
        {
          range,
          kind: 'text',
          text: value.text,
          accepts: all([when, originEquals(value.text, range)]),
          matching: 'sent-as-is',
          tests: positiveTests(when, true),
          ...(edits && { edits }),
        },
      ];
    case 'origin': {
      const tests = positiveTests(when, true);
      if (tests.length > 0) return tests.map((test) => testEntry(test, editor));
      // A list of those that are kept out is a check, and lets in all others.
      const kind = hasUnknown(when) ? 'unknown' : positiveTests(when, false).length > 0 ? 'predicate' : 'reflect';
      return [{ range, kind, accepts: when, ...(edits && { edits }) }];
    }
    case 'header':
      return [{ range, kind: 'reflect', source: inputs.get(value.name) ?? `the ${value.name} header`, accepts: when }];
    default: {
      const source =
        value.kind === 'unknown' && value.input !== undefined ? (inputs.get(value.input) ?? value.input) : undefined;
      return [
        source === undefined
          ? { range, kind: 'unknown', accepts: unknown() }
          : { range, kind: 'reflect', source, accepts: unknown() },
      ];
    }
  }
}

function testEntry(test: OriginTest, editor: Pick<EntryEditor, 'ofTest'>): OriginEntry {
  const range = test.range!;
  const edits = editor.ofTest(test);
  if (test.operator === 'matches')
    return {
      range,
      kind: 'pattern',
      text: test.pattern.source,
      pattern: test.pattern,
      accepts: test,
      matching: 'regex',
      tests: [test],
      ...(edits && { edits }),
    };
  // A step before the server's start fills it in: `envsubst`, Ansible.
  if (isPlaceholder(test.text)) return { range, kind: 'unknown', accepts: test };
  if (test.operator === 'equals')
    return { range, kind: 'text', text: test.text, accepts: test, matching: 'exact', ...(edits && { edits }) };
  return {
    range,
    kind: 'pattern',
    text: test.text,
    accepts: test,
    matching: 'wildcard',
    tests: [test],
    ...(edits && { edits }),
  };
}

/** Tests that let the origin in; what only keeps some out is no allowlist. */
export function positiveTests(test: RequestTest, positive: boolean): OriginTest[] {
  switch (test.kind) {
    case 'origin':
      return positive && test.range ? [test] : [];
    case 'not':
      return positiveTests(test.test, !positive);
    case 'all':
    case 'some':
      return test.tests.flatMap((part) => positiveTests(part, positive));
    default:
      return [];
  }
}

function hasUnknown(test: RequestTest): boolean {
  switch (test.kind) {
    case 'unknown':
      return true;
    case 'not':
      return hasUnknown(test.test);
    case 'all':
    case 'some':
      return test.tests.some(hasUnknown);
    default:
      return false;
  }
}

/** A pattern that is written so that every origin, or every one with a scheme of the web, matches: `.*`, `^https?://.+$`. */
export function isMatchAll(entry: OriginEntry): boolean {
  return (
    entry.kind === 'pattern' &&
    /^\^?\(?(https?\??|http\(s\)\?)?(:\\?\/\\?\/)?\(?(\.[*+]\??)?\)?\)?\$?$/.test(entry.text ?? 'x')
  );
}
