/** Above each policy, who reads its responses; it opens the view of policies where the client has one. */
import { CodeLensRefreshRequest } from 'vscode-languageserver';
import type { CodeLens, Connection } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Policy } from '../policy/policy.ts';
import { summaryOf } from '../service/policy-summary.ts';
import type { Client } from './client.ts';
import type { Context } from './context.ts';
import { policyPlacesOf, wholeOf } from './half-typed.ts';
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
  const isMeantNow = (uri: string): boolean => context.session.last(uri)?.whole !== undefined;
  context.onStale((uris, reason) => {
    // After an edit of the document itself the client asks again unbidden.
    const isOutOfDate = reason === 'elsewhere' || (reason === 'saved' && uris.some(isMeantNow));
    if (!isOutOfDate || !context.client().refreshesLenses) return;
    clearTimeout(refresh);
    refresh = setTimeout(() => {
      connection
        .sendRequest(CodeLensRefreshRequest.type)
        .catch((error: unknown) => context.logError('The client refused to refresh lenses', error));
    }, pauseBeforeRefresh);
  });
}

/** A line that came and went with each letter that somebody types would move the text up and down. */
function lensesOf(linted: Linted, { options, translator }: Client): CodeLens[] {
  const { document } = linted;
  const said = wholeOf(linted);
  const opensView = options.policyView === true;
  const byLine = new Map<number, Policy[]>();
  const places = policyPlacesOf(linted);
  for (const [index, policy] of said.result.policies.entries()) {
    if (policy.range.path !== undefined) continue;
    const { line } = document.positionAt(places[index]!);
    byLine.set(line, [...(byLine.get(line) ?? []), policy]);
  }
  return [...byLine].flatMap(([line, policies]) =>
    titlesOf(policies, said.document).map((summary): CodeLens => {
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
