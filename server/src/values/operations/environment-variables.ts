/** What an operation makes of an environment variable: it is done to the fallback, and what the variable holds stays open. */
import type { RequestTest } from '../../policy/request-test.ts';
import { unknown } from '../../policy/request-test.ts';
import { ofFallback } from '../circumstances.ts';
import { isFreeOfOrigin } from '../influence.ts';
import { distribute, toPublic, truth } from '../inner-value.ts';
import type { Inner } from '../inner-value.ts';
import type { Operation } from '../languages/value-language.ts';
import type { At } from '../session.ts';
import type { Environment } from '../value.ts';

/** A test: what it says of the fallback counts where the variable is not set. */
export function testing(operation: Operation): Operation {
  return (receiver, values, use) => {
    if (receiver.kind !== 'environment') return operation(receiver, values, use);
    const [first] = values;
    const { fallback } = receiver;
    const asked = fallback && operation(fallback, values, use);
    const whenSet = first === undefined ? unknown('independent') : distribute(first, ofWhatIsSet);
    return {
      kind: 'predicate',
      test: ofFallback(receiver, () => (asked ? truth(asked, use.language.falsy) : unknown()), whenSet),
      ...use.here,
    };
  };
}

/** What a variable holds is a circumstance, unless it is compared with what may tell who asks: `variable.includes(origin || '')`. */
function ofWhatIsSet(compared: Inner): RequestTest {
  return isFreeOfOrigin(compared) ? unknown('independent') : unknown();
}

/** A change: the variable stays one, with its fallback changed; what cannot be done to the fallback leaves it unknown. */
export function changing(operation: Operation): Operation {
  return (receiver, values, use) => {
    if (receiver.kind !== 'environment') return operation(receiver, values, use);
    const { fallback, ...rest } = receiver;
    const changed = fallback && operation(fallback, values, use);
    return changed ? { ...rest, fallback: toPublic(changed) } : rest;
  };
}

/** A setting within a section of settings. */
export function partOfSetting(section: Environment, name: string, separator: string, here: At): Inner {
  return { kind: 'environment', name: `${section.name}${separator}${name}`, ...here };
}
