/** C#. */
import { fromVscode } from '../grammar-source.ts';
import type { ProgramLanguage } from '../program-language.ts';
import { csharp } from './csharp.ts';

export const language = {
  name: 'csharp',
  adapter: csharp,
  comment: '//',
  ecosystem: 'nuget',
  dialects: [{ ids: ['csharp'], endings: ['cs', 'csx'], grammar: fromVscode('c-sharp') }],
} as const satisfies ProgramLanguage;
