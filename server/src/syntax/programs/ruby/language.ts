/** Ruby. */
import { fromVscode } from '../grammar-source.ts';
import type { ProgramLanguage } from '../program-language.ts';
import { ruby } from './ruby.ts';

export const language = {
  name: 'ruby',
  adapter: ruby,
  comment: '#',
  ecosystem: 'rubygems',
  dialects: [{ ids: ['ruby'], endings: ['rb', 'ru'], grammar: fromVscode('ruby') }],
} as const satisfies ProgramLanguage;
