/** The language of a file by the name that its program has. */
import type { Program } from '../syntax/programs/program.ts';
import { valueLanguages } from './languages/index.ts';
import type { ValueLanguage } from './languages/value-language.ts';

const byName: ReadonlyMap<string, ValueLanguage> = new Map(valueLanguages.map((language) => [language.name, language]));

/** Throws where a language has a reader and says nothing of its values: a test looks that each says it. */
export function languageOf(program: Program): ValueLanguage {
  const language = byName.get(program.language);
  if (language === undefined) throw new Error(`Nothing is known of values in ${program.language}.`);
  return language;
}
