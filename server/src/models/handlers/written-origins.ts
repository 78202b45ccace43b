/** From the values of Access-Control-Allow-Origin to the entries of a policy: who is let in by each write. */
import type { SourceRange } from '../../syntax/range.ts';
import type { EntryEdits, OriginEntry } from '../../policy/policy.ts';
import { originSet } from '../../policy/origin-set.ts';
import { inspectOrigin } from '../../policy/serialised-origin.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { all, always, originEquals, unknown } from '../../policy/request-test.ts';
import type { Value } from '../../values/value.ts';
import type { ProgramText } from '../libraries/origin-entries.ts';
import { entriesOfCheck, textEdits } from '../libraries/origin-entries.ts';
import type { ReachedWrite } from './reached-writes.ts';
import { choicesOf } from './reached-writes.ts';

/** What an origin is taken from that is made of the Host header. */
const ownOrigin = 'the origin of host';

/** The entries of one write, each with the condition under which it counts. `checks`: edits of a check on the origin. */
export function originsOf(reached: ReachedWrite, text: ProgramText, checks: EntryEdits): OriginEntry[] {
  return choicesOf(reached.value).flatMap((choice) =>
    entriesOf(choice.value, all([reached.when, choice.when]), reached, text, checks),
  );
}

function entriesOf(
  value: Value,
  when: RequestTest,
  reached: ReachedWrite,
  text: ProgramText,
  checks: EntryEdits,
): OriginEntry[] {
  const range = rangeOf(value, reached);
  switch (value.kind) {
    case 'text':
      return textEntries(value, when, range, text);
    case 'request':
      return requestEntries(value, when, range, text, checks);
    case 'environment': {
      const open = value.fallback?.kind === 'text' && value.fallback.text === '*';
      const { name: variable, argument } = value;
      return [{ range, kind: open ? 'fallback' : 'unknown', ...(open && { variable, argument }), accepts: unknown() }];
    }
    case 'list':
      return value.items.flatMap((item) => entriesOf(item, when, reached, text, checks));
    case 'nothing':
      return [];
    case 'concatenation':
      return namesServer(value)
        ? [{ range, kind: 'reflect', source: ownOrigin, accepts: unknown() }]
        : [{ range, kind: 'unknown', accepts: unknown() }];
    default:
      return [{ range, kind: 'unknown', accepts: unknown() }];
  }
}

/** `https://${req.headers.host}`: the server that is asked, port included. */
function namesServer({ parts }: Value & { kind: 'concatenation' }): boolean {
  const [host, before, ...scheme] = parts.toReversed();
  return (
    host?.kind === 'request' &&
    host.input === 'header' &&
    host.name === 'host' &&
    before?.kind === 'text' &&
    // The scheme stands in the same text, or is a part of its own that is not known.
    (scheme.length === 0 ? /^https?:\/\/$/ : scheme.length === 1 ? /^:\/\/$/ : /$^/).test(before.text)
  );
}

/** An origin that came through a variable is reported where it is written to the header. */
function rangeOf(value: Value, { write }: ReachedWrite): SourceRange {
  if (value.kind === 'request') return (write.value ?? write).range;
  return value.range.path === undefined ? value.range : write.range;
}

function textEntries(
  value: Value & { kind: 'text' },
  when: RequestTest,
  range: SourceRange,
  text: ProgramText,
): OriginEntry[] {
  if (value.text === '' || standsForNoOrigin(value.text, when)) return [];
  const edits = textEdits(value, text, false);
  if (value.text === '*') return [{ range, kind: 'any', text: '*', accepts: when, edits }];
  const accepts = all([when, originEquals(value.text, range)]);
  return [{ range, kind: 'text', text: value.text, accepts, matching: 'sent-as-is', edits }];
}

/** `origin = request.headers.origin ?? false`, written where there is none: no page asks then, so nobody is locked out. */
function standsForNoOrigin(text: string, when: RequestTest): boolean {
  return text !== '*' && !inspectOrigin(text).valid && originSet(when).isEmpty;
}

function requestEntries(
  value: Value & { kind: 'request' },
  when: RequestTest,
  range: SourceRange,
  text: ProgramText,
  checks: EntryEdits,
): OriginEntry[] {
  // What is compared with a list first is no more than its members.
  if (value.input !== 'origin' && isUndecided(when)) return [{ range, kind: 'unknown', accepts: unknown() }];
  if (value.input !== 'origin') return [{ range, kind: 'reflect', source: value.name ?? 'the request', accepts: when }];
  return asksNothingOfOrigin(withoutPresence(when))
    ? [{ range, kind: 'reflect', accepts: when }]
    : entriesOfCheck(when, range, text, checks);
}

function isUndecided(test: RequestTest): boolean {
  switch (test.kind) {
    case 'unknown':
      return test.reason !== 'independent';
    case 'not':
      return isUndecided(test.test);
    case 'all':
    case 'some':
      return test.tests.some(isUndecided);
    default:
      return false;
  }
}

function withoutPresence(test: RequestTest): RequestTest {
  if (test.kind === 'origin-present') return always;
  return test.kind === 'all' ? all(test.tests.map(withoutPresence)) : test;
}

function asksNothingOfOrigin(test: RequestTest): boolean {
  switch (test.kind) {
    case 'always':
    case 'method':
    case 'circumstance':
      return true;
    case 'not':
      return asksNothingOfOrigin(test.test);
    case 'all':
    case 'some':
      return test.tests.every(asksNothingOfOrigin);
    default:
      return false;
  }
}
