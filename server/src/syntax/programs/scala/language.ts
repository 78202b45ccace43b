/** Scala 2 and 3. */
import type { ProgramLanguage } from '../program-language.ts';
import { scala } from './scala.ts';

export const language = {
  name: 'scala',
  adapter: scala,
  comment: '//',
  isPlainInEditors: true,
  ecosystem: 'maven',
  dialects: [
    {
      ids: ['scala'],
      endings: ['scala', 'sc'],
      grammar: { name: 'scala', folder: 'tree-sitter-scala' },
    },
  ],
} as const satisfies ProgramLanguage;
