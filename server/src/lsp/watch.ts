/** Follows changes of files on disk: settings files, imports, includes, manifests and lock files. */
import { DidChangeWatchedFilesNotification, FileChangeType, WatchKind } from 'vscode-languageserver';
import type { Connection, FileSystemWatcher } from 'vscode-languageserver';
import { readableGlobs } from '../service/languages.ts';
import type { Context } from './context.ts';
import { isOrLiesBelow, normalisedUri, placeOf } from './uris.ts';

/** Files that can hold CORS settings, and those that they depend on. */
const watched = [...readableGlobs, '**/{requirements.txt,poetry.lock,uv.lock}'];
const manifest = /\/(package(-lock)?\.json|yarn\.lock|pnpm-lock\.yaml)$/;

export interface Watch {
  /** The client tells when this file changes. */
  covers(uri: string): boolean;
  begin(): Promise<void>;
}

export function createWatch(connection: Connection, folders: () => readonly string[]): Watch {
  let registered = false;
  return {
    covers(uri) {
      if (!registered) return false;
      // Outside of the folders nothing is watched; other schemes are too slow to read at every key stroke.
      return !uri.startsWith('file:') || folders().some((folder) => uri.startsWith(`${normalisedUri(folder)}/`));
    },
    async begin() {
      const watchers = watched.map((globPattern): FileSystemWatcher => ({ globPattern }));
      // Of a folder that goes editors tell, of the files in it they do not.
      watchers.push({ globPattern: '**/*', kind: WatchKind.Delete });
      await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
      registered = true;
    },
  };
}

export function register(connection: Connection, { files, settings, session, stale, changed }: Context): void {
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const concerned = new Set<string>();
    let settingsChanged = false;
    for (const { uri } of changes) {
      files.forgetAll((kept) => isOrLiesBelow(kept, normalisedUri(uri)));
      const { path } = placeOf(uri);
      // Editors do not watch what is installed, but installing changes one of these.
      if (manifest.test(path)) files.forgetAll((kept) => kept.includes('/node_modules/'));
      if (settings.isPart(uri)) settingsChanged = true;
      for (const open of session.invalidate(uri)) concerned.add(open);
    }
    if (settingsChanged) settings.forget();
    for (const open of settingsChanged ? session.invalidate() : []) concerned.add(open);
    const cameOrWent = changes.some(({ type }) => type !== FileChangeType.Changed);
    changed(
      changes.map(({ uri }) => uri),
      settingsChanged ? 'settings' : cameOrWent ? 'moved' : 'text',
    );
    stale([...concerned], 'elsewhere');
  });
}
