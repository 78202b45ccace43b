/** Who gets in by all that is written: a list, functions in its place or beside it, a switch that lets everybody in. */
import { all, always, some } from '../../policy/request-test.ts';
import type { ParameterRole } from '../../values/evaluator.ts';
import type { Value } from '../../values/value.ts';
import type { OpeningSwitch } from './cors-library.ts';
import type { Grant } from './grants.ts';
import { checked, nothingSent, openBut, openToAll, unknownGrant } from './grants.ts';
import type { LibraryContext } from './library-context.ts';
import { readOrigin } from './library-origins.ts';
import type { LibrarySettings } from './library-settings.ts';
import { merged } from './merged-grants.ts';

/** What these options grant. */
export function grantOf(settings: LibrarySettings, context: LibraryContext): Grant {
  const { opening } = settings;
  const { openedBy } = context.library.origin;
  if (opening === undefined || openedBy === undefined) return unopenedGrant(settings, context);
  const { value } = opening;
  switch (value.kind) {
    case 'boolean':
      return value.value ? openedGrant(settings, openedBy, context) : unopenedGrant(settings, context);
    case 'predicate':
      return merged([
        { when: value.test, grant: openedGrant(settings, openedBy, context) },
        { when: always, grant: unopenedGrant(settings, context) },
      ]);
    default:
      return unknownGrant(value.range);
  }
}

function openedGrant(
  { opening, origin, besideList, check }: LibrarySettings,
  { conflict }: OpeningSwitch,
  context: LibraryContext,
): Grant {
  const { range } = opening!.value;
  const isListed = origin?.value.kind === 'list' && origin.value.items.length > 0;
  if (conflict !== undefined && (isListed || besideList.length > 0 || check !== undefined))
    return { ...nothingSent, fails: conflict };
  // A list that may hold nothing may be no conflict.
  const mayBeListed = conflict !== undefined && origin !== undefined && origin.value.kind !== 'nothing';
  if (mayBeListed && !(origin.value.kind === 'list' && !origin.value.open)) return unknownGrant(range);
  return openToAll({ range, kind: 'any', accepts: always }, context);
}

function unopenedGrant(settings: LibrarySettings, context: LibraryContext): Grant {
  const { origin, opaque, besideList, patterns } = settings;
  if (origin === undefined && opaque) return unknownGrant(context.place.range);
  if (patterns) return either([listGrant(settings, context), readOrigin(patterns.value, ofPatterns(context))], context);
  if (besideList.length === 0) return listGrant(settings, context);
  const isListed = origin !== undefined && !isEmpty(origin.value);
  const grants = besideList.map((one) => readOrigin(one.entry.value, withRoles(context, one.check.roles)));
  if (!isListed && context.library.origin.checksBesideList === 'missing-too')
    return openBut(
      readOrigin(undefined, context),
      grants.flatMap(({ entries }) => entries),
      context.place.range,
      some(grants.map((grant) => grant.accepted)),
    );
  return either(isListed ? [readOrigin(origin.value, context), ...grants] : grants, context);
}

function isEmpty(value: Value): boolean {
  return value.kind === 'list' ? value.items.length === 0 && !value.open : value.kind === 'text' && value.text === '';
}

/** Who gets in by the list, or by what decides in its place. */
function listGrant({ origin, check }: LibrarySettings, context: LibraryContext): Grant {
  const isPatterns = origin !== undefined && origin.key === context.library.origin.patterns?.option;
  return readOrigin(
    origin?.value,
    check ? withRoles(context, check.roles) : isPatterns ? ofPatterns(context) : context,
  );
}

/** The option of patterns has meanings of its own. */
function ofPatterns(context: LibraryContext): LibraryContext {
  const { library } = context;
  return { ...context, library: { ...library, origin: { ...library.origin, ...library.origin.patterns?.means } } };
}

/** Whoever one of them lets in. */
function either(grants: readonly Grant[], context: LibraryContext): Grant {
  const entries = grants.flatMap((grant) => grant.entries);
  const failed = grants.find(({ fails }) => fails !== undefined);
  const open = grants.find((grant) => grant.entries.some(({ kind, accepts }) => kind === 'any' && accepts === always));
  if (failed ?? open) return { ...(failed ?? open)!, entries };
  const accepts = some(grants.map(({ reach, accepted }) => all([reach, accepted])));
  const grant = checked(entries, accepts, context.place.range, context);
  return { ...grant, facts: grants.flatMap(({ facts }) => facts) };
}

/** The function of an option of its own is handed what that option says. */
function withRoles(context: LibraryContext, roles: readonly ParameterRole[]): LibraryContext {
  const { library } = context;
  const { callback } = library.origin;
  return callback
    ? { ...context, library: { ...library, origin: { ...library.origin, callback: { ...callback, roles } } } }
    : context;
}
