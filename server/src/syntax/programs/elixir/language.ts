/** Elixir. */
import type { ProgramLanguage } from '../program-language.ts';
import { elixir } from './elixir.ts';

export const language = {
  name: 'elixir',
  adapter: elixir,
  comment: '#',
  isPlainInEditors: true,
  ecosystem: 'mix',
  dialects: [{ ids: ['elixir'], endings: ['ex', 'exs'], grammar: { name: 'elixir', folder: 'tree-sitter-elixir' } }],
} as const satisfies ProgramLanguage;
