/** The German texts, and what of a finding they do not hold. */
import fs from 'node:fs';
import { createTranslator } from '../../server/src/lsp/translation.ts';
import type { Finding } from '../../server/src/service/lint.ts';

export const german: Readonly<Record<string, string>> = JSON.parse(
  fs.readFileSync('l10n/bundle.l10n.de.json', 'utf8'),
) as Record<string, string>;

/** Texts that stay English: what products say themselves, quoted, and what nobody has translated yet. */
export const { ofProducts, notYet } = JSON.parse(fs.readFileSync('test/l10n/english.json', 'utf8')) as {
  readonly ofProducts: readonly string[];
  readonly notYet: readonly string[];
};

const translator = createTranslator(german);
const staying = [...ofProducts, ...notYet];

/** Sentences and titles of a finding without a German text. */
export function untranslated({ parts, related, fixes }: Finding): string[] {
  const texts = [
    ...parts.flatMap((part) => (isSaid(part) ? [] : part.split(/(?<=[.!]) (?=["A-Z])/))),
    ...related.map(({ message }) => message),
    ...fixes.flatMap(({ title, changes }) => [title, ...(changes === undefined ? [] : [changes])]),
  ];
  return texts.filter((text) => !isSaid(text) && !staying.some((known) => text.startsWith(known)));
}

function isSaid(text: string): boolean {
  return translator.say(text) !== text;
}
