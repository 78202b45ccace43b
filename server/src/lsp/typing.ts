/** Who types in an open document, key by key, and when that pauses. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Context } from './context.ts';
import { isKeystroke } from './half-typed.ts';

/** In milliseconds: longer than between two letters of a word, shorter than anybody waits for an answer. */
const usualPause = 400;

export interface Typing {
  opened(document: TextDocument): void;
  /** Whether one key did it, after which another may follow at once. */
  changed(document: TextDocument): boolean;
  closed(uri: string): void;
}

/** After each pause, what waited for it is said. */
export function followTyping({ client, session, stale }: Context): Typing {
  /** By the document: its text of before, and what ends the wait. */
  const texts = new Map<string, string>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  const waitForPause = (uri: string, milliseconds: number): void => {
    clearTimeout(timers.get(uri));
    timers.set(
      uri,
      setTimeout(() => {
        timers.delete(uri);
        const waited = session.paused(uri);
        if (waited.length > 0) stale(waited, 'elsewhere');
      }, milliseconds),
    );
  };

  return {
    opened: (document) => void texts.set(document.uri, document.getText()),
    changed(document) {
      const { uri } = document;
      const pause = client().options.typingPause ?? usualPause;
      const isStruck = pause > 0 && isKeystroke(texts.get(uri) ?? '', document.getText());
      texts.set(uri, document.getText());
      if (isStruck) waitForPause(uri, pause);
      return isStruck;
    },
    closed(uri) {
      clearTimeout(timers.get(uri));
      timers.delete(uri);
      texts.delete(uri);
    },
  };
}
