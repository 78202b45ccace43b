/** Java. */
import { fromVscode } from '../grammar-source.ts';
import type { ProgramLanguage } from '../program-language.ts';
import { java } from './java.ts';

export const language = {
  name: 'java',
  adapter: java,
  comment: '//',
  ecosystem: 'maven',
  dialects: [{ ids: ['java'], endings: ['java'], grammar: fromVscode('java') }],
} as const satisfies ProgramLanguage;
