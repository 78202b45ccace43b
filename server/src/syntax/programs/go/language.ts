/** Go. */
import { fromVscode } from '../grammar-source.ts';
import type { ProgramLanguage } from '../program-language.ts';
import { go } from './go.ts';

export const language = {
  name: 'go',
  adapter: go,
  comment: '//',
  ecosystem: 'go-modules',
  dialects: [{ ids: ['go'], endings: ['go'], grammar: fromVscode('go') }],
} as const satisfies ProgramLanguage;
