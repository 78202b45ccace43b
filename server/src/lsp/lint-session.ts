/** Lints open documents: one run at a time for each, always the newest text, nothing twice. */
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { CancellationToken } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { DocumentSettings, DocumentSettingsReader } from './document-settings.ts';
import type { Files } from './files.ts';
import { meantOf, waitsForAnother, whileTyped } from './half-typed.ts';
import type { Linted, Linters } from './linters.ts';
import { pausing } from './turn.ts';
import { isOrLiesBelow, normalisedUri, placeOf } from './uris.ts';

export interface LintSession {
  /** Of the newest text. Undefined when the document is not open. Throws `RequestCancelled` once the token says so. */
  current(uri: string, token?: CancellationToken): Promise<Linted | undefined>;
  /** The result to show: the newest, or with `run: onSave` that of the text as it was opened or saved. */
  shown(uri: string, token?: CancellationToken): Promise<Linted | undefined>;
  /** The last result, whatever became of the text since. */
  last(uri: string): Linted | undefined;
  /** Lints a text that is not open in an editor. */
  lintText(text: GivenText, settings?: DocumentSettings, token?: CancellationToken): Promise<Linted>;
  /** What is saved, or just opened, is meant as it stands. Returns the other open documents that waited for it. */
  saved(uri: string): string[];
  closed(uri: string): void;
  /** What results depend on has changed: settings, or the given file. Returns the open documents that are concerned. */
  invalidate(changedUri?: string): string[];
  /**
   * The same where somebody types in the file, so that it may be broken for a moment. `isStruck`: one key did it, and another may follow
   * at once.
   */
  typedIn(uri: string, isStruck?: boolean): string[];
  /** No other key followed. Returns the open documents of which something else is said now. */
  paused(uri: string): string[];
}

export interface GivenText {
  readonly uri: string;
  readonly languageId?: string;
  readonly text: string;
}

interface Entry {
  latest?: Linted;
  shown?: Linted;
  /** The text is meant as it stands, whatever the grammar says of it. */
  isMeant: boolean;
  /** A key was just pressed in it. */
  isStruck: boolean;
  running?: Promise<void>;
  /** Requests that the run is for. */
  waiting: number;
  stale: boolean;
  saveDue: boolean;
}

/** Ends a run whose text is an old one, or whose result nobody waits for any more. */
class Superseded extends Error {}

export function createLintSession(files: Files, settings: DocumentSettingsReader, linters: Linters): LintSession {
  return new Session(files, settings, linters);
}

class Session implements LintSession {
  readonly #entries = new Map<string, Entry>();

  constructor(
    private readonly files: Files,
    private readonly settings: DocumentSettingsReader,
    private readonly linters: Linters,
  ) {}

  async current(uri: string, token?: CancellationToken): Promise<Linted | undefined> {
    for (let ran = false; ; ran = true) {
      refuseCancelled(token);
      const open = this.files.open(uri);
      if (!open) return undefined;
      const entry = this.#entryOf(uri);
      const { latest } = entry;
      // What failed may have failed for want of a grammar, and is tried again, once for each request.
      if (latest && isCurrent(entry, latest, open) && (ran || latest.result.failed === undefined)) return latest;
      entry.running ??= this.#refresh(uri, entry).finally(() => delete entry.running);
      await waitFor(entry, token);
    }
  }

  async shown(uri: string, token?: CancellationToken): Promise<Linted | undefined> {
    const entry = this.#entryOf(uri);
    const open = this.files.open(uri);
    if (!open) return undefined;
    const { run } = await this.settings.of(open.uri);
    if (run === 'onSave' && entry.shown && !entry.saveDue && !entry.stale) return entry.shown;
    const linted = await this.current(uri, token);
    entry.saveDue = false;
    if (linted) entry.shown = linted;
    else delete entry.shown;
    return linted;
  }

  last(uri: string): Linted | undefined {
    return this.#entries.get(normalisedUri(uri))?.latest;
  }

  async lintText(
    { uri, languageId, text }: GivenText,
    settings?: DocumentSettings,
    token?: CancellationToken,
  ): Promise<Linted> {
    const document = TextDocument.create(uri, languageId ?? '', 0, text);
    const pause = pausing(() => refuseCancelled(token));
    const linted = await this.linters.lint(document, settings ?? (await this.settings.of(uri)), pause);
    this.linters.release(linted);
    return linted;
  }

  saved(uri: string): string[] {
    const entry = this.#entryOf(uri);
    entry.saveDue = true;
    entry.isMeant = true;
    entry.isStruck = false;
    if (entry.latest?.whole) entry.stale = true;
    const waiting = this.#dependents(uri).filter(([, { latest }]) => latest !== undefined && waitsForAnother(latest));
    for (const [, one] of waiting) one.stale = one.isMeant = true;
    return waiting.map(([other]) => other);
  }

