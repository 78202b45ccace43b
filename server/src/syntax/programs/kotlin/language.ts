/** Kotlin. */
import type { ProgramLanguage } from '../program-language.ts';
import { kotlin } from './kotlin.ts';

export const language = {
  name: 'kotlin',
  adapter: kotlin,
  comment: '//',
  isPlainInEditors: true,
  ecosystem: 'maven',
  dialects: [
    {
      ids: ['kotlin'],
      endings: ['kt', 'kts'],
      grammar: { name: 'kotlin', folder: '@tree-sitter-grammars/tree-sitter-kotlin' },
    },
  ],
} as const satisfies ProgramLanguage;
