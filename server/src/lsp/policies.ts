/** "Show Policies": all policies of a document, for reading at leisure. */
import type { Connection } from 'vscode-languageserver';
import type { Policy } from '../policy/policy.ts';
import { describePolicy } from '../service/describe-policy.ts';
import type { Context } from './context.ts';
import { wholeOf } from './half-typed.ts';
import { asSection } from './policy-words.ts';
import { policiesMethod } from './protocol.ts';
import type { PoliciesParams, PoliciesResult } from './protocol.ts';

export function register(connection: Connection, { session, client }: Context): void {
  connection.onRequest(policiesMethod, async ({ uri }: PoliciesParams, token): Promise<PoliciesResult | null> => {
    const linted = await session.current(uri, token);
    if (!linted) return null;
    const { document, result } = wholeOf(linted);
    const section = (policy: Policy): string =>
      asSection(
        describePolicy(policy, document.getText()),
        document.positionAt(policy.range.start).line + 1,
        client().translator,
      );
    return {
      text:
        result.policies.length === 0
          ? nothing(result.skipped ?? result.failed)
          : result.policies.map(section).join('\n'),
    };
  });
}

function nothing(skipped: string | undefined): string {
  return `No CORS policy is read in this file. ${skipped ?? 'Nothing in it is known to set CORS headers.'}\n`;
}
