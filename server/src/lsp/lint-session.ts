/** Lints open documents: one run at a time for each, always the newest text, nothing twice. */
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { CancellationToken } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { LintResult, Linter } from '../service/lint.ts';
import { createLinter } from '../service/linter.ts';
import type { DocumentSettings, DocumentSettingsReader } from './document-settings.ts';
import type { Files } from './files.ts';
import { normalisedUri, placeOf, uriOf } from './uris.ts';

/** One result, with the text that it speaks of. */
export interface Linted {
  readonly document: TextDocument;
  readonly settings: DocumentSettings;
  readonly result: LintResult;
  readonly milliseconds: number;
}

export interface LintSession {
  /** Of the newest text. Undefined when the document is not open. Throws `RequestCancelled` once the token says so. */
  current(uri: string, token?: CancellationToken): Promise<Linted | undefined>;
  /** The result to show: the newest, or with `run: onSave` that of the text as it was opened or saved. */
  shown(uri: string, token?: CancellationToken): Promise<Linted | undefined>;
  /** The last result, whatever became of the text since. */
  last(uri: string): Linted | undefined;
  /** Lints a text that is not open in an editor. */
  lintText(uri: string, languageId: string | undefined, text: string, settings?: DocumentSettings): Promise<Linted>;
  saved(uri: string): void;
  closed(uri: string): void;
  /** What results depend on has changed: settings, or the given file. Returns the open documents that are concerned. */
  invalidate(changedUri?: string): string[];
}

interface Entry {
  latest?: Linted;
  shown?: Linted;
  running?: Promise<void>;
  stale: boolean;
  saveDue: boolean;
}

export function createLintSession(files: Files, settings: DocumentSettingsReader): LintSession {
  const entries = new Map<string, Entry>();
  const linters = new Map<string, Linter>();

  function linterFor(system: string): Linter {
    let linter = linters.get(system);
    if (!linter) {
      linter = createLinter({
        loadGrammar: (name) => files.readGrammar(name),
        readFile: (path) => files.read(uriOf({ system, path })),
        listFolder: (path) => files.namesIn(uriOf({ system, path })),
      });
      linters.set(system, linter);
    }
    return linter;
  }

  async function run(document: TextDocument, chosen: DocumentSettings, memory?: unknown): Promise<Linted> {
    const { system, path } = placeOf(document.uri);
    const reason = !chosen.enable
      ? 'CORS Lint is switched off by the setting corsLint.enable.'
      : chosen.excluded
        ? 'The file is excluded by the settings.'
        : undefined;
    const started = performance.now();
    const result: LintResult =
      reason !== undefined
        ? {
            findings: [],
            suppressed: [],
            policies: [],
            frameworks: [],
            dependencies: [],
            skipped: reason,
            memory: undefined,
          }
        : await linterFor(system).lint(
            {
              path,
              relativePath: chosen.relativePath,
              languageId: document.languageId || undefined,
              text: document.getText(),
            },
            chosen.settings,
            memory,
          );
    return { document, settings: chosen, result, milliseconds: performance.now() - started };
  }

  async function refresh(uri: string, entry: Entry): Promise<void> {
    const open = files.open(uri);
    if (!open) return;
    entry.stale = false;
    // The library changes its documents in place; a result keeps the text that it speaks of.
    const document = TextDocument.create(open.uri, open.languageId, open.version, open.getText());
    const last = entry.latest;
    const sameLanguage = last?.document.languageId === open.languageId;
    if (last && !sameLanguage) release(last);
    const memory = sameLanguage ? last?.result.memory : undefined;
    try {
      entry.latest = await run(document, await settings.of(open.uri), memory);
    } catch (error) {
      delete entry.latest;
      entry.stale = true;
      throw error;
    }
  }

  async function current(uri: string, token?: CancellationToken): Promise<Linted | undefined> {
    for (;;) {
      if (token?.isCancellationRequested)
        throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
      const open = files.open(uri);
      if (!open) return undefined;
      const entry = entryOf(uri);
      // While a run is under way, `latest` is the result that it is about to replace.
      if (
        !entry.running &&
        entry.latest &&
        !entry.stale &&
        entry.latest.document.version === open.version &&
        entry.latest.document.languageId === open.languageId
      )
        return entry.latest;
      entry.running ??= refresh(uri, entry).finally(() => delete entry.running);
      await entry.running;
    }
  }

  function release({ document, result }: Linted): void {
    linterFor(placeOf(document.uri).system).release(result.memory);
  }

  function entryOf(uri: string): Entry {
    const key = normalisedUri(uri);
    let entry = entries.get(key);
    if (!entry) entries.set(key, (entry = { stale: false, saveDue: true }));
    return entry;
  }

  return {
    current,
    async shown(uri, token) {
      const entry = entryOf(uri);
      const open = files.open(uri);
      if (!open) return undefined;
      const { run: when } = await settings.of(open.uri);
      if (when === 'onSave' && entry.shown && !entry.saveDue && !entry.stale) return entry.shown;
      const linted = await current(uri, token);
      entry.saveDue = false;
      entry.shown = linted;
      return linted;
    },
    last: (uri) => entries.get(normalisedUri(uri))?.latest,
    async lintText(uri, languageId, text, chosen) {
      const linted = await run(TextDocument.create(uri, languageId ?? '', 0, text), chosen ?? (await settings.of(uri)));
      release(linted);
      return linted;
    },
    saved(uri) {
      entryOf(uri).saveDue = true;
    },
    closed(uri) {
      const key = normalisedUri(uri);
      const entry = entries.get(key);
      entries.delete(key);
      // A run that is under way still holds the tree.
      void Promise.resolve(entry?.running)
        .catch(() => undefined)
        .then(() => {
          if (entry?.latest) release(entry.latest);
        });
    },
    invalidate(changedUri) {
      const concerned: string[] = [];
      const changed = changedUri === undefined ? undefined : placeOf(changedUri);
      for (const [uri, entry] of entries) {
        if (
          changed &&
          !(placeOf(uri).system === changed.system && entry.latest?.result.dependencies.includes(changed.path))
        )
          continue;
        entry.stale = true;
        concerned.push(uri);
      }
      return concerned;
    },
  };
}
