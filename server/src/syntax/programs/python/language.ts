/** Python. */
import { fromVscode } from '../grammar-source.ts';
import type { ProgramLanguage } from '../program-language.ts';
import { python } from './python.ts';

export const language = {
  name: 'python',
  adapter: python,
  comment: '#',
  continuesLines: true,
  isOldestOfNotebooks: true,
  ecosystem: 'pypi',
  dialects: [{ ids: ['python'], endings: ['py'], grammar: fromVscode('python') }],
} as const satisfies ProgramLanguage;
