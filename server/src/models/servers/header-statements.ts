/** Header statements of a server's configuration, and how they are edited in the server's own language. */
import type { Edit, SourceRange } from '../../syntax/range.ts';
import type { EntryEdits, HeaderRule } from '../../policy/policy.ts';
import type { OriginTest, RequestTest } from '../../policy/request-test.ts';
import type { AllowedOrigin, ValuePlace } from './server-origin-entries.ts';

export interface StatementPlace extends ValuePlace {
  readonly statement: HeaderStatement;
}
/** One thing that the header can hold, and when. */
export type Outcome = AllowedOrigin<StatementPlace>;

/** One header that one statement writes or removes. */
export interface HeaderStatement {
  /** Lower case, and as it is written. */
  readonly name: string;
  readonly written: string;
  readonly nameRange: SourceRange;
  readonly operation: HeaderRule['operation'];
  /** What adds to a value does so also where the value is its own text already. */
  readonly repeats?: true;
  /** The value as written, without quotes. */
  readonly text: string;
  /** The value holds variables. */
  readonly dynamic: boolean;
  readonly valueRange: SourceRange;
  readonly contentRange: SourceRange;
  /** From its first to its last word. */
  readonly range: SourceRange;
  /** When it runs; `outcomes` are within it. */
  readonly when: RequestTest;
  readonly outcomes: readonly Outcome[];
  /** Those that somebody meant to send; all where it is absent. */
  readonly intended?: readonly Outcome[];
  readonly statuses?: HeaderRule['statuses'];
  /** False where it stands in another file. */
  readonly editable?: false;
}

/** Edits in one server's own language. An empty list where no exact edit exists. */
export interface HeaderWriter {
  /** Sends the caller's origin when it is one of these, instead of what the statement sends. Leaves Vary to `vary`. */
  allowlist(statement: HeaderStatement, origins: readonly string[], placeholder?: string): Edit[];
  /** Adds `Vary: Origin` beside the statement. */
  vary(statement: HeaderStatement): Edit[];
  remove(statement: HeaderStatement): Edit[];
  /** Statements of different answers need their own Vary each; all are of one answer without it. */
  answerOf?(statement: HeaderStatement): unknown;
  /** The value as one word of this server. */
  word(text: string): string;
  ofTest(test: OriginTest): EntryEdits | undefined;
}
