/** The linters of the server, one for each file system, and one run of theirs over a document. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { withoutKnown } from '../service/baseline.ts';
import type { LintResult, Linter, Pause } from '../service/lint.ts';
import { createLinter } from '../service/linter.ts';
import type { DocumentSettings } from './document-settings.ts';
import type { Files } from './files.ts';
import { rootsOf } from './roots.ts';
import { placeOf, uriOf } from './uris.ts';

/** One result, with the text that it speaks of. */
export interface Linted {
  readonly document: TextDocument;
  readonly settings: DocumentSettings;
  readonly result: LintResult;
  /** Findings that the baseline knows: they are not among the result's. */
  readonly known: number;
  readonly milliseconds: number;
  /** The text is half typed, and this speaks of the last whole one, at its places in the text now; this is what was said of that one. */
  readonly whole?: Linted;
  /** Where that one's policies begin now. */
  readonly policyPlaces?: readonly number[];
  /** The text is no broken one: a key was just pressed, and this is what is said of it once no other follows. */
  readonly meant?: Linted;
}

export interface Linters {
  /** Throws only what `pause` throws. */
  lint(document: TextDocument, settings: DocumentSettings, pause: Pause, memory?: unknown): Promise<Linted>;
  /** Frees what the result keeps for the next one. */
  release(linted: Linted): void;
}

export function createLinters(files: Files, folders: () => readonly string[]): Linters {
  const bySystem = new Map<string, Linter>();
  const linterFor = (system: string): Linter => {
    let linter = bySystem.get(system);
    if (!linter) {
      const uri = (path: string): string => uriOf({ system, path });
      linter = createLinter({
        loadGrammar: (name) => files.readGrammar(name),
        readFile: (path, from) => files.readWithin(rootsOf(uri(from), folders()), uri(path)),
        listFolder: (path, from) => files.namesWithin(rootsOf(uri(from), folders()), uri(path)),
      });
      bySystem.set(system, linter);
    }
    return linter;
  };
  return {
    async lint(document, settings, pause, memory) {
      const { system, path } = placeOf(document.uri);
      const started = performance.now();
      const reason = reasonToSkip(settings);
      const { languageId } = document;
      const result =
        reason === undefined
          ? await linterFor(system).lint(
              {
                path,
                relativePath: settings.relativePath,
                languageId: languageId || undefined,
                text: document.getText(),
              },
              settings.settings,
              memory,
              pause,
            )
          : { ...nothing, skipped: reason };
      const { fresh, known } = withoutKnown(result.findings, document.getText(), settings.known);
      return {
        document,
        settings,
        result: known.length === 0 ? result : { ...result, findings: fresh },
        known: known.length,
        milliseconds: performance.now() - started,
      };
    },
    release: ({ document, result }) => linterFor(placeOf(document.uri).system).release(result.memory),
  };
}

function reasonToSkip({ enable, excluded }: DocumentSettings): string | undefined {
  if (!enable) return 'CORS Lint is switched off by the setting corsLint.enable.';
  return excluded ? 'The file is excluded by the settings.' : undefined;
}

const nothing: LintResult = {
  findings: [],
  suppressed: [],
  policies: [],
  frameworks: [],
  dependencies: [],
  memory: undefined,
};
