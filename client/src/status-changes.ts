/** Documents of which the server has a new result. The client library keeps one handler a method, so that all who ask share this one. */
import { EventEmitter } from 'vscode';
import type { Disposable, Event } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { statusChangedMethod } from '../../server/src/lsp/protocol.ts';
import type { StatusChangedParams } from '../../server/src/lsp/protocol.ts';

export interface StatusChanges extends Disposable {
  /** The URI of the document. */
  readonly onStatusChanged: Event<string>;
}

export function createStatusChanges(client: BaseLanguageClient): StatusChanges {
  const emitter = new EventEmitter<string>();
  const handler = client.onNotification(statusChangedMethod, ({ uri }: StatusChangedParams) => emitter.fire(uri));
  return {
    onStatusChanged: emitter.event,
    dispose() {
      handler.dispose();
      emitter.dispose();
    },
  };
}
