/** What an origin option amounts to where a condition chooses between several. */
import type { RequestTest } from '../../policy/request-test.ts';
import { all, always, not, some } from '../../policy/request-test.ts';
import type { Grant } from './grants.ts';

/** The first choice whose condition holds; conditions that the text does not decide leave the header open. */
export function merged(choices: readonly { readonly when: RequestTest; readonly grant: Grant }[]): Grant {
  // What none of the earlier ones met is one condition that grows, and not one of its own for each choice.
  let rest: RequestTest = always;
  const parts = choices.map(({ when, grant }) => {
    const here = all([rest, when]);
    rest = all([rest, not(when)]);
    return { here, grant };
  });
  const fails =
    parts.length > 0 && parts.every(({ grant }) => grant.fails !== undefined) ? parts[0]!.grant.fails : undefined;
  const errors = parts.flatMap(({ here, grant }) => (grant.errors ? [all([here, grant.errors])] : []));
  return {
    ...(errors.length > 0 && { errors: some(errors) }),
    entries: parts.flatMap(({ here, grant }) =>
      grant.entries.map((entry) => ({ ...entry, accepts: all([here, entry.accepts]) })),
    ),
    headers: parts.flatMap(({ here, grant }) =>
      grant.headers.map((rule) => ({ ...rule, when: all([here, rule.when]) })),
    ),
    reach: some(parts.map(({ here, grant }) => all([here, grant.reach]))),
    allowed: some(parts.map(({ here, grant }) => all([here, grant.allowed]))),
    accepted: some(parts.map(({ here, grant }) => all([here, grant.accepted]))),
    facts: parts.flatMap(({ grant }) => grant.facts),
    ...(fails !== undefined && { fails }),
  };
}