  closed(uri: string): void {
    const key = normalisedUri(uri);
    const entry = this.#entries.get(key);
    this.#entries.delete(key);
    // A run that is under way still holds the tree.
    void Promise.resolve(entry?.running)
      .catch(() => undefined)
      .then(() => {
        if (entry?.latest) this.linters.release(entry.latest);
      });
  }

  invalidate(changedUri?: string): string[] {
    const concerned = changedUri === undefined ? [...this.#entries] : this.#dependents(changedUri);
    for (const [uri, entry] of concerned) {
      entry.stale = true;
      // What it said under other settings, or of other files, holds no more.
      if (changedUri === undefined || uri !== normalisedUri(changedUri)) entry.isMeant = true;
    }
    return concerned.map(([uri]) => uri);
  }

  typedIn(uri: string, isStruck = false): string[] {
    this.#entryOf(uri).isStruck = isStruck;
    const concerned = this.#dependents(uri);
    for (const [, entry] of concerned) entry.stale = true;
    return concerned.map(([other]) => other);
  }

  paused(uri: string): string[] {
    const own = this.#entryOf(uri);
    own.isStruck = false;
    const waiting = [[normalisedUri(uri), own] as const, ...this.#dependents(uri)].filter(
      ([, { latest }]) => latest?.meant !== undefined,
    );
    for (const [, entry] of waiting) entry.latest = meantOf(entry.latest!);
    return waiting.map(([other]) => other);
  }

  #isStruck(uri: string, { latest }: Entry, { result }: Linted): boolean {
    const read = new Set([...result.dependencies, ...(latest?.result.dependencies ?? [])]);
    const { system } = placeOf(uri);
    return [...this.#entries].some(([other, { isStruck }]) => {
      if (!isStruck || other === uri) return isStruck;
      const place = placeOf(other);
      return place.system === system && read.has(place.path);
    });
  }

  /** Entries whose results were read of this file, too. */
  #dependents(changedUri: string): [uri: string, entry: Entry][] {
    return [...this.#entries].filter(([uri, entry]) => dependsOn(entry, uri, changedUri));
  }

  /** Never throws what the linter does. What was superseded leaves the last result behind, which is out of date. */
  async #refresh(uri: string, entry: Entry): Promise<void> {
    const open = this.files.open(uri);
    if (!open) return;
    entry.stale = false;
    // The library changes its documents in place; a result keeps the text that it speaks of.
    const document = TextDocument.create(open.uri, open.languageId, open.version, open.getText());
    const last = entry.latest;
    const sameLanguage = last?.document.languageId === open.languageId;
    if (last && !sameLanguage) this.linters.release(last);
    const memory = sameLanguage ? last?.result.memory : undefined;
    const pause = pausing(() => {
      if (entry.waiting === 0 || this.files.open(uri)?.version !== document.version) throw new Superseded();
    });
    try {
      const linted = await this.linters.lint(document, await this.settings.of(open.uri), pause, memory);
      const before = sameLanguage && !entry.isMeant ? last : undefined;
      entry.latest = whileTyped(linted, before, this.#isStruck(normalisedUri(uri), entry, linted));
      entry.isMeant = false;
    } catch (error) {
      entry.stale = true;
      if (error instanceof Superseded) return;
      delete entry.latest;
      throw error;
    }
  }

  #entryOf(uri: string): Entry {
    const key = normalisedUri(uri);
    let entry = this.#entries.get(key);
    if (!entry)
      this.#entries.set(key, (entry = { waiting: 0, stale: false, saveDue: true, isMeant: true, isStruck: false }));
    return entry;
  }
}

/** While a run is under way, `latest` is the result that it is about to replace. */
function isCurrent({ running, stale }: Entry, { document }: Linted, open: TextDocument): boolean {
  return !running && !stale && document.version === open.version && document.languageId === open.languageId;
}

function dependsOn({ latest }: Entry, uri: string, changedUri: string): boolean {
  const changed = placeOf(changedUri);
  return (
    placeOf(uri).system === changed.system &&
    latest?.result.dependencies.some((one) => isOrLiesBelow(one, changed.path)) === true
  );
}

/** Until the run is over, or the request is cancelled: then it is answered at once, and the run ends at its next step. */
async function waitFor(entry: Entry, token: CancellationToken | undefined): Promise<void> {
  entry.waiting++;
  let listener: { dispose(): void } | undefined;
  const cancelled = new Promise<void>((resolve) => {
    listener = token?.onCancellationRequested(() => resolve());
  });
  try {
    await Promise.race([entry.running, cancelled]);
  } finally {
    entry.waiting--;
    listener?.dispose();
  }
}

function refuseCancelled(token: CancellationToken | undefined): void {
  if (token?.isCancellationRequested)
    throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
}
