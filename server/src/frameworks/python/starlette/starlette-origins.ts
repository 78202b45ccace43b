/** Whom Starlette's `allow_origins` and `allow_origin_regex` let in. */
import { severalOrigins } from '../../../models/libraries/several-origins.ts';
import type { Edit, SourceRange } from '../../../syntax/range.ts';
import type { EntryEdits, Fact, OriginEntry } from '../../../policy/policy.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { all, always, never, not, originMatches, some, unknown } from '../../../policy/request-test.ts';
import type { Text, Value } from '../../../values/value.ts';
import { isSet } from '../../../values/circumstances.ts';
import { isOpenValue, variableThatOpens } from '../../../models/libraries/open-fallbacks.ts';
import { memberEntry } from '../../../models/libraries/origin-entries.ts';
import type { ProgramText } from '../../../models/libraries/origin-entries.ts';
import { originList } from '../../../edits/program-edits.ts';

export interface OriginGrant {
  readonly entries: readonly OriginEntry[];
  /** Everybody gets in through `*`: the middleware then has no list to compare with. */
  readonly everybody: RequestTest;
  readonly accepts: RequestTest;
  readonly facts: readonly Fact[];
  /** Why the middleware cannot be made with this value. */
  readonly refusal?: string;
}

export const noGrant: OriginGrant = { entries: [], everybody: never, accepts: never, facts: [] };

export function unknownGrant(range: SourceRange): OriginGrant {
  return {
    entries: [{ range, kind: 'unknown', accepts: unknown() }],
    everybody: unknown(),
    accepts: unknown(),
    facts: [],
  };
}

/**
 * `allow_origins`: Python asks `"*" in value` and `origin in value`, for a list as for a text. `given` is where the option's
 * own expression stands.
 */
export function readOrigins(value: Value, text: ProgramText, given: SourceRange | undefined): OriginGrant {
  switch (value.kind) {
    case 'list': {
      const members = value.items.map((item) => readMember(item, text));
      // Members that are not listed here may be `*` as well.
      return together(value.open ? [...members, unknownGrant(value.range)] : members);
    }
    case 'text':
      return value.text.includes('*')
        ? open({ range: value.range, kind: 'any', text: value.text, accepts: always })
        : withinText(value, text, given);
    case 'one-of': {
      const grant = chosen(value.choices, (choice) => readOrigins(choice, text, undefined));
      const variable = variableThatOpens(value, isOpenValue);
      return variable === undefined
        ? grant
        : {
            // What is told is the fallback; who gets in besides is what the variable says.
            ...unknownGrant(value.range),
            facts: grant.facts,
            entries: grant.entries.map((entry) =>
              entry.kind === 'any' ? { range: entry.range, kind: 'fallback', variable, accepts: entry.accepts } : entry,
            ),
          };
    }
    case 'environment':
      return fromEnvironment(value, (fallback) => readOrigins(fallback, text, undefined));
    case 'nothing':
      return { ...noGrant, refusal: 'allow_origins is None, and CORSMiddleware looks for "*" in it.' };
    case 'boolean':
    case 'number':
      return { ...noGrant, refusal: `allow_origins is a ${value.kind}, and CORSMiddleware looks for "*" in it.` };
    default:
      return unknownGrant(value.range);
  }
}

function readMember(item: Value, text: ProgramText): OriginGrant {
  switch (item.kind) {
    case 'text': {
      if (item.text === '*') return open({ range: item.range, kind: 'any', text: '*', accepts: always });
      // What is left of `"".split(",")`: no page has an empty origin.
      if (item.text === '') return noGrant;
      const entry: OriginEntry = { ...memberEntry(item, text), edits: memberEdits(item, text) };
      return {
        entries: [entry],
        everybody: never,
        accepts: entry.accepts,
        facts: severalOrigins(item, text, 'Starlette'),
      };
    }
    case 'one-of':
      return chosen(item.choices, (choice) => readMember(choice, text));
    case 'environment':
      return fromEnvironment(item, (fallback) => readMember(fallback, text));
    case 'nothing':
    case 'boolean':
    case 'number':
      return noGrant;
    // `f"https://{host}"` is not known, but surely is not `*`.
    case 'concatenation':
      return item.parts.some((part) => part.kind === 'text' && /[^*]/.test(part.text))
        ? { ...unknownGrant(item.range), everybody: never }
        : unknownGrant(item.range);
    default:
      return unknownGrant(item.range);
  }
}

