/** Who gets in by an origin option, by the library's own meaning of its value. */
import type { SourceRange } from '../../syntax/range.ts';
import type { EntryEdits, Fact, HeaderRule, OriginEntry } from '../../policy/policy.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import {
  all,
  always,
  never,
  not,
  originEquals,
  originMatches,
  originPresent,
  some,
  unknown,
} from '../../policy/request-test.ts';
import type { List, Text, Value } from '../../values/value.ts';
import type { LibraryContext, OriginMeaning } from './cors-library.ts';
import { isUndefined, readLiteral, refusalOf, unanswered } from './callback-answers.ts';
import { isSet } from '../../values/circumstances.ts';
import { variableThatOpens } from './open-fallbacks.ts';
import {
  entriesOfCheck,
  memberEntries,
  memberEntry,
  patternEdits,
  textEdits,
  textOrPatternEdits,
} from './origin-entries.ts';
import { originList } from '../../edits/program-edits.ts';
import { merged } from './merged-grants.ts';

export interface Grant {
  readonly entries: readonly OriginEntry[];
  /** Access-Control-Allow-Origin and Vary. */
  readonly headers: readonly HeaderRule[];
  /** Where this is false the middleware passes the request on without a word. */
  readonly reach: RequestTest;
  /** Requests that pass the check. */
  readonly allowed: RequestTest;
  /** The same, where a request without Origin passes a check that takes everybody. */
  readonly accepted: RequestTest;
  readonly facts: readonly Fact[];
  /** Requests that are answered by an error. */
  readonly errors?: RequestTest;
  /** Set when every request fails with this option. */
  readonly fails?: string;
}

export const varyOrigin = (when: RequestTest, range: SourceRange): HeaderRule => ({
  name: 'vary',
  operation: 'merge',
  value: { kind: 'text', text: 'Origin' },
  when,
  range,
});
export const allowOrigin = (value: HeaderRule['value'], when: RequestTest, range: SourceRange): HeaderRule => ({
  name: 'access-control-allow-origin',
  operation: 'set',
  value,
  when,
  range,
});

/** `value` is undefined where the option is not written. */
export function readOrigin(value: Value | undefined, context: LibraryContext): Grant {
  const { origin } = context.library;
  if (value === undefined) return byMeaning(origin.missing, undefined, context, true);
  switch (value.kind) {
    case 'text':
      return readText(value, context);
    case 'nothing':
      return byMeaning(
        (value.expression?.text === 'null' ? undefined : origin.undefined) ?? origin.nothing,
        value,
        context,
      );
    case 'boolean':
      return byMeaning(value.value ? origin.true : origin.false, value, context);
    case 'number':
      return byMeaning(origin.number ?? (value.value !== 0 ? origin.true : origin.false), value, context);
    case 'pattern':
      return byMeaning(origin.pattern, value, context);
    case 'list':
      return readList(value, context);
    case 'predicate':
      return origin.true === 'reflect' && origin.false === 'off'
        ? whenTrue(value, context)
        : merged([
            { when: value.test, grant: byMeaning(origin.true, value, context) },
            { when: always, grant: byMeaning(origin.false, value, context) },
          ]);
    case 'request':
      return reflected(value.range, context);
    case 'environment':
      return readEnvironment(value.fallback, value.name, value.range, context);
    case 'one-of':
      return readChoices(value, context);
    case 'function':
      return origin.callback ? readCallback(value, context) : unknownGrant(value.range);
    default:
      return unknownGrant(value.range);
  }
}

export function byMeaning(
  meaning: OriginMeaning,
  value: Value | undefined,
  context: LibraryContext,
  byDefault = false,
): Grant {
  const range = value?.range ?? context.place.range;
  switch (meaning) {
    case 'any':
      return open(
        {
          range,
          kind: 'any',
          accepts: always,
          ...(byDefault && { byDefault }),
          ...(value?.kind === 'text' && { text: value.text, edits: textEdits(value, context.text, false) }),
        },
        context,
      );
    case 'reflect':
      return reflected(range, context, byDefault);
    case 'default':
      return byMeaning(context.library.origin.missing, value, context, byDefault);
    case 'off':
      return nothingSent;
    case 'nobody':
      return checked([], never, range, context);
    case 'closed':
      return { ...nothingSent, reach: always };
    case 'fails': {
      const { failing, failure = 'every request with an Origin fails, because this value is no origin option' } =
        context.library.origin;
      return failing === undefined
        ? { ...nothingSent, fails: failure }
        : { ...checked([], never, range, context), errors: failing, fails: failure };
    }
    case 'sent':
      return value?.kind === 'text'
        ? sentText(value, context)
        : {
            ...nothingSent,
            headers: [
              allowOrigin({ kind: 'text', text: spelledOut(value) }, always, range),
              ...(context.library.vary.sent ? [varyOrigin(always, range)] : []),
            ],
            reach: always,
            allowed: always,
            accepted: always,
          };
    case 'compared':
      return value?.kind === 'text' ? comparedText(value, context) : checked([], never, range, context);
    case 'search': {
      if (value?.kind !== 'pattern') return unknownGrant(range);
      const entry: OriginEntry = {
        ...memberEntry(value, context.text),
        edits: patternEdits(value, context.text, false),
      };
      return checked([entry], entry.accepts, range, context);
    }
    default:
      return unknownGrant(range);
  }
}

