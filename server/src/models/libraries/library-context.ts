/** What the parts that translate a library's table share. */
import type { SourceRange } from '../../syntax/range.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { DictEntry, Value } from '../../values/value.ts';
import type { CorsLibrary } from './cors-library.ts';
import type { OptionsForm } from './options-form.ts';
import type { ProgramText } from './origin-entries.ts';

/** Where the options stand: the value, the call for defaults, and where an argument would be written when there is none. */
export interface OptionsPlace {
  readonly value: Value | undefined;
  readonly range: SourceRange;
  readonly argumentsRange: SourceRange;
  /** The argument that is handed over as the options; what it names may be made somewhere else. */
  readonly argument?: SourceRange;
  /** Where the options follow another argument, the end of that one. */
  readonly insertAt?: number;
  /** How they are written; as an object without it. */
  readonly form?: OptionsForm;
}

/** What the evaluator is needed for: functions only. */
export type OutcomesOf = Pick<Evaluator, 'outcomes'>;

export interface LibraryContext {
  readonly library: CorsLibrary;
  readonly place: OptionsPlace;
  readonly evaluator: OutcomesOf;
  readonly text: ProgramText;
  readonly credentials: boolean | 'unknown';
}

/** The first option that is written under one of these names. */
export type EntryOf = (names: readonly string[]) => DictEntry | undefined;
