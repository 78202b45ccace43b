/** The statuses of a library's answers. */
import type { StatusRule } from '../../policy/policy.ts';
import { all, never, not, originPresent } from '../../policy/request-test.ts';
import type { Value } from '../../values/value.ts';
import type { LibraryAnswer } from './library-headers.ts';
import { optionsMethod } from './library-audience.ts';

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
  // What the library passes on is answered by the application.
  const passedOn: StatusRule = { when: all([heard, optionsMethod]), status: null };
  const continues = continueOption === undefined ? undefined : settings.entry([continueOption])?.value;
  return (continues?.kind === 'boolean' && continues.value) || audience.preflight === never
    ? [...failed, passedOn]
    : [...failed, ...answeredPreflights(answer), ...answeredOptions(answer), passedOn];
}

function answeredPreflights({ library, settings, grant, audience }: LibraryAnswer): StatusRule[] {
  const { preflight } = library;
  const { statusOption } = preflight;
  const success = statusOption === undefined ? undefined : settings.entry([statusOption])?.value;
  const asked = all([audience.heard, grant.reach, audience.preflight]);
  const isDefault = success === undefined || (preflight.falsyStatusIsDefault === true && isFalsy(success));
  const status = isDefault ? preflight.status : success.kind === 'number' ? success.value : null;
  return preflight.refused === undefined
    ? [{ when: asked, status }]
    : [
        { when: all([asked, grant.allowed]), status },
        { when: asked, status: preflight.refused },
      ];
}

/** Of OPTIONS requests that are no preflights. */
function answeredOptions({ library: { preflight }, grant, audience }: LibraryAnswer): StatusRule[] {
  return typeof preflight.otherOptions === 'number' && audience.preflight !== optionsMethod
    ? [{ when: all([audience.heard, grant.reach, optionsMethod]), status: preflight.otherOptions }]
    : [];
}

function isFalsy(value: Value): boolean {
  return (
    value.kind === 'nothing' ||
    (value.kind === 'number' && value.value === 0) ||
    (value.kind === 'boolean' && !value.value) ||
    (value.kind === 'text' && value.text === '')
  );
}
