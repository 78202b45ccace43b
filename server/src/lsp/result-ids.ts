/** Names for diagnostics that were handed out, so that the same ones are not sent twice. */
import type { Diagnostic } from 'vscode-languageserver';
import { normalisedUri } from './uris.ts';

export interface ResultIds {
  /** The id of these diagnostics: that of the last time when they are the same. */
  of(uri: string, diagnostics: readonly Diagnostic[]): string;
}

export function createResultIds(): ResultIds {
  const known = new Map<string, { readonly id: string; readonly content: string }>();
  // A client may come back with the ids of an earlier server.
  const session = Date.now().toString(36);
  let count = 0;
  return {
    of(uri, diagnostics) {
      const key = normalisedUri(uri);
      const content = JSON.stringify(diagnostics);
      const last = known.get(key);
      if (last?.content === content) return last.id;
      const id = `${session}-${++count}`;
      known.set(key, { id, content });
      return id;
    },
  };
}
