/** Two layers that set the same header for one response: a proxy that adds it, and the application behind it. */
import { answer } from '../policy/answer.ts';
import type { Fact, Policy } from '../policy/policy.ts';
import type { FrameworkContext } from '../models/framework.ts';
import type { SourceRange } from '../syntax/range.ts';
import { programOfService } from './compose-services.ts';

const header = 'access-control-allow-origin';

/**
 * The facts of a proxy's policies. `policiesOf` reads another file, by absolute path; undefined while it has not been read. Certain
 * only where an origin is found to which both layers send the header, on every route of the application.
 */
export function layerFacts(
  policies: readonly Policy[],
  context: FrameworkContext,
  policiesOf: (path: string) => readonly Policy[] | undefined,
): Fact[] {
  return policies.flatMap((proxy): Fact[] => {
    const { forwards } = proxy;
    const added = forwards?.added ?? appended(proxy);
    if (forwards === undefined || added === undefined) return [];
    const path = programOfService(forwards.host, context);
    const behind = path === undefined ? undefined : policiesOf(path);
    const other = behind?.find(
      (policy) => /^every (route|response)\b/.test(policy.scope) && sharedOrigin(proxy, policy) !== undefined,
    );
    if (other === undefined) return [];
    return [
      {
        kind: 'duplicate-header',
        header: 'Access-Control-Allow-Origin',
        range: added,
        other: { ...other.range, path: other.range.path ?? path! },
        why: `here, and by ${other.title} in the application that answers as "${forwards.host}"`,
        ...(forwards.hide && { fix: forwards.hide }),
      },
    ];
  });
}

function appended({ headers }: Policy): SourceRange | undefined {
  return headers.find(({ name, operation }) => name === header && operation === 'append')?.range;
}

/** An origin for which both certainly send the header on an ordinary answer. */
function sharedOrigin(proxy: Policy, application: Policy): string | undefined {
  const named = [proxy, application].flatMap(({ settings }) =>
    settings.origins.value.flatMap(({ text }) => (text === undefined ? [] : [text])),
  );
  return [...named, 'https://app.example.com'].find(
    (origin) =>
      /^[a-z]+:\/\/[^\s*/]+$/.test(origin) &&
      [proxy, application].every((policy) => {
        const lines = answer(policy, { origin, method: 'GET', cookie: false }).headers.get(header);
        return lines !== null && lines !== undefined && lines.length === 1;
      }),
  );
}