/** A pattern has to match the whole origin, whatever anchors it has. */
export function readOriginPattern(value: Value, text: ProgramText): OriginGrant {
  switch (value.kind) {
    case 'nothing':
      return noGrant;
    case 'one-of':
      return chosen(value.choices, (choice) => readOriginPattern(choice, text));
    case 'environment':
      return fromEnvironment(value, (fallback) => readOriginPattern(fallback, text));
    case 'text':
    case 'pattern': {
      const pattern =
        value.kind === 'text'
          ? ({ source: value.text, flags: '', dialect: 'python', mode: 'full' } as const)
          : ({ ...value.pattern, mode: 'full' } as const);
      const place = value.kind === 'text' ? value.contentRange : value.sourceRange;
      const accepts = originMatches(pattern, place ?? value.range);
      const edits: EntryEdits =
        place === undefined ? {} : { replacePattern: (source) => replacePattern(source, place, text) };
      return {
        entries: [
          { range: value.range, kind: 'pattern', text: pattern.source, pattern, accepts, matching: 'regex', edits },
        ],
        everybody: never,
        accepts,
        facts: [],
      };
    }
    default:
      return { ...unknownGrant(value.range), everybody: never };
  }
}

export function together(grants: readonly OriginGrant[]): OriginGrant {
  return {
    entries: grants.flatMap(({ entries }) => entries),
    everybody: some(grants.map(({ everybody }) => everybody)),
    accepts: some(grants.map(({ accepts }) => accepts)),
    facts: grants.flatMap(({ facts }) => facts),
    refusal: grants.find(({ refusal }) => refusal !== undefined)?.refusal,
  };
}

function open(entry: OriginEntry): OriginGrant {
  return { entries: [entry], everybody: always, accepts: always, facts: [] };
}

/** The first choice whose condition holds. */
function chosen(
  choices: readonly { readonly when: RequestTest; readonly value: Value }[],
  read: (value: Value) => OriginGrant,
): OriginGrant {
  const before: RequestTest[] = [];
  return together(
    choices.map(({ when, value }) => {
      const here = all([...before.map(not), when]);
      before.push(when);
      // What only one of several choices refuses may never come to pass.
      return { ...under(here, read(value)), refusal: undefined };
    }),
  );
}

/** The grant where the condition holds. */
export function under(when: RequestTest, grant: OriginGrant): OriginGrant {
  return {
    ...grant,
    entries: grant.entries.map((entry) => ({ ...entry, accepts: all([when, entry.accepts]) })),
    everybody: all([when, grant.everybody]),
    accepts: all([when, grant.accepts]),
  };
}

/** What is set there is not known; without it the fallback counts. */
function fromEnvironment(value: Value & { kind: 'environment' }, read: (fallback: Value) => OriginGrant): OriginGrant {
  const known = value.fallback === undefined ? noGrant : read(value.fallback);
  if (known.everybody.kind === 'always')
    return {
      ...unknownGrant(value.range),
      entries: [{ range: value.range, kind: 'fallback', variable: value.name, accepts: unknown() }],
    };
  return {
    ...together([under(isSet(value.name), unknownGrant(value.range)), under(not(isSet(value.name)), known)]),
    refusal: undefined,
  };
}

/** Python finds every part of a text in it: `"https://app.example.co" in "https://app.example.com"` holds. */
function withinText(value: Text, text: ProgramText, given: SourceRange | undefined): OriginGrant {
  const test = {
    kind: 'origin',
    part: 'origin',
    operator: 'within',
    text: value.text,
    ignoreCase: false,
    range: value.range,
    textRange: value.range,
  } as const;
  // A name may stand for the same text elsewhere too, where a list would be wrong: the list is made where the name is given.
  const edits: EntryEdits =
    given === undefined
      ? {}
      : {
          replaceTest: (_, names, placeholder) => {
            const name = text.textOf(given)?.slice(given.start, given.end);
            const isName = name !== undefined && /^[A-Za-z_][\w.]*$/.test(name);
            return [
              {
                range: given,
                newText:
                  isName && names.length === 1 && names[0] === value.text ? `[${name}]` : originList(names, text.quote),
                placeholder,
              },
            ];
          },
        };
  return {
    entries: [{ range: value.range, kind: 'predicate', accepts: test, tests: [test], edits }],
    everybody: never,
    accepts: test,
    facts: [],
  };
}

/** A member that is one literal is edited as such; a part of a longer literal (`"a,b".split(",")`) only where it is found once. */
function memberEdits(item: Text, text: ProgramText): EntryEdits | undefined {
  const written = memberEntry(item, text).edits;
  if (item.contentRange !== undefined) return { ...written, replaceByPattern: undefined };
  const source = text.textOf(item.range)?.slice(item.range.start, item.range.end);
  const at = source?.indexOf(item.text) ?? -1;
  if (source === undefined || at === -1 || item.text === '' || source.includes(item.text, at + 1)) return undefined;
  const start = item.range.start + at;
  return {
    replaceText: (replacement) => [
      { range: { ...item.range, start, end: start + item.text.length }, newText: replacement },
    ],
  };
}

/** A raw literal takes the source as it is, any other doubles its backslashes. */
function replacePattern(source: string, place: SourceRange, text: ProgramText): Edit[] {
  const before = text.textOf(place)?.slice(Math.max(0, place.start - 5), place.start);
  if (before === undefined) return [];
  const isRaw = /\b(?:r|br|rb|fr|rf|ur)["']{1,3}$/i.test(before);
  return [{ range: place, newText: isRaw ? source : source.replaceAll('\\', '\\\\') }];
}
