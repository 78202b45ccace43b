/** Programs of any size in each language: lists, chains, branches, cases, blocks inside blocks, and policies. */
import type { Family } from '../policy/families.ts';
import { formsInBraces } from './forms-in-braces.ts';
import { formsOfValues } from './forms-of-values.ts';
import type { Forms } from './program-forms.ts';

function each(parts: number, text: (at: number) => string): readonly string[] {
  return Array.from({ length: parts }, (_, at) => text(at));
}

/** Each form of a language as a family. */
function familiesOf(forms: Forms): readonly Family[] {
  const { language, file, handler, write } = forms;
  const origin = (word: string, at: number): string => forms.quoted(`https://${word}${at}.example.com`);
  const origins = (parts: number, word: string): readonly string[] => each(parts, (at) => origin(word, at));
  const family = (name: string, text: Family['text'], inPairs = false): Family => ({
    name: `${language}: ${name}`,
    file,
    text,
    ...(inPairs && { inPairs }),
  });
  return [
    family('branches of one if', (parts, word) => handler(forms.branches(origins(parts, word).map(forms.equals)))),
    ...(forms.cases === undefined
      ? []
      : [family('cases of one choice', (parts, word) => handler(forms.cases!(origins(parts, word))))]),
    family('blocks inside blocks', (parts, word) => handler(forms.nested(each(parts, (at) => `${word}${at}()`)))),
    family('a list of origins', (parts, word) => handler(forms.branches([forms.listed(origins(parts, word))]))),
    family('constants of constants', (parts, word) => {
      const { beside, last } = forms.constants(
        each(parts, (at) => `${forms.language === 'Ruby' ? 'A_' : ''}${word}${at}`),
      );
      return handler(write(last), beside);
    }),
    family('handlers', (parts, word) => forms.handlers(each(parts, (at) => `${word}${at}`))),
    family('a chain of calls', (parts, word) => forms.chain(each(parts, (at) => `${word}${at}`))),
  ];
}

export const languageFamilies: readonly Family[] = [...formsInBraces, ...formsOfValues].flatMap(familiesOf);
