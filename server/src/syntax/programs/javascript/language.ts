/** JavaScript and TypeScript. */
import { fromVscode } from '../grammar-source.ts';
import type { ProgramLanguage } from '../program-language.ts';
import { javascript } from './javascript.ts';

export const language = {
  name: 'javascript',
  adapter: javascript,
  comment: '//',
  ecosystem: 'npm',
  dialects: [
    {
      ids: ['javascript', 'javascriptreact'],
      endings: ['js', 'mjs', 'cjs', 'jsx'],
      grammar: fromVscode('javascript'),
    },
    { ids: ['typescript'], endings: ['ts', 'mts', 'cts'], grammar: fromVscode('typescript') },
    { ids: ['typescriptreact'], endings: ['tsx'], grammar: fromVscode('tsx') },
  ],
} as const satisfies ProgramLanguage;
