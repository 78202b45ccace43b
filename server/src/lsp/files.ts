/** Text of files: what is open in the editor first, then what is saved. */
import type { Connection, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Client } from './client.ts';
import { listFilesMethod, readFileMethod, readGrammarMethod } from './protocol.ts';
import type { ListFilesParams, ListFilesResult, ReadFileResult, ReadGrammarResult } from './protocol.ts';
import { liesInOneOf } from './roots.ts';
import { normalisedUri, pathWithin, placeOf } from './uris.ts';

/** Most files of a folder that are worth a name: a package has fewer. */
const mostNames = 500;

/** What the process that the server runs in gives it; each member may be absent, then the client is asked. */
export interface Platform {
  /** `Node 20.20.2`, `web worker`. */
  readonly name: string;
  /** By the name that the linter uses: `javascript`, or `tree-sitter` for the runtime. */
  readGrammar?(name: string): Promise<Uint8Array>;
  /** False when this platform cannot read files of this scheme by itself. */
  reads?(uri: string): boolean;
  /** `within`: folders that the file has to lie in, with all links followed; without them it may lie anywhere. */
  readFile?(uri: string, within?: readonly string[]): Promise<string | undefined>;
  /** Names of the files in a folder, which has to lie in one of these. */
  listFolder?(uri: string, within: readonly string[]): Promise<readonly string[] | undefined>;
  listFiles?(params: ListFilesParams): Promise<readonly string[]>;
}

export interface Files {
  /** The open document of this URI, however it is spelt. */
  open(uri: string): TextDocument | undefined;
  /** Undefined when there is none. */
  read(uri: string): Promise<string | undefined>;
  /** The same for what a document leads to, which has to lie in one of these folders. */
  readWithin(folders: readonly string[], uri: string): Promise<string | undefined>;
  /** The same, but nothing is kept: for a walk over many files. */
  readOnce(uri: string): Promise<string | undefined>;
  list(params: ListFilesParams): Promise<readonly string[]>;
  /** Names of the files in a folder that lies in one of these; undefined when it cannot be looked into. */
  namesWithin(folders: readonly string[], folder: string): Promise<readonly string[] | undefined>;
  readGrammar(name: string): Promise<Uint8Array>;
  /** What was read of this file is out of date. */
  forget(uri: string): void;
  /** The same for every file whose URI meets the condition. */
  forgetAll(condition: (uri: string) => boolean): void;
}

/** `isWatched`: the client will tell when this file changes, so that its text may be kept. */
export function createFiles(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  client: () => Client,
  platform: Platform,
  isWatched: (uri: string) => boolean,
): Files {
  const kept = new Map<string, Promise<string | undefined>>();
  const open = (uri: string): TextDocument | undefined => openDocument(documents, uri);
  const readSaved = savedReader(connection, client, platform);
  const read = async (uri: string, within?: readonly string[]): Promise<string | undefined> => {
    const document = open(uri);
    if (document) return document.getText();
    const key = normalisedUri(uri);
    if (!isWatched(key)) return readSaved(uri, within);
    let text = kept.get(key);
    if (!text) kept.set(key, (text = readSaved(uri, within)));
    return text;
  };
  return {
    open,
    read: (uri) => read(uri),
    readWithin: async (folders, uri) => (liesInOneOf(folders, uri) ? read(uri, folders) : undefined),
    readOnce: async (uri) => open(uri)?.getText() ?? readSaved(uri),
    async list(params) {
      if (platform.listFiles && platform.reads?.(params.folder)) return platform.listFiles(params);
      if (!client().options.listFiles) return [];
      return (await connection.sendRequest<ListFilesResult>(listFilesMethod, params)).uris;
    },
    async namesWithin(folders, folder) {
      if (!folders.some((one) => normalisedUri(one) === normalisedUri(folder)) && !liesInOneOf(folders, folder))
        return undefined;
      if (platform.listFolder && platform.reads?.(folder)) return platform.listFolder(folder, folders);
      return client().options.listFiles ? namesOfClient(connection, folder) : undefined;
    },
    readGrammar: (name) => platform.readGrammar?.(name) ?? grammarOfClient(connection, name),
    forget: (uri) => void kept.delete(normalisedUri(uri)),
    forgetAll(condition) {
      for (const uri of kept.keys()) if (condition(uri)) kept.delete(uri);
    },
  };
}

function openDocument(documents: TextDocuments<TextDocument>, uri: string): TextDocument | undefined {
  const known = documents.get(uri);
  if (known) return known;
  const normalised = normalisedUri(uri);
  return documents.get(normalised) ?? documents.all().find((document) => normalisedUri(document.uri) === normalised);
}

type SavedReader = (uri: string, within?: readonly string[]) => Promise<string | undefined>;

function savedReader(connection: Connection, client: () => Client, platform: Platform): SavedReader {
  return async (uri, within) => {
    try {
      if (platform.readFile && platform.reads?.(uri)) return await platform.readFile(uri, within);
      if (!client().options.readFile) return undefined;
      return (await connection.sendRequest<ReadFileResult | null>(readFileMethod, { uri }))?.text;
    } catch {
      return undefined;
    }
  };
}

async function namesOfClient(connection: Connection, folder: string): Promise<readonly string[]> {
  const params: ListFilesParams = { folder, include: ['*'], exclude: [], most: mostNames };
  const { uris } = await connection.sendRequest<ListFilesResult>(listFilesMethod, params);
  const { path } = placeOf(folder);
  const names = uris.map((uri) => pathWithin(path, placeOf(uri).path)).filter((name) => name !== undefined);
  return names.filter((name) => !name.includes('/')).sort();
}

async function grammarOfClient(connection: Connection, name: string): Promise<Uint8Array> {
  const fileName = name === 'tree-sitter' ? 'tree-sitter.wasm' : `tree-sitter-${name}.wasm`;
  const { base64 } = await connection.sendRequest<ReadGrammarResult>(readGrammarMethod, { name: fileName });
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
