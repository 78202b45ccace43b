/** Who gets in by an origin option, by the library's own meaning of its value. */
import type { SourceRange } from '../../syntax/range.ts';
import { all, always, originPresent, unknown } from '../../policy/request-test.ts';
import { isSet } from '../../values/circumstances.ts';
import type { Value } from '../../values/value.ts';
import type { Grant } from './grants.ts';
import { checked, isOpenGrant, reflected, unknownGrant } from './grants.ts';
import type { LibraryContext } from './library-context.ts';
import { merged } from './merged-grants.ts';
import { variableThatOpens } from './open-fallbacks.ts';
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
