/** What every feature of the server works with. */
import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Client } from './client.ts';
import type { DocumentSettingsReader } from './document-settings.ts';
import type { Files, Platform } from './files.ts';
import type { LintSession } from './lint-session.ts';

/** `elsewhere`: settings or another file, which the client cannot know of by itself. */
export type StaleReason = 'opened' | 'typing' | 'saved' | 'elsewhere';

/** `moved`: files came or went too. `settings`: every result may be another. */
export type ChangeKind = 'text' | 'moved' | 'settings';

export interface Context {
  readonly platform: Platform;
  /** Known once the client has said who it is; no message comes before that. */
  client(): Client;
  /** URIs of the folders of the workspace. */
  folders(): readonly string[];
  readonly documents: TextDocuments<TextDocument>;
  readonly files: Files;
  readonly settings: DocumentSettingsReader;
  readonly session: LintSession;
  /** Called with the open documents whose results are out of date. */
  onStale(listener: (uris: readonly string[], reason: StaleReason) => void): void;
  /** Tells the listeners. */
  stale(uris: readonly string[], reason: StaleReason): void;
  /** Called when files change, open or not. */
  onChanged(listener: (uris: readonly string[], how: ChangeKind) => void): void;
  changed(uris: readonly string[], how: ChangeKind): void;
  /** The client tells of changes on disk. */
  watching(): boolean;
  /** Called after each result that is shown. */
  onShown(listener: (uri: string) => void): void;
  shown(uri: string): void;
  /** Writes an error to the client's log; the work on other documents goes on. */
  logError(what: string, error: unknown): void;
}
