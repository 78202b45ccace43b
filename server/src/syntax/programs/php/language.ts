/** PHP. */
import { fromVscode } from '../grammar-source.ts';
import type { ProgramLanguage } from '../program-language.ts';
import { php } from './php.ts';

export const language = {
  name: 'php',
  adapter: php,
  comment: '//',
  ecosystem: 'composer',
  dialects: [{ ids: ['php'], endings: ['php', 'phtml', 'module', 'theme', 'inc'], grammar: fromVscode('php') }],
} as const satisfies ProgramLanguage;
