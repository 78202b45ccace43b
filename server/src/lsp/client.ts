/** What the client at the other end can do, read once from its `initialize` request. */
import type { InitializeParams } from 'vscode-languageserver';
import type { InitializationOptions } from './protocol.ts';
import { createTranslator } from './translation.ts';
import type { Translator } from './translation.ts';

export interface Client {
  readonly name: string;
  readonly options: InitializationOptions;
  /** It asks for diagnostics; else they are pushed. */
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesLenses: boolean;
  readonly relatedInformation: boolean;
  readonly configuration: boolean;
  readonly configurationChanges: boolean;
  readonly watchesFiles: boolean;
  readonly workspaceFolders: boolean;
  /** It tells of notebooks and their cells. */
  readonly showsNotebooks: boolean;
  readonly documentChanges: boolean;
  /** LSP 3.18: edits with a place to type over. */
  readonly snippetEdits: boolean;
  /** It asks for the edit of a code action when the user chooses it. */
  readonly resolvesEdits: boolean;
  readonly markdown: boolean;
  readonly translator: Translator;
}

export function readClient({ capabilities, clientInfo, initializationOptions }: InitializeParams): Client {
  const { textDocument, workspace, notebookDocument } = capabilities;
  const options =
    typeof initializationOptions === 'object' && initializationOptions !== null
      ? (initializationOptions as InitializationOptions)
      : {};
  return {
    name: [clientInfo?.name ?? 'unnamed', clientInfo?.version].filter(Boolean).join(' '),
    options,
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    relatedInformation:
      textDocument?.publishDiagnostics?.relatedInformation === true ||
      textDocument?.diagnostic?.relatedInformation === true,
    configuration: workspace?.configuration === true,
    configurationChanges: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    showsNotebooks: notebookDocument !== undefined,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    snippetEdits:
      workspace?.workspaceEdit?.documentChanges === true && workspace.workspaceEdit.snippetEditSupport === true,
    resolvesEdits:
      textDocument?.codeAction?.dataSupport === true &&
      textDocument.codeAction.resolveSupport?.properties.includes('edit') === true,
    markdown: textDocument?.hover?.contentFormat?.includes('markdown') ?? true,
    translator: createTranslator(options.texts),
  };
}
