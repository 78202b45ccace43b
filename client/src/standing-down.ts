/**
 * Where another extension says something of CORS on the same line, ours can be left out: `corsLint.standDown`. Code actions, hovers and
 * lenses stay, and the status goes on counting what was found.
 */
import { languages, workspace } from 'vscode';
import type { Diagnostic, DiagnosticCollection, Disposable, Range, Uri } from 'vscode';

/** S5122 is Sonar's rule, whose words do not name it everywhere. */
const aboutCors = /\bcors\b|cross[- ]origin|access-control-|\bS5122\b/i;
const ownSource = 'cors-lint';

type Entries = readonly [Uri, readonly Diagnostic[] | undefined][];

/** A collection of which only a part may be on show. */
export class StandingDown implements DiagnosticCollection {
  readonly #all = new Map<string, { readonly uri: Uri; readonly items: readonly Diagnostic[] }>();
  readonly #subscriptions: readonly Disposable[];

  constructor(private readonly shown: DiagnosticCollection) {
    this.#subscriptions = [
      languages.onDidChangeDiagnostics(({ uris }) => uris.forEach((uri) => this.#showAgain(uri))),
      workspace.onDidChangeConfiguration((change) => {
        if (!change.affectsConfiguration('corsLint.standDown')) return;
        for (const { uri } of this.#all.values()) this.#showAgain(uri);
      }),
    ];
  }

  get name(): string {
    return this.shown.name;
  }

  set(given: Uri | Entries, items?: readonly Diagnostic[]): void {
    const entries: Entries = isEntries(given) ? given : [[given, items]];
    for (const [uri, own] of entries) {
      if (own === undefined) this.delete(uri);
      else {
        this.#all.set(uri.toString(), { uri, items: own });
        this.shown.set(uri, partOf(uri, own));
      }
    }
  }

  delete(uri: Uri): void {
    this.#all.delete(uri.toString());
    this.shown.delete(uri);
  }

  clear(): void {
    this.#all.clear();
    this.shown.clear();
  }

  forEach(
    callback: (uri: Uri, diagnostics: readonly Diagnostic[], collection: DiagnosticCollection) => unknown,
    self?: unknown,
  ): void {
    this.shown.forEach(callback, self);
  }

  [Symbol.iterator](): Iterator<[uri: Uri, diagnostics: readonly Diagnostic[]]> {
    return this.shown[Symbol.iterator]();
  }

  get(uri: Uri): readonly Diagnostic[] | undefined {
    return this.shown.get(uri);
  }

  has(uri: Uri): boolean {
    return this.shown.has(uri);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.shown.dispose();
  }

  /** What is shown makes an event, too: it is shown anew only where that changes something. */
  #showAgain(uri: Uri): void {
    const all = this.#all.get(uri.toString());
    if (all === undefined) return;
    const part = partOf(uri, all.items);
    if (part.length !== (this.shown.get(uri)?.length ?? 0)) this.shown.set(uri, part);
  }
}

function isEntries(given: Uri | Entries): given is Entries {
  return Array.isArray(given);
}

function partOf(uri: Uri, items: readonly Diagnostic[]): readonly Diagnostic[] {
  if (items.length === 0 || workspace.getConfiguration('corsLint', uri).get('standDown') !== true) return items;
  const told = languages.getDiagnostics(uri).filter((one) => one.source !== ownSource && speaksOfCors(one));
  return items.filter(({ range }) => !told.some((other) => sameLine(range, other.range)));
}

function speaksOfCors({ code, message, source }: Diagnostic): boolean {
  const id = typeof code === 'object' ? code.value : code;
  return aboutCors.test(`${source ?? ''} ${id ?? ''} ${message}`);
}

function sameLine(one: Range, other: Range): boolean {
  return one.start.line === other.start.line;
}
