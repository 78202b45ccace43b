/** Rust. */
import { fromVscode } from '../grammar-source.ts';
import type { ProgramLanguage } from '../program-language.ts';
import { rust } from './rust.ts';

export const language = {
  name: 'rust',
  adapter: rust,
  comment: '//',
  ecosystem: 'cargo',
  dialects: [{ ids: ['rust'], endings: ['rs'], grammar: fromVscode('rust') }],
} as const satisfies ProgramLanguage;
