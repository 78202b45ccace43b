/** The writes of one policy, and all that edits of them need to know. */
import type { FunctionExpression, Program } from '../../syntax/programs/program.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { ProgramText } from '../libraries/origin-entries.ts';
import type { HandlerLanguage } from './handler-language.ts';
import type { HeaderWrite } from './header-write.ts';

export interface EditedGroup {
  readonly writes: readonly HeaderWrite[];
  readonly allowOrigin: readonly HeaderWrite[];
  /** The function that gets the request; undefined where the headers stand outside of it. */
  readonly handler: FunctionExpression | undefined;
  readonly program: Program;
  readonly evaluator: Evaluator;
  readonly text: ProgramText;
  readonly language: HandlerLanguage;
}
