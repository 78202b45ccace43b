/** A policy from a library's table, for a middleware that is mounted as in Express. */
import type { Call, Program } from '../../syntax/programs/program.ts';
import type { Policy } from '../../policy/policy.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { argumentPlace, libraryPolicy } from '../../models/libraries/library-policy.ts';
import type { LibrarySite } from '../../models/libraries/library-policy.ts';
import { mountFacts, mountOf, mountedWhen } from './express-mounts.ts';

/** The policy of the options, with the path under which they count, and what their place makes impossible. */
export function mountedPolicy(
  library: CorsLibrary,
  call: Call,
  site: Omit<LibrarySite, 'scope'>,
  program: Program,
  context: ProgramContext,
): Policy {
  const mount = mountOf(call, program, context.evaluator);
  const policy = libraryPolicy(
    library,
    argumentPlace(call, 0, context),
    { ...site, scope: mount.scope },
    program,
    context,
    mountedWhen(mount, call, context.evaluator),
  );
  return { ...policy, facts: [...policy.facts, ...mountFacts(mount, call, program, context.evaluator)] };
}
