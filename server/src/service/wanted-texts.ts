/**
 * Texts of other files and names in folders, asked for without waiting: answered from what was read, else noted and read
 * between two rounds. A host that reads without waiting answers at once.
 */
import type { LintHost } from './lint.ts';

/** Files that exist, names that may turn out to be none, and folders. */
const mostFiles = 50;
const mostNames = 500;
const mostFolders = 20;

export interface WantedTexts {
  /** What was read so far, by absolute path; undefined where there is no such file. */
  readonly texts: ReadonlyMap<string, string | undefined>;
  /** Names of the files in each folder that was asked for. */
  readonly folders: ReadonlyMap<string, readonly string[] | undefined>;
  read(path: string): string | undefined;
  list(folder: string): readonly string[] | undefined;
  /** Forgets what the last round asked for. */
  startRound(): void;
  /** Reads what the last round asked for; gives what was read, nothing when nothing was missing or nothing more may be read. */
  readWanted(): Promise<readonly ReadText[]>;
  /** The same for files that will be asked for, most likely. They count as read only when they are. */
  readAhead(files: Iterable<string>): Promise<readonly ReadText[]>;
}

export interface ReadText {
  readonly path: string;
  /** Undefined where there is no such file, and for a folder. */
  readonly text: string | undefined;
}

/** `from` is the document that asks, which is what a host may go by. */
export function createWantedTexts(host: LintHost, from: string): WantedTexts {
  const texts = new Map<string, string | undefined>();
  const ahead = new Map<string, string | undefined>();
  const folders = new Map<string, readonly string[] | undefined>();
  let wanted = new Set<string>();
  let wantedFolders = new Set<string>();

  const mayReadMore = (): number => leftToRead(texts);

  async function readAll(paths: Iterable<string>, into: Map<string, string | undefined>): Promise<ReadText[]> {
    const unread = [...paths].slice(0, mayReadMore());
    if (unread.length === 0 || host.readFile === undefined) return [];
    const found = await Promise.all(
      unread.map(async (path) => ({ path, text: await host.readFile!(path, from).catch(() => undefined) })),
    );
    for (const { path, text } of found) into.set(path, text);
    return found;
  }

  async function listAll(paths: Iterable<string>): Promise<ReadText[]> {
    const unread = [...paths].slice(0, Math.max(mostFolders - folders.size, 0));
    if (unread.length === 0 || host.listFolder === undefined) return [];
    for (const path of unread) folders.set(path, await host.listFolder(path, from).catch(() => undefined));
    return unread.map((path) => ({ path, text: undefined }));
  }

  return {
    texts,
    folders,
    read(path) {
      if (!texts.has(path)) {
        if (ahead.has(path)) texts.set(path, ahead.get(path));
        else if (host.readFileNow === undefined) wanted.add(path);
        else if (mayReadMore() > 0) texts.set(path, host.readFileNow(path, from));
      }
      return texts.get(path);
    },
    list(folder) {
      if (!folders.has(folder)) {
        if (host.listFolderNow === undefined) wantedFolders.add(folder);
        else if (folders.size < mostFolders) folders.set(folder, host.listFolderNow(folder, from));
      }
      return folders.get(folder);
    },
    startRound() {
      wanted = new Set();
      wantedFolders = new Set();
    },
    readWanted: async () => [...(await listAll(wantedFolders)), ...(await readAll(wanted, texts))],
    readAhead: (files) => readAll(files, ahead),
  };
}

function leftToRead(texts: WantedTexts['texts']): number {
  const files = [...texts.values()].filter((text) => text !== undefined).length;
  return files < mostFiles ? Math.max(mostNames - texts.size, 0) : 0;
}