export const nothingSent: Grant = {
  entries: [],
  headers: [],
  reach: never,
  allowed: never,
  accepted: never,
  facts: [],
};

function spelledOut(value: Value | undefined): string {
  return value?.kind === 'boolean' || value?.kind === 'number'
    ? String(value.value)
    : value?.kind === 'pattern'
      ? `/${value.pattern.source}/${value.pattern.flags}`
      : value?.expression?.text === 'null'
        ? 'null'
        : 'undefined';
}

/** A condition as the option itself: who meets it is let in, and the library does nothing for the others. */
function whenTrue(value: Value & { kind: 'predicate' }, context: LibraryContext): Grant {
  const grant = checked(entriesOfCheck(value.test, value.range, context.text), always, value.range, context);
  return {
    ...grant,
    headers: grant.headers.map((rule) => ({ ...rule, when: all([value.test, rule.when]) })),
    reach: value.test,
    allowed: all([originPresent, value.test]),
    accepted: value.test,
  };
}

/** Everybody: `*`, or the caller's own origin where the library does that beside credentials. */
function open(entry: OriginEntry, { library, credentials }: LibraryContext): Grant {
  const reflects: RequestTest = library.reflectsAny
    ? always
    : library.anyWithCredentials === 'literal' || credentials === false
      ? never
      : credentials === 'unknown'
        ? unknown()
        : always;
  const headers = reflects === always ? [] : [allowOrigin({ kind: 'text', text: '*' }, not(reflects), entry.range)];
  if (reflects !== never)
    headers.push(allowOrigin({ kind: 'request-origin' }, all([originPresent, reflects]), entry.range));
  if (reflects !== never && library.origin.starWithoutOrigin)
    headers.push(allowOrigin({ kind: 'text', text: '*' }, not(originPresent), entry.range));
  if (library.vary.any || reflects !== never)
    headers.push(
      varyOrigin(
        library.vary.any
          ? always
          : all([
              reflects,
              library.vary.checked === 'never' ? never : library.vary.checked === 'allowed' ? originPresent : always,
            ]),
        entry.range,
      ),
    );
  return {
    entries: [entry],
    headers,
    reach: always,
    allowed: library.reflectsAny ? originPresent : always,
    accepted: always,
    facts: [],
  };
}

export function reflected(range: SourceRange, context: LibraryContext, byDefault = false): Grant {
  const grant = checked(
    [{ range, kind: 'reflect', accepts: always, ...(byDefault && { byDefault }) }],
    always,
    range,
    context,
  );
  if (!context.library.origin.starWithoutOrigin) return grant;
  return { ...grant, headers: [...grant.headers, allowOrigin({ kind: 'text', text: '*' }, not(originPresent), range)] };
}

export function unknownGrant(
  range: SourceRange,
  entries: readonly OriginEntry[] = [{ range, kind: 'unknown', accepts: unknown() }],
): Grant {
  const undecided = (name: string): HeaderRule => ({
    name,
    operation: 'set',
    value: { kind: 'unknown' },
    when: always,
    range,
  });
  return {
    entries,
    headers: [undecided('access-control-allow-origin'), undecided('vary')],
    reach: unknown(),
    allowed: unknown(),
    accepted: unknown(),
    facts: [],
  };
}

/** Reflects the request's Origin under `accepts`. */
export function checked(
  entries: readonly OriginEntry[],
  accepts: RequestTest,
  range: SourceRange,
  { library }: LibraryContext,
): Grant {
  const allowed = all([originPresent, accepts]);
  const headers = [allowOrigin({ kind: 'request-origin' }, allowed, range)];
  if (library.vary.checked !== 'never')
    headers.push(
      varyOrigin(
        library.vary.checked === 'always' ? always : library.vary.checked === 'accepted' ? accepts : allowed,
        range,
      ),
    );
  return { entries, headers, reach: always, allowed, accepted: accepts, facts: [] };
}

