/** Options of a middleware that is mounted as in Express. */
import type { OptionsFinder } from '../../models/libraries/define-cors-library.ts';
import type { ImportedFunction } from '../../models/libraries/imported-calls.ts';
import { middlewareArgument } from '../../models/libraries/option-finders.ts';
import { mountFacts, mountOf, mountedWhen } from './express-mounts.ts';

/** The argument of the function, with the path under which it counts, and what its place makes impossible. */
export function mountedArgument(imported: ImportedFunction): OptionsFinder {
  return (program, context) => {
    const { evaluator } = context;
    const { options, facts } = middlewareArgument(imported)(program, context);
    return {
      facts,
      options: options.map(({ call, place }) => {
        const mount = mountOf(call, program, evaluator);
        return {
          call,
          place,
          scope: mount.scope,
          reach: mountedWhen(mount, call, evaluator),
          facts: mountFacts(mount, call, program, evaluator),
        };
      }),
    };
  };
}
