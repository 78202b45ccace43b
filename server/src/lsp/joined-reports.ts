/** One decision, one diagnostic, over the files of a workspace, as on the command line: the first place tells of the others. */
import type { Diagnostic } from 'vscode-languageserver';
import { toldOnce, usedHere } from '../service/one-decision.ts';
import type { Common } from '../service/one-decision.ts';
import type { Linted } from './linters.ts';

export interface ToldFile {
  readonly uri: string;
  readonly items: readonly Diagnostic[];
  /** For each of the items, what makes it one with others; undefined for mistakes of settings. */
  readonly decisions: readonly (Common | undefined)[];
}

/** `items` are the diagnostics of this result: those of its findings stand last. */
export function decisionsOf(items: readonly Diagnostic[], { document, result }: Linted): ToldFile['decisions'] {
  const { findings } = result;
  const ofFindings = findings.map((finding) => toldOnce(finding, document.uri));
  return [...items.slice(findings.length).map(() => undefined), ...ofFindings];
}

/**
 * The diagnostics of each file in the order of the files. `say` puts words into the language of the client; without it the client shows
 * no places beside a diagnostic, and is told each of them.
 */
export function joinedOver(files: readonly ToldFile[], say: ((text: string) => string) | undefined): Diagnostic[][] {
  if (say === undefined) return files.map(({ items }) => [...items]);
  const uses = new Map<string, { readonly uri: string; readonly item: Diagnostic }[]>();
  for (const { uri, items, decisions } of files)
    for (const [index, item] of items.entries()) {
      const decision = decisions[index];
      if (decision !== undefined) uses.set(decision.key, [...(uses.get(decision.key) ?? []), { uri, item }]);
    }
  return files.map(({ items, decisions }) =>
    items.flatMap((item, index): Diagnostic[] => {
      const decision = decisions[index];
      const together = (decision && uses.get(decision.key)) ?? [];
      if (decision === undefined || together.length < decision.least) return [item];
      const [first, ...others] = together;
      if (first!.item !== item) return [];
      const elsewhere = others.map((use) => ({
        location: { uri: use.uri, range: use.item.range },
        message: say(usedHere),
      }));
      return [{ ...item, relatedInformation: [...(item.relatedInformation ?? []), ...elsewhere] }];
    }),
  );
}
