/** Hints in an open document: what stands here is used elsewhere, and is told there. */
import type { CancellationToken, Diagnostic } from 'vscode-languageserver';
import type { Context } from './context.ts';
import type { Linted } from './linters.ts';
import { hintsFor } from './setting-users.ts';
import type { SettingUsers } from './setting-users.ts';
import { createVariableUsers } from './variable-users.ts';

export interface Hints {
  of(linted: Linted, token?: CancellationToken): Promise<readonly Diagnostic[]>;
}

export function createHints(context: Context, users: SettingUsers): Hints {
  const variables = createVariableUsers(context);
  return {
    async of(linted, token) {
      const { document } = linted;
      const ofSettings = hintsFor(document, await users.of(document.uri, token), context.client().translator);
      return [...ofSettings, ...(await variables.hints(linted, token))];
    },
  };
}
