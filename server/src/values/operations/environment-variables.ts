/** What an operation makes of an environment variable: it is done to the fallback, and what the variable holds stays open. */
import { unknown } from '../../policy/request-test.ts';
import { ofFallback } from '../circumstances.ts';
import { originSubject, toPublic, truth } from '../inner-value.ts';
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
    const whenSet = first && originSubject(first) ? unknown() : unknown('independent');
    return {
      kind: 'predicate',
      test: ofFallback(receiver, () => (asked ? truth(asked, use.language.falsy) : unknown()), whenSet),
      ...use.here,
    };
  };
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
