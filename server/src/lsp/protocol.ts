/**
 * What the client and the server of this project say to each other beyond the Language Server Protocol.
 *
 * Every request here may be left unanswered (`MethodNotFound`): then the server works without it. This file
 * imports nothing, so that the client may import it.
 *
 * Reading files. In Node the server reads `file:` URIs itself and asks the client for every other scheme. In a web worker
 * it asks the client for all of them.
 *
 * Grammars. In Node the server reads them from `grammars/` beside its bundle. A web worker has no folder: it asks the
 * client with `corsLint/readGrammar`, once a grammar and only when the first file of that language is opened.
 *
 * Settings come through the standard `workspace/configuration` with the section `corsLint` (see `EditorSettings`).
 */

/** `initializationOptions`; all of it is optional. */
export interface InitializationOptions {
  /** The client answers `corsLint/readFile`. */
  readonly readFile?: boolean;
  /** The client answers `corsLint/listFiles`. */
  readonly listFiles?: boolean;
  /** The client asks for `workspace/diagnostic` when its user does, and wants no offer of it: VS Code would then ask every two seconds. */
  readonly workspaceOnCommand?: boolean;
  /** The client has VS Code's command for opening an address. */
  readonly opensLinks?: boolean;
  /** The client has the command `corsLint.showPolicies`, which takes a document's URI and a line from 0. */
  readonly policyView?: boolean;
  /** The client has the command `corsLint.copyText`, which takes a text. */
  readonly copiesText?: boolean;
  /** English text → text in the language of the editor, for what the server says. English without it. */
  readonly texts?: Readonly<Record<string, string>>;
  /** The client wants `corsLint/statusChanged`. */
  readonly statusChanges?: boolean;
  /** After so many milliseconds without a key, what was typed is meant as it stands; 400 without it. With 0 each key counts at once. */
  readonly typingPause?: number;
}

/** Section `corsLint` of the editor's settings. A member that is absent, null or malformed counts as not set. */
export interface EditorSettings {
  readonly enable?: boolean | null;
  /** Lint while typing, or when a file is opened and saved. */
  readonly run?: 'onType' | 'onSave' | null;
  /** A line above each policy that says who reads. */
  readonly codeLens?: boolean | null;
  /** Findings that a baseline knows are left out. */
  readonly onlyNewFindings?: boolean | null;
  readonly profile?: 'default' | 'thorough' | null;
  /** Rule id or `*` → severity or `off`. */
  readonly rules?: Readonly<Record<string, 'error' | 'warning' | 'information' | 'off'>> | null;
  readonly trustedOrigins?: readonly string[] | null;
  readonly exclude?: readonly string[] | null;
  readonly development?: readonly string[] | null;
}

/** Server → client: text of a file. `text` is absent when there is none, or when it is a folder or not text. */
export const readFileMethod = 'corsLint/readFile';
export interface ReadFileParams {
  readonly uri: string;
}
export interface ReadFileResult {
  readonly text?: string;
}

/** Server → client: bytes of `grammars/<file>` beside the server's bundle, in base64. */
export const readGrammarMethod = 'corsLint/readGrammar';
export interface ReadGrammarParams {
  /** The file's name: `tree-sitter.wasm`, `tree-sitter-javascript.wasm`, `-typescript`, `-tsx`, `-python`. */
  readonly name: string;
}
export interface ReadGrammarResult {
  readonly base64: string;
}

/** Server → client: what `workspace/diagnostic` answered may be out of date. Sent to clients that want `corsLint/statusChanged`. */
export const workspaceChangedMethod = 'corsLint/workspaceChanged';

/** Server → client: files of a workspace folder that match one of the globs, for diagnostics of the whole workspace. */
export const listFilesMethod = 'corsLint/listFiles';
export interface ListFilesParams {
  readonly folder: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly most: number;
}
export interface ListFilesResult {
  readonly uris: readonly string[];
}

/** Client → server: why something, or nothing, is reported in this document. Null when the document is not open. */
export const statusMethod = 'corsLint/status';
export interface StatusParams {
  readonly uri: string;
}
export interface StatusResult {
  /** Ids of the frameworks whose policies were read, else of those that were looked for. */
  readonly frameworks: readonly string[];
  /** Policies that were read. */
  readonly policies: number;
  /** URI of the `cors-lint.json` in force. */
  readonly configuration?: string;
  readonly findings: number;
  /** Findings that a comment accepts. */
  readonly suppressed: number;
  /** Findings that the baseline knows. */
  readonly known: number;
  /** URIs of files whose policies use the settings in this one. */
  readonly usedBy?: readonly string[];
  /** What the last lint of this version took. */
  readonly milliseconds: number;
  /** Places at which reading came to its bound: what stands there counts as unknown. */
  readonly atBound: number;
  /** Why nothing was looked for, in plain words. */
  readonly skipped?: string;
  /** Why it could not be checked, in plain words: then the absence of findings says nothing. */
  readonly failed?: string;
  /** Errors inside the linter, and mistakes in `cors-lint.json`. */
  readonly problems: readonly string[];
}

/** Server → client, notification: `corsLint/status` of this document would now answer differently. */
export const statusChangedMethod = 'corsLint/statusChanged';
export interface StatusChangedParams {
  readonly uri: string;
}

/** Client → server: the effective policies of this document, as Markdown. Null when the document is not open. */
export const policiesMethod = 'corsLint/policies';
export interface PoliciesParams {
  readonly uri: string;
}
export interface PoliciesResult {
  readonly text: string;
}

/** Client → server: what a bug report needs, as Markdown. No text of the user's files, no settings' values, no paths. */
export const debugInformationMethod = 'corsLint/debugInformation';
export interface DebugInformationResult {
  readonly text: string;
}
