/** The German texts, and what of a finding they do not hold. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createTranslator } from '../../server/src/lsp/translation.ts';
import type { Finding } from '../../server/src/service/lint.ts';

export const german: Readonly<Record<string, string>> = JSON.parse(
  fs.readFileSync('client/l10n/bundle.l10n.de.json', 'utf8'),
) as Record<string, string>;

/** Texts that stay English: what products say themselves, quoted, and what nobody has translated yet. */
export const { ofProducts, notYet } = JSON.parse(fs.readFileSync('test/l10n/english.json', 'utf8')) as {
  readonly ofProducts: readonly string[];
  readonly notYet: readonly string[];
};

const translator = createTranslator(german);
const staying = [...ofProducts, ...notYet];

/** A rule needs its own file and nothing else: what is new may be English for a while, as long as it is little. */
const mostMissing = 0.05;
const noted = new Set<string>();

/** What a test run has found is looked at in its end. */
export function noteTexts(findings: readonly Finding[]): void {
  for (const finding of findings) for (const text of textsOf(finding)) noted.add(text);
}

/** Says what has no German text, and fails where that is more than a twentieth. */
export function assertTranslated(): void {
  const missing = [...noted].filter((text) => !isSaid(text) && !staying.some((known) => text.startsWith(known)));
  if (missing.length > 0)
    console.log(
      `NOT IN client/l10n/bundle.l10n.de.json (or, where a product says it, in test/l10n/english.json):\n  ${missing.join('\n  ')}`,
    );
  assert.ok(missing.length <= noted.size * mostMissing, `${missing.length} of ${noted.size} texts have no German one`);
}

/** Sentences and titles. */
function textsOf({ parts, related, fixes }: Finding): string[] {
  return [
    ...parts.flatMap((part) => (isSaid(part) ? [] : part.split(/(?<=[.!]) (?=["A-Z])/))),
    ...related.map(({ message }) => message),
    ...fixes.flatMap(({ title, changes }) => [title, ...(changes === undefined ? [] : [changes])]),
  ];
}

function isSaid(text: string): boolean {
  return translator.say(text) !== text;
}
