/** Who gets in by an origin option, by the library's own meaning of its value. */
import { all, always, originPresent, unknown } from '../../policy/request-test.ts';
import { isSet } from '../../values/circumstances.ts';
import type { List, Value } from '../../values/value.ts';
import type { Grant } from './grants.ts';
import { checked, isOpenGrant, reflected, unknownGrant } from './grants.ts';
import type { LibraryContext } from './library-context.ts';
import { merged } from './merged-grants.ts';
import { asksFor, variableThatOpens } from './open-fallbacks.ts';
import { readCallback } from './origin-callbacks.ts';
import { entriesOfCheck } from './origin-entries.ts';
import { asApplied, readList, readText } from './origin-lists.ts';
import { byMeaning } from './origin-meanings.ts';

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
      return byMeaning(origin.pattern, asApplied(value, context), context);
    case 'list': {
      const chosen = listsOfChoices(value, context);
      return chosen === undefined ? readList(value, context) : withoutEdits(readOrigin(chosen, context));
    }
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
      return readEnvironment(value, context);
    case 'one-of':
      return readChoices(value, context);
    case 'function':
      return origin.callback
        ? readCallback(value, context, (answer) => readOrigin(answer, context))
        : unknownGrant(value.range);
    default:
      return unknownGrant(value.range);
  }
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

type Choices = Value & { kind: 'one-of' };

/**
 * A list of which one member is chosen, as a choice of lists, where one of them lets everybody in: `[]string{origin}` after
 * `if origin == "" { origin = "*" }`. Undefined where no choice does.
 */
function listsOfChoices(list: List, { library: { origin } }: LibraryContext): Value | undefined {
  if (origin.starInList === 'compared') return undefined;
  const chosen = list.items.find((item) => mayBeStar(item));
  const having = (item: Value): List => ({ ...list, items: list.items.map((one) => (one === chosen ? item : one)) });
  if (chosen?.kind === 'one-of')
    return { ...chosen, choices: chosen.choices.map(({ when, value }) => ({ when, value: having(value) })) };
  return chosen?.kind === 'environment' && chosen.fallback
    ? { ...chosen, fallback: having(chosen.fallback) }
    : undefined;
}

function mayBeStar(item: Value): boolean {
  const values =
    item.kind === 'one-of'
      ? item.choices.map(({ value }) => value)
      : item.kind === 'environment'
        ? [item.fallback]
        : [];
  return values.some((value) => value && ((value.kind === 'text' && value.text === '*') || mayBeStar(value)));
}

/** What is chosen stands somewhere else than in the list. */
function withoutEdits(grant: Grant): Grant {
  return { ...grant, entries: grant.entries.map((entry) => ({ ...entry, edits: undefined })) };
}

const openingVariables = new WeakMap<LibraryContext, Map<Choices, string | undefined>>();

/** The variable of `variableThatOpens`. Choices of choices are asked for it at each step outwards. */
function openingVariable(value: Choices, context: LibraryContext): string | undefined {
  const known = openingVariables.get(context) ?? new Map<Choices, string | undefined>();
  openingVariables.set(context, known);
  if (!known.has(value))
    known.set(
      value,
      variableThatOpens(value, (one) => isOpen(one, context)),
    );
  return known.get(value);
}

/** Whether what the value grants is open, said without putting the grants of choices together. */
function isOpen(value: Value, context: LibraryContext): boolean {
  // One that is open without its variable is a fallback (`readEnvironment`).
  if (value.kind === 'environment') return false;
  if (value.kind !== 'one-of') return isOpenGrant(readOrigin(value, context));
  return openingVariable(value, context) === undefined && value.choices.some((choice) => isOpen(choice.value, context));
}

/** `a ? x : b ? y : z` in one row, where none of its choices is one that a variable opens. */
function inOneRow(value: Choices, context: LibraryContext): Choices['choices'] {
  const row = [...value.choices];
  for (let last = row.at(-1)!; last.value.kind === 'one-of' && last.when.kind === 'always'; last = row.at(-1)!) {
    if (openingVariable(last.value, context) !== undefined) break;
    row.splice(-1, 1, ...last.value.choices);
  }
  return row;
}

function readChoices(value: Choices, context: LibraryContext): Grant {
  const grant = merged(
    inOneRow(value, context).map((choice) => ({ when: choice.when, grant: readChoice(choice, context) })),
  );
  const variable = openingVariable(value, context);
  if (variable === undefined) return grant;
  if (context.text.demands(variable)) return unknownGrant(value.range);
  return {
    ...grant,
    entries: grant.entries.map((entry) =>
      entry.kind === 'any' || entry.kind === 'reflect'
        ? { range: entry.range, kind: 'fallback', variable, accepts: entry.accepts }
        : entry,
    ),
  };
}

/** A variable is set where it was asked for before it is taken. */
function readChoice({ when, value }: Choices['choices'][number], context: LibraryContext): Grant {
  return value.kind === 'environment' && value.fallback === undefined && asksFor(value.name, when)
    ? unknownGrant(value.range)
    : readOrigin(value, context);
}

/** `process.env.ORIGINS.split(',')`: what is not there cannot be split, so that the program stops. `?.` and `&.` leave it out. */
function failsWhenMissing({ split, expression }: Value & { kind: 'environment' }): boolean {
  return split === true && expression !== undefined && !/[?&]\./.test(expression.text);
}

function readEnvironment(value: Value & { kind: 'environment' }, context: LibraryContext): Grant {
  const { fallback, name, range, split, argument } = value;
  const { origin } = context.library;
  const missing = failsWhenMissing(value) ? 'off' : (origin.undefined ?? origin.nothing);
  const whenMissing =
    fallback !== undefined
      ? readOrigin(fallback, context)
      : missing === 'unknown'
        ? unknownGrant(range)
        : byMeaning(missing, undefined, context);
  if (isOpenGrant(whenMissing))
    return context.text.demands(name)
      ? unknownGrant(range)
      : unknownGrant(range, [{ range, kind: 'fallback', variable: name, argument, accepts: unknown() }]);
  // A variable that is set is a text, unless the program splits it into a list.
  const failsAsText =
    split !== true && origin.text === 'fails' && origin.star !== 'any' && origin.separator === undefined;
  return merged([
    { when: isSet(name), grant: failsAsText ? byMeaning('fails', undefined, context) : unknownGrant(range) },
    { when: always, grant: whenMissing },
  ]);
}