function readText(value: Text, context: LibraryContext): Grant {
  const { origin } = context.library;
  if (value.text === '') return byMeaning(origin.empty, value, context);
  if (value.text === '*' && origin.star !== 'compared') return byMeaning(origin.star, value, context);
  if (origin.starInText === 'any' && value.text.includes('*')) return byMeaning('any', value, context);
  if (origin.separator !== undefined && value.text.includes(origin.separator))
    return splitText(value, origin.separator, context);
  return byMeaning(origin.text, value, context);
}

/** One text that names several origins, where the library takes it apart. */
function splitText(value: Text, separator: string, context: LibraryContext): Grant {
  const parts = value.text.split(separator).map((part) => (context.library.origin.trims ? part.trim() : part));
  if (context.library.origin.starInList === 'any' && parts.includes('*'))
    return open({ range: value.range, kind: 'any', text: '*', accepts: always }, context);
  const entries = parts.map((part): OriginEntry => ({
    range: value.range,
    kind: 'text',
    text: part,
    accepts: originEquals(part, value.range),
    matching: 'exact',
  }));
  return checked(entries, some(entries.map(({ accepts }) => accepts)), value.range, context);
}

function severalOrigins(value: Text, { text, library }: LibraryContext): Fact[] {
  const members = value.text.split(/[\s,;]+/).filter((member) => member !== '');
  if (members.length < 2 || !members.every((member) => /^[a-z]+:\/\//i.test(member))) return [];
  return [
    {
      kind: 'multiple-origins',
      origins: members,
      range: value.range,
      ...(library.origin.list === 'members' && {
        toList: () => [{ range: value.range, newText: originList(members, text.quote) }],
      }),
    },
  ];
}

/** Edits of a single text, in forms that the library takes. */
function singleTextEdits(value: Text, { text, library: { origin } }: LibraryContext): EntryEdits {
  const { replaceByOrigins, replaceByPattern, ...edits } = textOrPatternEdits(value, text, false);
  return {
    ...edits,
    ...(origin.list === 'members' && { replaceByOrigins }),
    ...(origin.pattern === 'search' && { replaceByPattern }),
  };
}

/** A fixed text is sent to everybody, and only the origin that it spells can read. */
function sentText(value: Text, context: LibraryContext): Grant {
  const { range } = value;
  const entry: OriginEntry = {
    range,
    kind: 'text',
    text: value.text,
    accepts: originEquals(value.text, range),
    matching: 'sent-as-is',
    edits: singleTextEdits(value, context),
  };
  return {
    entries: [entry],
    headers: [
      allowOrigin({ kind: 'text', text: value.text }, always, range),
      ...(context.library.vary.sent ? [varyOrigin(always, range)] : []),
    ],
    reach: always,
    allowed: always,
    accepted: always,
    facts: severalOrigins(value, context),
  };
}

function comparedText(value: Text, context: LibraryContext): Grant {
  const entry: OriginEntry = {
    range: value.range,
    kind: 'text',
    text: value.text,
    accepts: originEquals(value.text, value.range),
    matching: 'exact',
    edits: singleTextEdits(value, context),
  };
  return { ...checked([entry], entry.accepts, value.range, context), facts: severalOrigins(value, context) };
}

function readList(value: List, context: LibraryContext): Grant {
  const { origin } = context.library;
  if (value.items.length === 0 && !value.open) return byMeaning(origin.emptyList, value, context);
  if (origin.list === 'fails') return byMeaning('fails', value, context);
  if (origin.list === 'lines') return listAsLines(value, context);
  const star = value.items.find((item): item is Text => item.kind === 'text' && item.text === '*');
  if (star && origin.starInList === 'any-alone' && value.items.length > 1) return byMeaning('fails', value, context);
  if (star && origin.starInList !== 'compared')
    return open(
      { range: star.range, kind: 'any', text: '*', accepts: always, edits: textEdits(star, context.text, true) },
      context,
    );
  if (origin.patternInList === 'fails' && value.items.some(({ kind }) => kind === 'pattern'))
    return byMeaning('fails', value, context);
  if (origin.singleInList === 'sent' && value.items.length === 1 && !value.open)
    return readSingle(value.items[0]!, context);
  const entries = value.items
    .flatMap((item) => {
      const wildcard = wildcardEntry(item, context);
      return wildcard ? [wildcard] : memberEntries(item, context.text);
    })
    .map((entry): OriginEntry => {
      if (entry.kind === 'text' && origin.patternInList !== 'search')
        return { ...entry, edits: { ...entry.edits, replaceByPattern: undefined } };
      return entry.kind === 'pattern' && origin.patternInList === 'nobody'
        ? { ...entry, kind: 'unknown' as const, accepts: never }
        : entry;
    });
  const accepts = entries.map((entry) => entry.accepts);
  const grant = checked(
    value.open ? [...entries, { range: value.range, kind: 'unknown', accepts: unknown() }] : entries,
    some(value.open ? [...accepts, unknown()] : accepts),
    value.range,
    context,
  );
  if (origin.unlisted === undefined) return grant;
  const others = not(grant.accepted);
  if (origin.unlisted === 'first') {
    const [first] = value.items;
    return first?.kind === 'text'
      ? {
          ...grant,
          headers: [...grant.headers, allowOrigin({ kind: 'text', text: first.text }, others, value.range)],
          allowed: always,
          accepted: always,
        }
      : unknownGrant(value.range);
  }
  const unlisted: OriginEntry = {
    range: value.range,
    kind: 'text',
    text: 'null',
    accepts: originEquals('null'),
    matching: 'sent-as-is',
    byDefault: true,
  };
  return {
    ...grant,
    entries: [...grant.entries, unlisted],
    headers: [...grant.headers, allowOrigin({ kind: 'text', text: 'null' }, others, value.range)],
    allowed: originPresent,
  };
}

/** The only member of a list, where the library sends it to everybody. */
function readSingle(item: Value, context: LibraryContext): Grant {
  if (item.kind === 'text') return sentText(item, context);
  if (item.kind === 'request' && item.input === 'origin') return reflected(item.range, context);
  return byMeaning(item.kind === 'pattern' || item.kind === 'boolean' ? 'sent' : 'unknown', item, context);
}

function wildcardEntry(item: Value, { library, text }: LibraryContext): OriginEntry | undefined {
  const pattern = item.kind === 'text' ? library.origin.wildcard?.(item.text) : undefined;
  if (item.kind !== 'text' || pattern === undefined) return undefined;
  return {
    range: item.range,
    kind: 'pattern',
    text: item.text,
    pattern,
    accepts: originMatches(pattern, item.range),
    matching: 'wildcard',
    edits: textEdits(item, text, true),
  };
}

/** Each member becomes a header line of its own: one works, several are refused by browsers. */
function listAsLines(value: List, context: LibraryContext): Grant {
  const { range } = value;
  const texts = value.items.filter((item): item is Text => item.kind === 'text');
  if (value.open || texts.length !== value.items.length) return unknownGrant(range);
  if (texts.length === 1) return readText(texts[0]!, context);
  const headers = texts.map((item): HeaderRule => ({
    name: 'access-control-allow-origin',
    operation: 'append',
    value: { kind: 'text', text: item.text },
    when: always,
    range: item.range,
  }));
  return {
    entries: texts.map((item) => ({
      range: item.range,
      kind: 'text',
      text: item.text,
      accepts: never,
      matching: 'sent-as-is',
    })),
    headers: [...headers, ...(context.library.vary.sent ? [varyOrigin(always, range)] : [])],
    reach: always,
    allowed: always,
    accepted: always,
    facts: [{ kind: 'multiple-origins', origins: texts.map((item) => item.text), range }],
  };
}

function readChoices(value: Value & { kind: 'one-of' }, context: LibraryContext): Grant {
  const grant = merged(
    value.choices.map((choice) => ({ when: choice.when, grant: readOrigin(choice.value, context) })),
  );
  const variable = variableThatOpens(value, (one) => isOpenGrant(readOrigin(one, context)));
  if (variable === undefined) return grant;
  return {
    ...grant,
    entries: grant.entries.map((entry) =>
      entry.kind === 'any' || entry.kind === 'reflect'
        ? { range: entry.range, kind: 'fallback', variable, accepts: entry.accepts }
        : entry,
    ),
  };
}

function isOpenGrant({ entries }: Grant): boolean {
  return entries.some(({ kind }) => kind === 'any' || kind === 'reflect');
}

function readEnvironment(
  fallback: Value | undefined,
  name: string,
  range: SourceRange,
  context: LibraryContext,
): Grant {
  const { origin } = context.library;
  const whenMissing =
    fallback === undefined
      ? byMeaning(origin.undefined ?? origin.nothing, undefined, context)
      : readOrigin(fallback, context);
  if (isOpenGrant(whenMissing))
    return unknownGrant(range, [{ range, kind: 'fallback', variable: name, accepts: unknown() }]);
  return merged([
    { when: isSet(name), grant: unknownGrant(range) },
    { when: always, grant: whenMissing },
  ]);
}

interface Answer {
  readonly when: RequestTest;
  readonly value: Value | undefined;
  readonly range: SourceRange;
  readonly refuses: boolean;
}

/** A function that decides for one origin: through its callback, or by what it returns. */
function readCallback(value: Value & { kind: 'function' }, context: LibraryContext): Grant {
  const contract = context.library.origin.callback!;
  if (value.function.async && contract.promise !== undefined)
    return contract.promise === 'yes'
      ? reflected(value.range, context)
      : byMeaning(contract.promise === 'no' ? 'nobody' : 'fails', value, context);
  const answers = context.evaluator.outcomes(value.function, contract.roles).flatMap((outcome): Answer[] => {
    const range = outcome.node?.range ?? value.range;
    if (outcome.kind === 'call' && contract.answers !== 'return') {
      const [error, answer] = outcome.values;
      const refuses = error !== undefined && error.kind !== 'nothing' && !(error.kind === 'boolean' && !error.value);
      // An error that other code hands over may be none; one that is made here is one.
      const mayBeNone =
        refuses && answer !== undefined && error.kind === 'unknown' && error.expression?.kind !== 'call';
      return [
        {
          when: mayBeNone ? all([outcome.when, unknown()]) : outcome.when,
          value: answer,
          range,
          refuses: refuses && !mayBeNone,
        },
      ];
    }
    return outcome.kind === 'return' && contract.answers !== 'callback'
      ? [{ when: outcome.when, value: outcome.values[0], range, refuses: false }]
      : [];
  });
  if (answers.length === 0) return unknownGrant(value.range);
  // A function that comes to its end returns undefined.
  if (contract.answers !== 'callback')
    answers.push({ when: always, value: undefined, range: value.range, refuses: false });
  const refusal = refusalOf(contract, value.range, context);
  const grants = answers.map((answer) => ({
    ...answer,
    grant: answer.refuses
      ? refusal
      : isUndefined(answer.value)
        ? unanswered(contract, answer.range, context)
        : readAnswer(answer.value, refusal, context),
  }));
  // Answers that say yes to whoever asks are one check, of which each compared origin is an entry.
  const yes = grants.filter(({ grant }) => grant.entries.length === 1 && grant.entries[0]!.kind === 'reflect');
  const check = all([originPresent, some(yes.map(({ when, grant }) => all([when, grant.allowed])))]);
  const others = grants.filter((one) => !yes.includes(one));
  const combined = merged(grants);
  return {
    ...combined,
    entries: [
      ...(yes.length > 0 ? entriesOfCheck(check, value.range, context.text) : []),
      ...others.flatMap(({ when, grant }) =>
        grant.entries.map((entry) => ({ ...entry, accepts: all([when, entry.accepts]) })),
      ),
    ],
  };
}

function readAnswer(value: Value, refusal: Grant, context: LibraryContext): Grant {
  const { as, refusal: refuses } = context.library.origin.callback!;
  if (refuses === 'option') return readOrigin(value, context);
  const falsy =
    value.kind === 'nothing' ||
    (value.kind === 'boolean' && !value.value) ||
    (value.kind === 'text' && value.text === '');
  if (value.kind === 'one-of')
    return merged(
      value.choices.map((choice) => ({ when: choice.when, grant: readAnswer(choice.value, refusal, context) })),
    );
  if (value.kind === 'predicate' && as !== 'header')
    return merged([
      { when: value.test, grant: reflected(value.range, context) },
      { when: always, grant: refusal },
    ]);
  if (as === 'literal') return readLiteral(value, refusal, context);
  if (falsy) return refusal;
  if (as === 'option') return readOrigin(value, context);
  if (as === 'truthy')
    return value.kind === 'unknown' || value.kind === 'environment'
      ? unknownGrant(value.range)
      : reflected(value.range, context);
  if (as === 'exactly-true')
    return value.kind === 'boolean'
      ? reflected(value.range, context)
      : value.kind === 'unknown'
        ? unknownGrant(value.range)
        : refusal;
  if (value.kind === 'text') return value.text === '*' ? byMeaning('any', value, context) : sentText(value, context);
  // Without an Origin the function returns an empty text, or nothing.
  if (value.kind === 'request' && value.input === 'origin')
    return merged([
      { when: originPresent, grant: reflected(value.range, context) },
      { when: always, grant: refusal },
    ]);
  if (value.kind === 'boolean' || value.kind === 'number') return byMeaning('sent', value, context);
  return unknownGrant(value.range);
}
