/** Above each policy, who reads its responses; it opens the view of policies where the client has one. */
import { CodeLensRefreshRequest } from 'vscode-languageserver';
import type { CodeLens, Connection } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Policy } from '../policy/policy.ts';
import { summaryOf } from '../service/policy-summary.ts';
import type { Client } from './client.ts';
import type { Context } from './context.ts';
import type { Linted } from './linters.ts';

/** Policies of one line that are told apart. */
const mostOfLine = 3;
/** A burst of edits in other files makes one refresh. In milliseconds. */
const pauseBeforeRefresh = 150;

export function register(connection: Connection, context: Context): void {
  connection.onCodeLens(async ({ textDocument: { uri } }, token) => {
    const linted = await context.session.current(uri, token);
    return linted?.settings.codeLens ? lensesOf(linted, context.client()) : [];
  });
  let refresh: ReturnType<typeof setTimeout> | undefined;
  context.onStale((_uris, reason) => {
    // After an edit of the document itself the client asks again unbidden.
    if (reason !== 'elsewhere' || !context.client().refreshesLenses) return;
    clearTimeout(refresh);
    refresh = setTimeout(() => {
      connection
        .sendRequest(CodeLensRefreshRequest.type)
        .catch((error: unknown) => context.logError('The client refused to refresh lenses', error));
    }, pauseBeforeRefresh);
  });
}

function lensesOf({ document, result }: Linted, { options, translator }: Client): CodeLens[] {
  const opensView = options.policyView === true;
  const byLine = new Map<number, Policy[]>();
  for (const policy of result.policies) {
    if (policy.range.path !== undefined) continue;
    const { line } = document.positionAt(policy.range.start);
    byLine.set(line, [...(byLine.get(line) ?? []), policy]);
  }
  return [...byLine].flatMap(([line, policies]) =>
    titlesOf(policies, document).map((summary): CodeLens => {
      const title = translator.sayList(summary);
      const position = { line, character: 0 };
      const command = opensView ? 'corsLint.showPolicies' : '';
      return {
        range: { start: position, end: position },
        command: { title, command, ...(opensView && { arguments: [document.uri, line] }) },
      };
    }),
  );
}

/** Policies that come to the same are told once. */
function titlesOf(policies: readonly Policy[], document: TextDocument): string[] {
  const text = document.getText();
  const titles = [...new Set(policies.map((policy) => summaryOf(policy, text)))];
  const left = titles.length - mostOfLine;
  return left > 0 ? [...titles.slice(0, mostOfLine), `${left} more`] : titles;
}
