/** The statuses of a library's answers. */
import type { StatusRule } from '../../policy/policy.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { all, always, never, not, optionsMethod, originPresent } from '../../policy/request-test.ts';
import { decide } from '../../policy/decide.ts';
import type { Value } from '../../values/value.ts';
import type { LibraryAnswer } from './library-headers.ts';

/** Of a page, and of no other header. */
const options = { origin: 'https://page.example', method: 'OPTIONS', cookie: false } as const;

/** The first that fits counts; null where the application behind answers. */
export function libraryStatuses(answer: LibraryAnswer): StatusRule[] {
  const { library, settings, grant, audience } = answer;
  const { heard } = audience;
  const { continueOption } = library.preflight;
  const { unlistedFails } = library.origin;
  const errors = unlistedFails ? all([originPresent, not(grant.allowed)]) : grant.errors;
  const failed: StatusRule[] = [
    ...(answer.failing === never ? [] : [{ when: answer.failing, status: 500 }]),
    ...(errors
      ? [{ when: all([heard, errors]), status: typeof unlistedFails === 'number' ? unlistedFails : 500 }]
      : []),
  ];
  // What the library passes on, or is not asked for, is answered by the application.
  const isHeard = decide(heard, options) !== false;
  const passedOn: StatusRule = { when: isHeard ? all([heard, optionsMethod]) : optionsMethod, status: null };
  const continues = continueOption === undefined ? undefined : settings.entry([continueOption])?.value;
  return (continues?.kind === 'boolean' && continues.value) || audience.preflight === never
    ? [...failed, passedOn]
    : [...failed, ...answeredPreflights(answer), ...answeredOptions(answer), passedOn];
}

function answeredPreflights({ library, settings, grant, audience }: LibraryAnswer): StatusRule[] {
  const { preflight } = library;
  const { statusOption } = preflight;
  const success = statusOption === undefined ? undefined : settings.entry([statusOption])?.value;
  const refuses = preflight.onlyListed?.refuses === true;
  const asked = all([audience.heard, grant.reach, audience.preflight, refuses ? ofPage(library) : always]);
  const isDefault = success === undefined || (preflight.falsyStatusIsDefault === true && isFalsy(success));
  const status = isDefault ? preflight.status : success.kind === 'number' ? success.value : null;
  return preflight.refused === undefined
    ? [{ when: asked, status }]
    : [
        { when: all([asked, grant.allowed, refuses ? audience.asksForAllowed : always]), status },
        { when: asked, status: preflight.refused },
      ];
}

/** Of OPTIONS requests that are no preflights. */
function answeredOptions({ library, grant, audience }: LibraryAnswer): StatusRule[] {
  const { otherOptions, refused = null } = library.preflight;
  const isAnswered = typeof otherOptions === 'number' || otherOptions === 'refused';
  if (!isAnswered || audience.preflight === optionsMethod) return [];
  const other = all([audience.heard, grant.reach, optionsMethod]);
  return typeof otherOptions === 'number'
    ? [{ when: other, status: otherOptions }]
    : [{ when: all([other, ofPage(library)]), status: refused }];
}

/** What the library looks at: without an Origin some pass a request on. */
function ofPage({ needsOrigin }: LibraryAnswer['library']): RequestTest {
  return needsOrigin === false ? always : originPresent;
}

function isFalsy(value: Value): boolean {
  return (
    value.kind === 'nothing' ||
    (value.kind === 'number' && value.value === 0) ||
    (value.kind === 'boolean' && !value.value) ||
    (value.kind === 'text' && value.text === '')
  );
}
